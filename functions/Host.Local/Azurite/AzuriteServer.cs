namespace TfFlow.Host.Local.Azurite;

/// <summary>An Azurite of our own: installed when needed, served on loopback from a work folder, ended on disposal and never left behind.</summary>
/// <remarks>Azurite saves every few seconds: <see cref="StopAsync"/> loses nothing, <see cref="KillAsync"/> and a power cut lose what it acknowledged last.</remarks>
public sealed class AzuriteServer : IAsyncDisposable
{
    private readonly AzuriteOptions options;
    private readonly NodeTools tools;
    private readonly string installation;
    private readonly AzuriteFolder folder;
    private AzuriteProcess? running;

    private AzuriteServer(AzuriteOptions options, NodeTools tools, string installation, AzuriteFolder folder)
    {
        this.options = options;
        this.tools = tools;
        this.installation = installation;
        this.folder = folder;
    }

    public bool IsRunning => running is { Process.HasExited: false };

    /// <summary>The id of the Azurite process that was started last.</summary>
    public int ProcessId { get; private set; }

    /// <exception cref="AzuriteException">With one line that says what to do.</exception>
    public static async Task<AzuriteServer> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var tools = NodeTools.Find(options.SearchPath);
        var installation = await AzuriteInstallation.EnsureAsync(options, tools, cancellationToken);
        var folder = await AzuriteFolder.OpenAsync(options, cancellationToken);
        var server = new AzuriteServer(options, tools, installation, folder);
        try
        {
            if (folder.Settings.Accounts.Count > 0 && !folder.Settings.Accounts.Keys.Intersect(options.Accounts).Any())
            {
                throw new AzuriteException(
                    AzuriteError.OtherAccounts, $"{Path.GetFullPath(options.Folder)} holds the data of an earlier version, which this one does not read: choose another folder, or delete this one.");
            }

            folder.Save(folder.Settings.WithAccounts(options.Accounts));
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How an account's blobs, queues and tables are reached, as the official clients read it.</summary>
    public string ConnectionString(string account) => folder.Settings.ConnectionString(account);

    /// <summary>Starts it after <see cref="StopAsync"/>, <see cref="KillAsync"/> or a crash: the same data, keys and ports.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        if (running is not null)
        {
            await running.DisposeAsync();
        }

        var before = folder.Settings;
        var free = LoopbackPorts.FindFree(3);
        var settings = before with
        {
            BlobPort = FirstOf(options.BlobPort, before.BlobPort, free),
            QueuePort = FirstOf(options.QueuePort, before.QueuePort, free + 1),
            TablePort = FirstOf(options.TablePort, before.TablePort, free + 2),
        };
        running = AzuriteProcess.Start(tools, installation, folder, settings, options);
        ProcessId = running.Process.Id;
        await running.WaitUntilReadyAsync(options.StartTimeout, cancellationToken);
        folder.Save(settings);
    }

    /// <summary>Lets Azurite save its files and end, as SIGTERM does.</summary>
    public Task StopAsync() => running?.StopAsync() ?? Task.CompletedTask;

    /// <summary>Kills Azurite at once, as a crash would.</summary>
    public Task KillAsync() => running?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (running is not null)
            {
                await running.DisposeAsync();
            }
        }
        finally
        {
            folder.Dispose();
        }
    }

    private static int FirstOf(int wanted, int before, int free) => wanted != 0 ? wanted : before != 0 ? before : free;
}
