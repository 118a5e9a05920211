#!/usr/bin/env bash
# Azure.Data.Tables 12.13.0 takes a decimal and does not keep it.
# A decimal in a TableEntity is written as a bare JSON number. It is read back as a double, an int or a long,
# whichever its value looks like, and digits that a double cannot hold are lost.
# A decimal property of a class is written too, and is read back as 0.
# Seen on Azurite 3.37.0; the type is chosen by the client, which sends no type for a decimal.
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
var table = service.GetTableClient("grants");
table.CreateIfNotExists();

table.AddEntity(new TableEntity("p", "loose") { ["Part"] = 12.50m, ["Whole"] = 12m, ["Large"] = 12345678901234567.89m });
var loose = table.GetEntity<TableEntity>("p", "loose").Value;
Expect("12.50 comes back as", "Double 12.5", Describe(loose["Part"]));
Expect("12 comes back as", "Int32 12", Describe(loose["Whole"]));
Expect("12345678901234567.89 comes back as", "Int64 12345678901234568", Describe(loose["Large"]));

table.AddEntity(new Grant { PartitionKey = "p", RowKey = "typed", Amount = 12.50m });
Expect("12.50 in a decimal property is stored as", 12.5, table.GetEntity<TableEntity>("p", "typed").Value.TryGetValue("Amount", out var stored) ? stored : null);
Expect("12.50 in a decimal property comes back as", 0m, table.GetEntity<Grant>("p", "typed").Value.Amount);
return changed ? 1 : 0;

static string Describe(object value) => FormattableString.Invariant($"{value.GetType().Name} {value}");

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}

internal sealed class Grant : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public decimal Amount { get; set; }
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Table)" "$key" || exit 1
