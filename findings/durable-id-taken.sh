#!/usr/bin/env bash
# In DurableTask.AzureStorage 2.11.2 a running instance is replaced by a newcomer of the same id, and nobody is told.
# - A second start of the id is taken, unless the caller names the statuses that refuse it.
# - A sub-orchestration with the id is taken too, and a parent cannot name statuses.
# The first run's work is dropped half done. Whoever waits for it is given the newcomer's result.
# Seen with DurableTask.Core 3.11.2 on Azurite 3.37.0.
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

await new TaskHubWorker(service).AddTaskOrchestrations(typeof(Waiting), typeof(Parent)).StartAsync();

var first = await client.CreateOrchestrationInstanceAsync(typeof(Waiting), "started-twice", "the first");
await RunningAsync("started-twice", "the first");
await client.CreateOrchestrationInstanceAsync(typeof(Waiting), "started-twice", "the second");
Expect("a second start of a running id runs", true, await RunningAsync("started-twice", "the second"));

var original = await client.CreateOrchestrationInstanceAsync(typeof(Waiting), "case-7", "the original");
await RunningAsync("case-7", "the original");
await client.CreateOrchestrationInstanceAsync(typeof(Parent), "case-7");
Expect("a sub-orchestration of a running id runs", true, await RunningAsync("case-7", "the child"));
await client.RaiseEventAsync(new OrchestrationInstance { InstanceId = "case-7" }, "done", "done");
await EndAsync("case-7");
var waited = await client.WaitForOrchestrationAsync(original, TimeSpan.FromSeconds(30));
Expect("who waits for the original is given", "\"the child, done\"", waited.Output);
return changed ? 1 : 0;

async Task<bool> RunningAsync(string id, string input)
{
    for (var i = 0; i < 150; i++)
    {
        if (await client.GetOrchestrationStateAsync(id) is { OrchestrationStatus: OrchestrationStatus.Running } state && state.Input == $"\"{input}\"")
        {
            return true;
        }

        await Task.Delay(100);
    }

    return false;
}

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

internal sealed class Waiting : TaskOrchestration<string, string>
{
    private readonly TaskCompletionSource<string> said = new();

    public override async Task<string> RunTask(OrchestrationContext context, string input) => $"{input}, {await said.Task}";

    public override void OnEvent(OrchestrationContext context, string name, string input) => said.TrySetResult(input);
}

internal sealed class Parent : TaskOrchestration<string, string>
{
    public override Task<string> RunTask(OrchestrationContext context, string id) => context.CreateSubOrchestrationInstance<string>(typeof(Waiting), id, "the child");
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore -- "$(address Blob)" "$(address Queue)" "$(address Table)" "$key" || exit 1
