#!/usr/bin/env bash
# FuzzySharp 2.0.2 sees only a to z and digits once it prepares a text, and Process.ExtractOne prepares by default.
# Every other letter becomes a space. `Zoë` is then best matched by `Zo`, with 100, before `Zoë` itself.
# A name in Cyrillic or Arabic has score 0 against itself. Without preparing it has 100.
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
    <PackageReference Include="FuzzySharp" Version="[2.0.2]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using FuzzySharp;
using FuzzySharp.PreProcess;

var changed = false;
var best = Process.ExtractOne("Zoë", ["Zo", "Zoe", "Zoë"]);
Expect("the best of Zo, Zoe, Zoë for Zoë", "Zo 100", $"{best.Value} {best.Score}");
Expect("the score of Иван for Иван, by ExtractOne", 0, Process.ExtractOne("Иван", ["Иван"]).Score);
Expect("the score of محمد for محمد, prepared", 0, Fuzz.Ratio("محمد", "محمد", PreprocessMode.Full));
Expect("the score of محمد for محمد, as it is", 100, Fuzz.Ratio("محمد", "محمد"));
Expect("the score of Siân for Si n, prepared", 100, Fuzz.Ratio("Siân", "Si n", PreprocessMode.Full));
return changed ? 1 : 0;

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore || exit 1
