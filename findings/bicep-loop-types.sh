#!/usr/bin/env bash
# The compiler Azure.Bicep.CommandLine 0.49.2 stops checking types inside a loop over resources whose name decides the type
# of their properties (site config, publishing policies and their like).
# The same two mistakes are two warnings in a single resource, and none in the loop: BCP225 says only that checking is off.
# Both builds end with exit code 0 and a template: a property of a made-up name deploys as nothing.
# Exit 0: as stated. 1: changed. 2: could not run.
set -uo pipefail
for tool in dotnet; do
  command -v "$tool" > /dev/null || { echo "Could not run: $tool is missing."; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
export NUGET_PACKAGES="$folder/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
[ "$(uname -sm)" = "Linux x86_64" ] || { echo "Could not run: the package is for Linux on x64."; exit 2; }

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Azure.Bicep.CommandLine.linux-x64" Version="[0.49.2]" />
  </ItemGroup>
</Project>
XML
dotnet restore --verbosity quiet || { echo "Could not run: the package was not restored."; exit 2; }
bicep=packages/azure.bicep.commandline.linux-x64/0.49.2/tools/bicep
chmod +x "$bicep"

cat > single.bicep <<'BICEP'
resource site 'Microsoft.Web/sites@2023-12-01' existing = {
  name: 'invented'
}

resource config 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: site
  name: 'authsettingsV2'
  properties: { globalValidation: { requireAuthentication: 'yes', madeUp: 1 } }
}
BICEP
cat > loop.bicep <<'BICEP'
resource site 'Microsoft.Web/sites@2023-12-01' existing = {
  name: 'invented'
}

resource config 'Microsoft.Web/sites/config@2023-12-01' = [for name in ['authsettingsV2', 'web']: {
  parent: site
  name: name
  properties: { globalValidation: { requireAuthentication: 'yes', madeUp: 1 } }
}]
BICEP

changed=0
expect() {
  if [ "$2" = "$3" ]; then echo "as stated: $1: $3"; else echo "CHANGED: $1: $3 (stated: $2)"; changed=1; fi
}
codes() { grep -o 'BCP[0-9]*:' "$1" | sort | tr -d '\n'; }

"$bicep" build single.bicep --stdout > single.json 2> single.txt
expect "a single resource ends with exit code" 0 $?
expect "a single resource: findings" "BCP036:BCP037:" "$(codes single.txt)"
"$bicep" build loop.bicep --stdout > loop.json 2> loop.txt
expect "a loop ends with exit code" 0 $?
expect "a loop: findings" "BCP225:" "$(codes loop.txt)"
expect "the made-up property in the loop's template, times" 1 "$(grep -c '"madeUp"' loop.json)"
exit "$changed"
