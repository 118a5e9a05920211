#!/usr/bin/env bash
# Azure.Data.Tables 12.13.0 writes a ulong above long.MaxValue without complaint. After that the row cannot be read as a
# TableEntity, and a query over its partition throws: one such row hides its neighbours.
# A class with a ulong property reads the same row well. A selection that leaves the property out reads it too.
# Seen on Azurite 3.37.0; the exception is thrown by the client as it reads the answer.
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
    <PackageReference Include="Azure.Data.Tables" Version="[12.13.0]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Azure;
using Azure.Data.Tables;

var changed = false;
var service = new TableServiceClient(new Uri(args[0] + "/invented"), new TableSharedKeyCredential("invented", args[1]));
var table = service.GetTableClient("counters");
table.CreateIfNotExists();
table.AddEntity(new TableEntity("p", "1") { ["Count"] = 1UL });
table.AddEntity(new TableEntity("p", "2") { ["Count"] = ulong.MaxValue });

Expect("a small ulong comes back as", typeof(long), table.GetEntity<TableEntity>("p", "1").Value["Count"].GetType());
Expect("the row with the large one", "OverflowException", Catch(() => table.GetEntity<TableEntity>("p", "2")));
Expect("the whole partition", "OverflowException", Catch(() => table.Query<TableEntity>(row => row.PartitionKey == "p").Count()));
Expect("the row without the property", "no exception", Catch(() => table.GetEntity<TableEntity>("p", "2", ["RowKey"])));
Expect("the row as a class", ulong.MaxValue, table.GetEntity<Counter>("p", "2").Value.Count);
return changed ? 1 : 0;

static string Catch(Action act)
{
    try
    {
        act();
        return "no exception";
    }
    catch (Exception e)
    {
        return e.GetType().Name;
    }
}

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}

internal sealed class Counter : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public ulong Count { get; set; }
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Table)" "$key" || exit 1
