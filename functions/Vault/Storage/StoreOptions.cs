using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace TfFlow.Vault.Storage;

/// <summary>How a store is reached: connections shared by the whole process, and retries that outlast an emulator's restart.</summary>
/// <remarks>Default: ten retries, 0.1 s doubling to 4 s, about 25 s in all; then <see cref="StorageError.Unavailable"/>.</remarks>
public sealed record StoreOptions
{
    private static readonly HttpClientTransport SharedTransport = new(new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4), // Azurite hangs up after five.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // NetworkTimeout stands for it.
    });

    public int MaxRetries { get; init; } = 10;

    /// <summary>Before the first retry; it doubles at each.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(0.1);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(100);

    public HttpPipelineTransport Transport { get; init; } = SharedTransport;

    /// <summary>Told once when the store stops answering and once when it answers again.</summary>
    public Reachability Reachability { get; init; } = new();

    /// <remarks>The newest version that the emulator speaks: the client's own default runs ahead of it.</remarks>
    public BlobClientOptions ForBlobs() => Apply(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2026_06_06));

    /// <inheritdoc cref="ForBlobs"/>
    public QueueClientOptions ForQueues() => Apply(new QueueClientOptions(QueueClientOptions.ServiceVersion.V2026_06_06));

    public TableClientOptions ForTables() => Apply(new TableClientOptions());

    private T Apply<T>(T options)
        where T : ClientOptions
    {
        options.Transport = Transport;
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.Delay = Delay;
        options.Retry.MaxDelay = MaxDelay;
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.AddPolicy(new LostReplies(Reachability), HttpPipelinePosition.PerRetry);
        return options;
    }
}
