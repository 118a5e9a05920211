#!/usr/bin/env bash
# Azure.Data.Tables 12.13.0 loses a path segment on an emulator when the account has the name of the table.
# The emulator's address ends with the account's name. The client takes that last segment for the table's name and does
# not add the table's. Azurite 3.37.0 answers 400 to every call, and no message names the cause.
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
AZURITE_ACCOUNTS="keys:$key" node node_modules/azurite/dist/src/azurite.js \
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
    <PackageReference Include="Azure.Data.Tables" Version="[12.13.0]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

var changed = false;
var sent = new LastPath();
var options = new TableClientOptions();
options.AddPolicy(sent, HttpPipelinePosition.PerRetry);
var service = new TableServiceClient(new Uri(args[0] + "/keys"), new TableSharedKeyCredential("keys", args[1]), options);

service.GetTableClient("rows").CreateIfNotExists();
Expect("account keys, table rows, an insert", 204, Insert("rows"));
Expect("its path", "/keys/rows", sent.Path);
Expect("account keys, table keys, an insert", 400, Insert("keys"));
Expect("its path", "/keys", sent.Path);
return changed ? 1 : 0;

int Insert(string table)
{
    try
    {
        return service.GetTableClient(table).AddEntity(new TableEntity("p", "r")).Status;
    }
    catch (RequestFailedException e)
    {
        return e.Status;
    }
}

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}

internal sealed class LastPath : HttpPipelineSynchronousPolicy
{
    public string Path { get; private set; } = "";

    public override void OnSendingRequest(HttpMessage message) => Path = message.Request.Uri.ToUri().AbsolutePath;
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Table)" "$key" || exit 1
