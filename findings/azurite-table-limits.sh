#!/usr/bin/env bash
# Azurite 3.37.0 takes rows and transactions that the documentation of Azure's table service refuses:
# - a transaction over two partitions (Azure: one partition);
# - a row of more than 1 MiB (Azure: 1 MiB);
# - a row of 300 properties (Azure: 252);
# - a property name with a space (Azure: the rules of C# identifiers).
# A transaction of 101 rows is refused, but in a form that Azure.Data.Tables 12.13.0 cannot read: it throws
# InvalidOperationException instead of its own TableTransactionFailedException.
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
using Azure.Data.Tables;

var changed = false;
var service = new TableServiceClient(new Uri(args[0] + "/invented"), new TableSharedKeyCredential("invented", args[1]));
var table = service.GetTableClient("limits");
table.CreateIfNotExists();

Expect("a transaction over two partitions", "taken", Try(() => table.SubmitTransaction([Add("a", "1"), Add("b", "1")])));
Expect("rows it left", 2, table.Query<TableEntity>().Count());
Expect("a row of 1.1 MiB", "taken", Try(() => table.AddEntity(Row("large", 20, new string('x', 30_000)))));
Expect("a row of 300 properties", "taken", Try(() => table.AddEntity(Row("wide", 300, 1))));
Expect("a property name with a space", "taken", Try(() => table.AddEntity(new TableEntity("p", "space") { ["date of birth"] = "2015-01-31" })));
Expect("a transaction of 101 rows", "InvalidOperationException", Try(() => table.SubmitTransaction(Enumerable.Range(0, 101).Select(i => Add("many", $"{i}")))));
return changed ? 1 : 0;

static TableTransactionAction Add(string partition, string row) => new(TableTransactionActionType.Add, new TableEntity(partition, row));

static TableEntity Row(string name, int properties, object value)
{
    var row = new TableEntity("p", name);
    for (var i = 0; i < properties; i++)
    {
        row[$"P{i}"] = value;
    }

    return row;
}

static string Try(Action act)
{
    try
    {
        act();
        return "taken";
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
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Table)" "$key" || exit 1
