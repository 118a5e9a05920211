#!/usr/bin/env bash
# Azure.Storage.Blobs 12.30.1 gives one version of a blob two ETags that are not equal.
# The ETag of a header (upload, properties) keeps its quotes. The ETag of a listing has none.
# `==` compares the text, so a blob that did not change looks changed. As a condition both forms work.
# Seen on Azurite 3.37.0, which writes both forms as Azure's documentation shows them.
# Exit 0: as stated. 1: changed. 2: could not run.
set -uo pipefail
for tool in dotnet node npm; do
  command -v "$tool" > /dev/null || { echo "Could not run: $tool is missing."; exit 2; }
done
folder=$(mktemp -d)
azurite=
trap '[ -z "$azurite" ] || kill "$azurite"; rm -rf "$folder"' EXIT
cd "$folder" || exit 2
export NUGET_PACKAGES="$folder/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

# Azurite without its telemetry client and database drivers: they are 250 MB and are not used here.
mkdir unused && echo '{ "name": "unused", "version": "1.0.0" }' > unused/package.json && : > unused/index.js
cat > package.json <<'JSON'
{
  "private": true,
  "dependencies": { "azurite": "3.37.0", "applicationinsights": "file:unused", "mysql2": "file:unused", "tedious": "file:unused" },
  "overrides": { "applicationinsights": "$applicationinsights", "mysql2": "$mysql2", "tedious": "$tedious" }
}
JSON
npm install --ignore-scripts --no-audit --no-fund --silent || { echo "Could not run: Azurite was not installed."; exit 2; }
key=$(printf 'an invented key' | base64)
AZURITE_ACCOUNTS="invented:$key" node node_modules/azurite/dist/src/azurite.js \
  --inMemoryPersistence --disableTelemetry --blobPort 0 --queuePort 0 --tablePort 0 > azurite.log 2>&1 &
azurite=$!
for _ in $(seq 150); do
  [ "$(grep -c 'successfully listening' azurite.log)" = 3 ] && break
  sleep 0.2
done
[ "$(grep -c 'successfully listening' azurite.log)" = 3 ] || { echo "Could not run: Azurite did not start."; exit 2; }
address() { sed -n "s/.*$1 service is successfully listening at //p" azurite.log; }

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Azure.Storage.Blobs" Version="[12.30.1]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

var changed = false;
var service = new BlobServiceClient(
    new Uri(args[0] + "/invented"), new StorageSharedKeyCredential("invented", args[1]), new BlobClientOptions(BlobClientOptions.ServiceVersion.V2026_06_06));
var container = service.CreateBlobContainer("drops").Value;
var blob = container.GetBlobClient("one");
var uploaded = blob.Upload(BinaryData.FromString("x")).Value.ETag;
var listed = container.GetBlobs().Single().Properties.ETag!.Value;

Expect("the upload's begins with a quote", true, uploaded.ToString().StartsWith('"'));
Expect("the listing's begins with a quote", false, listed.ToString().StartsWith('"'));
Expect("they are the same but for quotes", true, uploaded.ToString().Trim('"') == listed.ToString());
Expect("they are equal", false, uploaded == listed);
Expect("the listing's as If-Match", 200, blob.DownloadContent(new BlobDownloadOptions { Conditions = new() { IfMatch = listed } }).GetRawResponse().Status);
return changed ? 1 : 0;

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Blob)" "$key" || exit 1
