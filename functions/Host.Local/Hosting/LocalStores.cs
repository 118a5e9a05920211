using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Storage;
using TfFlow.Vault;

namespace TfFlow.Host.Local.Hosting;

/// <summary>The stores of a local host: on an Azurite of our own with an account for each, or on one that runs already.</summary>
internal sealed class LocalStores : IAsyncDisposable
{
    private readonly AzuriteServer? azurite;

    private LocalStores(AzuriteServer? azurite, StorageAccount personal, StorageAccount keys, string engine)
    {
        this.azurite = azurite;
        var options = new StoreOptions { Reachability = Reachability };
        Vault = new(new RestBlobStore(personal, options), new RestTableStore(personal, options), new RestTableStore(keys, options));
        Engine = engine;
    }

    public Stores Vault { get; }

    /// <summary>Connection string of the account that the Durable Task engine keeps its hub in.</summary>
    public string Engine { get; }

    public Reachability Reachability { get; } = new();

    /// <summary>Opens the stores for a host: its own Azurite is started, and ended with them.</summary>
    /// <param name="connectionString">Of one that runs already; null starts one on the work folder.</param>
    public static async Task<LocalStores> OpenAsync(
        string folder, string? connectionString, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (connectionString is not null)
        {
            var account = StorageAccount.Parse(connectionString);
            return new(azurite: null, account, account, connectionString);
        }

        var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = AzuriteFolderIn(folder), Progress = progress }, cancellationToken);
        return new(azurite, azurite.Account(AzuriteAccounts.Personal), azurite.Account(AzuriteAccounts.Keys), azurite.ConnectionString(AzuriteAccounts.Host));
    }

    /// <summary>Opens the stores for a command: beside the host that runs on the folder, or alone.</summary>
    public static async Task<LocalStores> OpenBesideAsync(
        string folder, string? connectionString, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(folder, connectionString, progress, cancellationToken);
        }
        catch (AzuriteException inUse) when (inUse.Error is AzuriteError.FolderInUse)
        {
            StorageAccount Account(string name) => RunningAzurite.Account(AzuriteFolderIn(folder), name);
            return new(azurite: null, Account(AzuriteAccounts.Personal), Account(AzuriteAccounts.Keys), engine: "");
        }
    }

    private static string AzuriteFolderIn(string folder) => Path.Combine(folder, "azurite");

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
