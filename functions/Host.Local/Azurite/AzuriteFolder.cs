using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

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
        Directory.CreateDirectory(Data);
        Settings = File.Exists(settings) ? JsonSerializer.Deserialize<AzuriteSettings>(File.ReadAllBytes(settings), Json)! : new AzuriteSettings(0, 0, []);
    }

    public string Data { get; }

    public AzuriteSettings Settings { get; private set; }

    /// <summary>Takes the folder, once an Azurite left by a killed process has saved its files and ended.</summary>
    public static async Task<AzuriteFolder> OpenAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(options.Folder);
        CreatePrivate(folder);
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
    public void Note(Process process)
    {
        held.SetLength(0);
        held.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{process.Id} {StartOf(process)}")));
        held.Flush(flushToDisk: false);
    }

    public void Dispose() => held.Dispose();

    private static async Task WaitForPredecessorAsync(string folder, FileStream held, AzuriteOptions options, CancellationToken cancellationToken)
    {
        using var predecessor = FindPredecessor(held);
        if (predecessor is null)
        {
            return;
        }

        options.Progress?.Report("Waiting for the Azurite of an earlier run to save its files…");
        using var patience = new CancellationTokenSource(ClosingTime, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await predecessor.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AzuriteException(
                AzuriteError.FolderInUse, $"{folder} is still served by process {predecessor.Id}, the Azurite of an earlier run: end it, then run again.");
        }
    }

    private static Process? FindPredecessor(FileStream held)
    {
        using var reader = new StreamReader(held, Encoding.ASCII, leaveOpen: true);
        if (reader.ReadToEnd().Split(' ') is not [var id, var start])
        {
            return null;
        }

        try
        {
            // A process id is used again; an id and its start, to the few seconds both can be told, are not.
            var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            if (Math.Abs(StartOf(process) - long.Parse(start, CultureInfo.InvariantCulture)) <= 5)
            {
                return process;
            }

            process.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

/// <param name="Accounts">Account name to base64 key.</param>
internal sealed record AzuriteSettings(int BlobPort, int TablePort, Dictionary<string, string> Accounts)
{
    /// <summary>These settings with a new random key for each account that has none.</summary>
    public AzuriteSettings WithAccounts(IEnumerable<string> names) => this with
    {
        Accounts = Accounts
            .Concat(names.Except(Accounts.Keys).Select(name => KeyValuePair.Create(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)))))
            .ToDictionary(StringComparer.Ordinal),
    };
}
