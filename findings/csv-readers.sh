#!/usr/bin/env bash
# Three CSV readers for .NET do not find the same records in the same file.
# - Sylvan.Data.Csv 1.4.4 drops a record whose first cell begins with `#`: it is a comment by default. Sep 0.17.1 and
#   CsvHelper 34.0.0 keep it. Nothing tells that a row is missing.
# - Sep and Sylvan choose the separator by the first line alone. A title line with a semicolon above a comma file makes
#   it a semicolon file of one column. CsvHelper looks at more lines and finds the comma.
# - CsvHelper skips an empty line. Sylvan gives a record of one empty cell. Sep throws, unless DisableColCountCheck is set.
# Exit 0: as stated. 1: changed. 2: could not run.
set -uo pipefail
for tool in dotnet; do
  command -v "$tool" > /dev/null || { echo "Could not run: $tool is missing."; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
export NUGET_PACKAGES="$folder/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

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
    <PackageReference Include="Sep" Version="[0.17.1]" />
    <PackageReference Include="CsvHelper" Version="[34.0.0]" />
    <PackageReference Include="Sylvan.Data.Csv" Version="[1.4.4]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using CsvHelper;
using nietras.SeparatedValues;
using Sylvan.Data.Csv;

var changed = false;
const string hash = "reference,school\n#12,Invented Primary\n13,Made-up Academy\n";
Expect("a row that begins with #, Sep", 3, BySep(hash).Count);
Expect("a row that begins with #, CsvHelper", 3, ByCsvHelper(hash).Count);
Expect("a row that begins with #, Sylvan", 2, BySylvan(hash).Count);

const string title = "Census; autumn term\nupn,school,year\n1,Invented Primary,3\n2,Made-up Academy,4\n";
Expect("columns of the last row under a title line, Sep", 1, BySep(title)[^1].Length);
Expect("columns of the last row under a title line, CsvHelper", 3, ByCsvHelper(title)[^1].Length);
Expect("columns of the last row under a title line, Sylvan", 1, BySylvan(title)[^1].Length);

const string blank = "upn,school\n1,Invented Primary\n\n2,Made-up Academy\n";
Expect("records with an empty line between, Sep", 4, BySep(blank).Count);
Expect("records with an empty line between, CsvHelper", 3, ByCsvHelper(blank).Count);
Expect("records with an empty line between, Sylvan", 4, BySylvan(blank).Count);
try
{
    BySep(blank, check: true);
    Expect("an empty line, Sep with its default check", "InvalidDataException", "no exception");
}
catch (InvalidDataException e)
{
    Expect("an empty line, Sep with its default check", "InvalidDataException", e.GetType().Name);
}

return changed ? 1 : 0;

static List<string[]> BySep(string text, bool check = false)
{
    using var reader = Sep.Reader(options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = !check }).FromText(text);
    var records = new List<string[]>();
    foreach (var row in reader)
    {
        var cells = new string[row.ColCount];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = row[i].ToString();
        }

        records.Add(cells);
    }

    return records;
}

static List<string[]> ByCsvHelper(string text)
{
    using var reader = CsvReader.FromText(text, new CsvReaderOptions { HasHeader = false });
    var records = new List<string[]>();
    while (reader.Read())
    {
        records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
    }

    return records;
}

static List<string[]> BySylvan(string text)
{
    using var reader = Sylvan.Data.Csv.CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { HasHeaders = false });
    var records = new List<string[]>();
    while (reader.Read())
    {
        records.Add([.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)]);
    }

    return records;
}

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore || exit 1
