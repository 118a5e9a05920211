#!/usr/bin/env bash
# A SAS that allows `create` only takes one Put Blob on Azurite 3.37.0 and refuses blocks with 403, at service version
# 2026-06-06 too. Azure's notes on version 2026-04-06 say that `create` now covers blocks: what works there may fail here.
# Which of the two an upload of Azure.Storage.Blobs 12.30.1 uses depends on the stream and on one byte of length:
# - a stream that cannot seek goes as blocks, even five bytes of it;
# - a stream of exactly InitialTransferSize goes as blocks, one byte less goes as one Put Blob;
# - OpenWrite makes an empty blob first. Its first block is refused, and the empty blob stays: the address is used up.
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
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;

var changed = false;
var sent = new Sent();
var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2026_06_06);
options.AddPolicy(sent, HttpPipelinePosition.PerRetry);
var owner = new StorageSharedKeyCredential("invented", args[1]);
var container = new BlobServiceClient(new Uri(args[0] + "/invented"), owner, options).CreateBlobContainer("drops").Value;
var limit = new BlobUploadOptions { TransferOptions = new() { InitialTransferSize = 100, MaximumTransferSize = 100 } };

Expect("99 bytes, limit 100", "Put Blob 201", Upload("99", blob => blob.Upload(new MemoryStream(new byte[99]), limit)));
Expect("100 bytes, limit 100", "Put Block 403", Upload("100", blob => blob.Upload(new MemoryStream(new byte[100]), limit)));
Expect("5 bytes that cannot seek", "Put Block 403", Upload("5", blob => blob.Upload(new Forward(new byte[5]))));
Expect("5 bytes by OpenWrite", "Put Blob, Put Block, Put Block List 403", Upload("opened", blob =>
{
    using var stream = blob.OpenWrite(overwrite: true);
    stream.Write(new byte[5]);
    stream.Flush();
    return null;
}));
Expect("what OpenWrite left, in bytes", 0L, container.GetBlobClient("opened").GetProperties().Value.ContentLength);
Expect("5 bytes to the address now used up", "Put Blob 403", Upload("opened", blob => blob.Upload(new MemoryStream(new byte[5]))));
return changed ? 1 : 0;

string Upload(string name, Func<BlockBlobClient, Response<BlobContentInfo>?> upload)
{
    var sas = new BlobSasBuilder(BlobSasPermissions.Create, DateTimeOffset.UtcNow.AddHours(1)) { BlobContainerName = container.Name, BlobName = name, Resource = "b" };
    var address = new Uri($"{container.GetBlobClient(name).Uri}?{sas.ToSasQueryParameters(owner)}");
    sent.Operations.Clear();
    try
    {
        var status = upload(new BlockBlobClient(address, options))?.GetRawResponse().Status;
        return $"{sent} {status}";
    }
    catch (RequestFailedException e)
    {
        return $"{sent} {e.Status}";
    }
}

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}

internal sealed class Forward(byte[] content) : MemoryStream(content)
{
    public override bool CanSeek => false;
}

internal sealed class Sent : HttpPipelineSynchronousPolicy
{
    public List<string> Operations { get; } = [];

    public override void OnSendingRequest(HttpMessage message)
    {
        var query = message.Request.Uri.Query;
        Operations.Add(query.Contains("comp=blocklist") ? "Put Block List" : query.Contains("comp=block") ? "Put Block" : "Put Blob");
    }

    public override string ToString() => string.Join(", ", Operations);
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Blob)" "$key" || exit 1
