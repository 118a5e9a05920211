#!/usr/bin/env bash
# Timers of DurableTask.AzureStorage 2.11.2 fire up to a second early. The wait is cut to whole seconds.
# The orchestration's own clock, CurrentUtcDateTime, then still says that the time has not come: code that asks it again
# after the wait ("is it due?") answers no and does nothing. Seen with DurableTask.Core 3.11.2 on Azurite 3.37.0.
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
    <PackageReference Include="Microsoft.Azure.DurableTask.Core" Version="[3.11.2]" />
    <PackageReference Include="Microsoft.Azure.DurableTask.AzureStorage" Version="[2.11.2]" />
    <PackageReference Include="Azure.Data.Tables" Version="[12.13.0]" />
    <PackageReference Include="Azure.Storage.Blobs" Version="[12.30.1]" />
    <PackageReference Include="Azure.Storage.Queues" Version="[12.28.1]" />
    <PackageReference Include="System.Reactive.Core" Version="[6.1.0]" />
    <PackageReference Include="System.Reactive.Compatibility" Version="[6.1.0]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DurableTask.AzureStorage;
using DurableTask.Core;

var changed = false;
var connection = $"AccountName=invented;AccountKey={args[3]};BlobEndpoint={args[0]}/invented;QueueEndpoint={args[1]}/invented;TableEndpoint={args[2]}/invented";
var service = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
{
    TaskHubName = "trial",
    PartitionCount = 1,
    MaxQueuePollingInterval = TimeSpan.FromMilliseconds(100),
    StorageAccountClientProvider = new(
        StorageServiceClientProvider.ForBlob(connection, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04)),
        StorageServiceClientProvider.ForQueue(connection, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2024_11_04)),
        StorageServiceClientProvider.ForTable(connection, new TableClientOptions())),
});
await service.CreateIfNotExistsAsync();
var client = new TaskHubClient(service);

await new TaskHubWorker(service).AddTaskOrchestrations(typeof(Sleeper)).StartAsync();

var early = new List<double>();
for (var round = 0; round < 4; round++)
{
    var started = await Task.WhenAll(((int[])[1_500, 1_700, 1_900, 1_950]).Select(wait => client.CreateOrchestrationInstanceAsync(typeof(Sleeper), wait)));
    foreach (var instance in started)
    {
        early.Add(double.Parse((await EndAsync(instance.InstanceId)).Output.Trim('"')));
    }
}

Console.WriteLine($"Of {early.Count} timers {early.Count(by => by > 0)} fired early, the earliest by {early.Max():0} ms.");
Expect("a timer fired more than 100 ms early by the orchestration's own clock", true, early.Max() > 100);
Expect("a timer fired more than a second early", false, early.Max() > 1_000);
return changed ? 1 : 0;

async Task<OrchestrationState> EndAsync(string id)
{
    for (var i = 0; i < 600; i++)
    {
        if (await client.GetOrchestrationStateAsync(id) is { OrchestrationStatus: OrchestrationStatus.Completed or OrchestrationStatus.Failed } ended)
        {
            return ended;
        }

        await Task.Delay(100);
    }

    throw new TimeoutException($"{id} has not ended after a minute.");
}

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}

internal sealed class Sleeper : TaskOrchestration<string, int>
{
    public override async Task<string> RunTask(OrchestrationContext context, int milliseconds)
    {
        var due = context.CurrentUtcDateTime.AddMilliseconds(milliseconds);
        await context.CreateTimer(due, true);
        return $"{(due - context.CurrentUtcDateTime).TotalMilliseconds:0}";
    }
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Blob)" "$(address Queue)" "$(address Table)" "$key" || exit 1
