using TfFlow.Host.Local.Azurite;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Hosting;

/// <summary>The stores of a local host: on an Azurite of our own with an account for each, or on one that runs already.</summary>
internal sealed class LocalStores : IAsyncDisposable
{
    private readonly AzuriteServer? azurite;

    private LocalStores(AzuriteServer? azurite, Func<string, string> connectionString)
    {
        this.azurite = azurite;
        var options = new StoreOptions { Reachability = Reachability };
        var personal = connectionString(AzuriteAccounts.Personal);
        Vault = new(new BlobStore(personal, options), new TableStore(personal, options), new TableStore(connectionString(AzuriteAccounts.Keys), options));
        Engine = connectionString(AzuriteAccounts.Host);
    }

    public Stores Vault { get; }

    /// <summary>The connection string of the account that the Durable Task engine keeps its hub in.</summary>
    public string Engine { get; }

    public Reachability Reachability { get; } = new();

    /// <summary>Opens the stores for a host: its own Azurite is started, and ended with them.</summary>
    /// <param name="connectionString">Of one that runs already; null starts one on the work folder.</param>
    public static async Task<LocalStores> OpenAsync(
        string folder, string? connectionString, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (connectionString is not null)
        {
            return new(azurite: null, _ => connectionString);
        }

        var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = AzuriteFolderIn(folder), Progress = progress }, cancellationToken);
        return new(azurite, azurite.ConnectionString);
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
            return new(azurite: null, account => RunningAzurite.ConnectionString(AzuriteFolderIn(folder), account));
        }
    }

    /// <summary>Whether a host had an Azurite of its own on the folder.</summary>
    public static bool Exist(string folder) => Directory.Exists(AzuriteFolderIn(folder));

    private static string AzuriteFolderIn(string folder) => Path.Combine(folder, "azurite");

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
