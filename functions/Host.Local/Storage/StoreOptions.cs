using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TfFlow.Host.Local.Storage;

/// <summary>How a store is reached: Azure.Core's options, with connections shared by the whole process and retries that outlast an emulator's restart.</summary>
/// <remarks>Default: ten retries, 0.1 s doubling to 4 s, about 25 s in all; then <see cref="Vault.Storage.StorageError.Unavailable"/>.</remarks>
public sealed class StoreOptions : ClientOptions
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
        Timeout = Timeout.InfiniteTimeSpan, // Retry.NetworkTimeout stands for it.
    });

    public StoreOptions()
    {
        Transport = SharedTransport;
        Retry.Mode = RetryMode.Exponential;
        Retry.MaxRetries = 10;
        Retry.Delay = TimeSpan.FromSeconds(0.1);
        Retry.MaxDelay = TimeSpan.FromSeconds(4);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(100);
        foreach (var harmless in (string[])["comp", "restype", "include", "maxresults", "blockid", "timeout", "sv", "sr", "sp", "se", "spr"])
        {
            Diagnostics.LoggedQueryParameters.Add(harmless);
        }
    }

    /// <summary>Told once when the store stops answering and once when it answers again.</summary>
    public Reachability Reachability { get; init; } = new();
}
