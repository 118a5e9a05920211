using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DurableTask.AzureStorage;
using Microsoft.Extensions.Logging;

namespace TfFlow.Host.Local.Engine;

/// <summary>Where the engine keeps its hub, and how it is tuned for one process on Azurite.</summary>
internal sealed class EngineStore
{
    private readonly LocalEngineOptions options;

    public EngineStore(LocalEngineOptions options, ILoggerFactory loggers)
    {
        options.Check();
        this.options = options;
        Settings = new()
        {
            TaskHubName = options.HubName,
            StorageAccountClientProvider = new(
                StorageServiceClientProvider.ForBlob(options.ConnectionString, Counted(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2026_06_06))),
                StorageServiceClientProvider.ForQueue(options.ConnectionString, QueueOptions()),
                StorageServiceClientProvider.ForTable(options.ConnectionString, Counted(new TableClientOptions()))),
            LoggerFactory = loggers,

            // One process runs everything: more partitions are more queues to poll.
            PartitionCount = 1,

            // A host that was killed is known again, so its successor takes the partition at once.
            WorkerId = "local",

            // One host a hub: the work folder is locked by its host. A lease would only delay the start.
            UseAppLease = false,

            // How soon something is noticed that this process did not send itself: a due timer, a command's word. What it sends itself it reads at once.
            MaxQueuePollingInterval = TimeSpan.FromSeconds(1),

            // An instance stays in memory between turns: its history is not read again for each. It counts as a turn all that time, so the time is short.
            ExtendedSessionsEnabled = true,
            ExtendedSessionIdleTimeout = TimeSpan.FromSeconds(1),

            // What a killed host held is taken up again after so long. The engine renews what takes longer.
            ControlQueueVisibilityTimeout = options.Visibility,
            WorkItemQueueVisibilityTimeout = options.Visibility,

            // Starting an id that runs is an error for the caller, not silence.
            ThrowExceptionOnInvalidDedupeStatus = true,

            // The client starts one id once at a time. The engine's own check delays a start by two seconds when its message is read before its row is written.
            DisableExecutionStartedDeduplication = true,

            MaxConcurrentTaskActivityWorkItems = options.MaxConcurrentActivities,
            MaxConcurrentTaskOrchestrationWorkItems = options.MaxConcurrentTurns,
        };
    }

    public AzureStorageOrchestrationServiceSettings Settings { get; }

    /// <summary>The queue of activities to run.</summary>
    public QueueClient WorkItems => Queue("workitems");

    /// <summary>The queue of what orchestrations are told.</summary>
    public QueueClient Control => Queue("control-00");

    private QueueClient Queue(string suffix) => new(options.ConnectionString, $"{options.HubName.ToLowerInvariant()}-{suffix}", QueueOptions());

    // Pinned to what Azurite 3.37.0 speaks: it refuses newer versions.
    private QueueClientOptions QueueOptions()
    {
        var queues = Counted(new QueueClientOptions(QueueClientOptions.ServiceVersion.V2026_06_06));
        queues.AddPolicy(new StaleReceipts(), HttpPipelinePosition.PerCall);
        return queues;
    }

    private T Counted<T>(T client)
        where T : ClientOptions
    {
        if (options.OnRequest is { } policy)
        {
            client.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return client;
    }
}
