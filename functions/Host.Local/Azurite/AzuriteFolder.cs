using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using TfFlow.Vault.Keys;

namespace TfFlow.Host.Local.Azurite;

/// <summary>The work folder of one Azurite, held by one process at a time: data, and what must be the same after a restart.</summary>
/// <remarks>Upload addresses carry the port and are signed with the account's key, so both outlive the process.</remarks>
internal sealed class AzuriteFolder : IDisposable
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string settings;
    private readonly FileStream held;

    private AzuriteFolder(string folder, FileStream held)
    {
        this.held = held;
        settings = Path.Combine(folder, "azurite.json");
        Data = Path.Combine(folder, "data");
        Script = Path.Combine(folder, "run-azurite.js");
        Directory.CreateDirectory(Data);
        File.WriteAllBytes(Script, EmbeddedFiles.Read("run-azurite.js"));
        Settings = File.Exists(settings) ? JsonSerializer.Deserialize<AzuriteSettings>(File.ReadAllBytes(settings), Json)! : new AzuriteSettings(0, 0, 0, []);
    }

    public string Data { get; }

    /// <summary>What Node runs: Azurite, ending with its standard input.</summary>
    public string Script { get; }

    public AzuriteSettings Settings { get; private set; }

    /// <summary>Takes the folder, once an Azurite left by a killed process has saved its files and ended.</summary>
    public static async Task<AzuriteFolder> OpenAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(options.Folder);
        PrivateFolder.Create(folder);
        var held = LockFile.TryTake(Path.Combine(folder, "azurite.lock")) ?? throw new AzuriteException(
            AzuriteError.FolderInUse, $"{folder} is in use by another tfflow: end that one, or choose another folder.");
        try
        {
            await WaitForPredecessorAsync(folder, held, options, cancellationToken);
            return new AzuriteFolder(folder, held);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    public void Save(AzuriteSettings changed)
    {
        var temporary = settings + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(changed, Json));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(temporary, settings, overwrite: true);
        Settings = changed;
    }

    /// <summary>Notes which process serves the folder, for whoever opens it after us.</summary>
    public void Note(Process process) => ServingProcess.Of(process).Write(held);

    public void Dispose() => held.Dispose();

    private static async Task WaitForPredecessorAsync(string folder, FileStream held, AzuriteOptions options, CancellationToken cancellationToken)
    {
        var predecessor = ServingProcess.Read(held);
        if (predecessor is null || !predecessor.IsRunning)
        {
            return;
        }

        options.Progress?.Report("Waiting for the Azurite of an earlier run to save its files…");
        var started = options.Time.GetTimestamp();
        while (predecessor.IsRunning)
        {
            if (options.Time.GetElapsedTime(started) > ClosingTime)
            {
                throw new AzuriteException(
                    AzuriteError.FolderInUse, $"{folder} is still served by process {predecessor.Id}, the Azurite of an earlier run: end it, then run again.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), options.Time, cancellationToken);
        }
    }
}

/// <param name="Accounts">Account name to base64 key.</param>
internal sealed record AzuriteSettings(int BlobPort, int QueuePort, int TablePort, Dictionary<string, string> Accounts)
{
    /// <summary>How an account's blobs, queues and tables are reached.</summary>
    public string ConnectionString(string account) =>
        $"AccountName={account};AccountKey={Accounts[account]};BlobEndpoint={Endpoint(BlobPort, account)};QueueEndpoint={Endpoint(QueuePort, account)};TableEndpoint={Endpoint(TablePort, account)}";

    /// <summary>These settings with a new random key for each account that has none.</summary>
    public AzuriteSettings WithAccounts(IEnumerable<string> names) => this with
    {
        Accounts = Accounts
            .Concat(names.Except(Accounts.Keys).Select(name => KeyValuePair.Create(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)))))
            .ToDictionary(StringComparer.Ordinal),
    };

    private static string Endpoint(int port, string account) => $"http://127.0.0.1:{port}/{account}";
}
