#!/usr/bin/env bash
# Azure.Storage.Blobs 12.30.1 signs a metadata value as it was given, and HTTP takes the spaces at its ends away.
# The signature is then wrong, and the answer is 403 AuthorizationFailure: it looks like a bad key.
# Spaces inside a value are harmless. Seen on Azurite 3.37.0.
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
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;

var changed = false;
var service = new BlobServiceClient(
    new Uri(args[0] + "/invented"), new StorageSharedKeyCredential("invented", args[1]), new BlobClientOptions(BlobClientOptions.ServiceVersion.V2026_06_06));
var blob = service.CreateBlobContainer("drops").Value.GetBlobClient("one");
blob.Upload(BinaryData.FromString("x"));

Expect("'Invented Town'", "taken", Set("Invented Town"));
Expect("'Invented  Town'", "taken", Set("Invented  Town"));
Expect("'Invented Town '", "403 AuthorizationFailure", Set("Invented Town "));
Expect("' Invented Town'", "403 AuthorizationFailure", Set(" Invented Town"));
return changed ? 1 : 0;

string Set(string value)
{
    try
    {
        blob.SetMetadata(new Dictionary<string, string> { ["agency"] = value });
        return "taken";
    }
    catch (RequestFailedException e)
    {
        return $"{e.Status} {e.ErrorCode}";
    }
}

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Blob)" "$key" || exit 1
