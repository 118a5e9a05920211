using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Hosting;

/// <summary>The stores of a local host: on an Azurite of our own with an account for each, or on one that runs already.</summary>
internal sealed class LocalStores : IAsyncDisposable
{
    private readonly AzuriteServer? azurite;

    private LocalStores(AzuriteServer? azurite, StorageAccount personal, StorageAccount keys, StorageAccount host)
    {
        this.azurite = azurite;
        var options = new StoreOptions { Reachability = Reachability };
        Vault = new(new RestBlobStore(personal, options), new RestTableStore(personal, options), new RestTableStore(keys, options));
        HostTables = new RestTableStore(host, options);
        HostBlobs = new RestBlobStore(host, options);
    }

    public Stores Vault { get; }

    public ITableStore HostTables { get; }

    public IBlobStore HostBlobs { get; }

    public Reachability Reachability { get; } = new();

    public static async Task<LocalStores> OpenAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        if (options.ConnectionString is { } connectionString)
        {
            var account = StorageAccount.Parse(connectionString);
            return new(azurite: null, account, account, account);
        }

        var azurite = await AzuriteServer.StartAsync(
            new AzuriteOptions { Folder = Path.Combine(options.Folder, "azurite"), Progress = options.Progress }, cancellationToken);
        return new(
            azurite, azurite.Account(AzuriteAccounts.Personal), azurite.Account(AzuriteAccounts.Keys), azurite.Account(AzuriteAccounts.Host));
    }

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
