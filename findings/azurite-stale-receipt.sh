#!/usr/bin/env bash
# Azurite 3.37.0 answers 400, PopReceiptMismatch, to who deletes or updates a queue's message with a receipt that holds no
# longer, because the message became visible again and was taken by another.
# The service's documentation has 404 for it (Delete Message, Update Message: remarks), and Azurite itself answers 404 for a
# message that is gone. DurableTask.AzureStorage 2.11.2 takes 404 alone as "somebody else has it" and any other answer as a
# failure of the store; Azure.Storage.Queues 12.28.1 passes on what it gets.
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
    <PackageReference Include="Azure.Storage.Queues" Version="[12.28.1]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Azure;
using Azure.Storage;
using Azure.Storage.Queues;

var changed = false;
var queue = new QueueClient(
    new Uri(args[0] + "/invented/work"), new StorageSharedKeyCredential("invented", args[1]),
    new QueueClientOptions(QueueClientOptions.ServiceVersion.V2026_06_06) { Retry = { MaxRetries = 0 } });
queue.Create();
queue.SendMessage("a letter to sort");

// One worker takes it for a second and is late; the message becomes visible, and another takes it.
var late = queue.ReceiveMessage(TimeSpan.FromSeconds(1)).Value;
while (queue.PeekMessage().Value is null)
{
    await Task.Delay(100);
}

var other = queue.ReceiveMessage(TimeSpan.FromMinutes(1)).Value;
Expect("the late worker deletes", "400 PopReceiptMismatch", Answer(() => queue.DeleteMessage(late.MessageId, late.PopReceipt)));
Expect("the late worker keeps it longer", "400 PopReceiptMismatch", Answer(() =>
    queue.UpdateMessage(late.MessageId, late.PopReceipt, (string?)null, TimeSpan.FromMinutes(1)).GetRawResponse()));
Expect("the other deletes", "204 ", Answer(() => queue.DeleteMessage(other.MessageId, other.PopReceipt)));
Expect("the late worker deletes what is gone", "404 MessageNotFound", Answer(() => queue.DeleteMessage(late.MessageId, late.PopReceipt)));
return changed ? 1 : 0;

static string Answer(Func<Response> call)
{
    try
    {
        return $"{call().Status} ";
    }
    catch (RequestFailedException e)
    {
        return $"{e.Status} {e.ErrorCode}";
    }
}

void Expect(string what, string stated, string seen)
{
    var same = stated == seen;
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen}{(same ? "" : $" (stated: {stated})")}");
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Queue)" "$key" || exit 1
