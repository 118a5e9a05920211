#!/usr/bin/env bash
# Sep 0.17.1 gives the first record of a file without a header the lines 2 to 2 (the end is exclusive): one too far, and
# no line at all. The second record also begins at line 2, and everything after it is right.
# With HasHeader = true the header is line 1 and the first record begins at line 2, as it should.
# An error report that takes LineNumberFrom names the wrong line for the first row, and only for that one.
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
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using nietras.SeparatedValues;

var changed = false;
Expect("no header: lines of the records", "2-2 2-3 3-5 5-6", Lines(hasHeader: false));
Expect("with a header: lines of the records", "2-3 3-5 5-6", Lines(hasHeader: true));
return changed ? 1 : 0;

static string Lines(bool hasHeader)
{
    using var reader = Sep.Reader(options => options with { HasHeader = hasHeader }).FromText("a,b\n1,2\n\"two\nlines\",3\n4,5\n");
    var lines = new List<string>();
    foreach (var row in reader)
    {
        lines.Add($"{row.LineNumberFrom}-{row.LineNumberToExcl}");
    }

    return string.Join(' ', lines);
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
