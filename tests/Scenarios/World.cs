using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Host.Local.Azurite;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>One deployment for one scenario: a store, a work folder, a host that can be started and ended.</summary>
internal sealed partial class World : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-scenario-");
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> heard = new();
    private readonly List<WriteWatch> beside = [];
    private readonly SharedAzurite? shared;
    private AzuriteServer? azurite;

    private World((SharedAzurite Azurite, string Prefix)? borrowed)
    {
        shared = borrowed?.Azurite;
        Prefix = borrowed?.Prefix ?? "";
        Writes = new(Names);
    }

    /// <summary>Of its tables and containers: empty where it has a store of its own.</summary>
    public string Prefix { get; }

    public StoreNames Names => new(Prefix);

    /// <summary>The files of a store of its own.</summary>
    public string AzuriteFolder => shared is null ? Path.Combine(folder.FullName, "azurite") : throw NotItsOwn();

    public string WorkFolder => Path.Combine(folder.FullName, "work");

    public string LogFile => Path.Combine(WorkFolder, "host.log");

    /// <summary>A store of its own, to be stopped and killed.</summary>
    public AzuriteServer Azurite => shared is null ? azurite! : throw NotItsOwn();

    /// <summary>Every write of this deployment's hosts in this process: a world ends well only if none came from outside an act.</summary>
    public WriteWatch Writes { get; }

    /// <summary>What host processes printed last.</summary>
    public string LastHeard => string.Join('\n', heard.TakeLast(20));

    public void Heard(string? line)
    {
        if (line is not null)
        {
            heard.Enqueue(line);
        }
    }

    /// <summary>Starts a deployment of its own beside others on the same Azurite: its own folder, keys and names.</summary>
    /// <param name="prefix">Of its tables and containers: lower-case letters and digits.</param>
    public Task<LocalHost> StartBesideAsync(string prefix, VirtualClock time, Deployment deployment, AgreementCatalogue agreements, MatchingPlan matching)
    {
        var watch = new WriteWatch(new StoreNames(prefix));
        beside.Add(watch);
        var work = Path.Combine(folder.FullName, "work-" + prefix);
        Vault.Keys.PrivateFolder.Create(work);
        return LocalHost.StartAsync(
            new LocalHostOptions
            {
                Folder = work,
                ConnectionString = ConnectionString,
                Prefix = prefix,
                Agreements = agreements,
                Matching = matching,
                Deployment = deployment,
                Time = time,
                Watch = false,
                Around = watch.Watch,
                LogFile = Path.Combine(work, "host.log"),
            },
            Patience);
    }

    /// <summary>On a store that other scenarios use at the same time.</summary>
    public static async Task<World> CreateAsync()
    {
        var world = new World(SharedAzurite.Borrow());
        Vault.Keys.PrivateFolder.Create(world.WorkFolder);
        world.azurite = await world.shared!.StartedAsync();
        return world;
    }

    /// <summary>On a store of its own: for scenarios that stop it, kill their host's process or read its files.</summary>
    public static async Task<World> CreateAloneAsync()
    {
        var world = new World(borrowed: null);
        Vault.Keys.PrivateFolder.Create(world.WorkFolder);
        world.azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = world.AzuriteFolder }, Patience);
        return world;
    }

    public string ConnectionString => azurite!.ConnectionString(AzuriteAccounts.Personal);

    /// <param name="northmere">With the invented authority's agreements and matching plan, for the day it is.</param>
    public Task<LocalHost> StartAsync(
        TimeProvider? time = null, bool watch = true, bool northmere = false, CheckpointPolicy? checkpoints = null, Deployment? deployment = null, AgreementCatalogue? agreements = null, MatchingPlan? matching = null, SweepPolicy? sweeps = null) => LocalHost.StartAsync(
        new LocalHostOptions
        {
            Folder = WorkFolder,
            ConnectionString = ConnectionString,
            Prefix = Prefix,
            Agreements = agreements ?? (northmere ? DemoAuthority.Agreements : Agreements),
            Matching = matching ?? (northmere ? DemoAuthority.Plan(DateOnly.FromDateTime((time ?? TimeProvider.System).GetUtcNow().UtcDateTime)) : null),
            Deployment = deployment ?? (northmere || agreements is not null ? Deployment.Authority : Council),
            Time = time ?? TimeProvider.System,
            Watch = watch,
            CheckpointPolicy = checkpoints ?? new(),
            SweepPolicy = sweeps ?? SweepPolicy.Default,
            Around = Writes.Watch,
            LogFile = LogFile,
        },
        Patience);

    /// <summary>An agency's own view of the host: its API, as that agency's submitter.</summary>
    public static ApiClient As(LocalHost host, string agency, Role role = Role.AgencySubmitter) =>
        ApiClient.At(host.Address, host.Tokens.Mint(new Caller("scenario", role, agency), TimeSpan.FromDays(400)));

    /// <summary>Drops one file and waits for its intake to end.</summary>
    public static async Task<ExtractView> DropAsync(LocalHost host, byte[] file, string agency = "school-0", string exchange = Attendance, bool plain = false)
    {
        using var api = As(host, agency);
        return await new DropSender(api, agency).SendAsync(
            new GrantRequest(exchange), new MemoryStream(file), plain, progress: null, Patience);
    }

    public static async Task SweepAsync(LocalHost host)
    {
        var sweep = await host.Services.GetRequiredService<Sweeps>().StartAsync(Patience);
        if (host.Services.GetRequiredService<TimeProvider>() is VirtualClock time)
        {
            // Sweeps that meet at one thing try again a little later: on this clock, when it is moved.
            await host.Engine.AdvanceToAsync(time.GetUtcNow().AddMinutes(1), Patience);
        }

        var ended = await host.Orchestrations.WaitForInstanceCompletionAsync(sweep, Patience);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
    }

    /// <summary>Nothing unaccounted for, in blobs, keys, registers or ledger.</summary>
    public static async Task AssertAccountedForAsync(LocalHost host)
    {
        var discrepancies = await host.Services.GetRequiredService<Inventory>().FindAsync(Patience).ToListAsync();
        Assert.Empty(discrepancies);
    }

    /// <summary>A byte copy of Azurite's folder, served by an Azurite of its own: what a thief of the store would have.</summary>
    public async Task<AzuriteServer> CopyAzuriteAsync()
    {
        await Azurite.StopAsync();
        var copy = AzuriteFolder + "-copy";
        CopyFiles(AzuriteFolder, copy);
        await Azurite.StartAgainAsync(Patience);
        return await AzuriteServer.StartAsync(new AzuriteOptions { Folder = copy, BlobPort = FreePort(), QueuePort = FreePort(), TablePort = FreePort() }, Patience);
    }

    /// <summary>Everything the store acknowledges meanwhile is lost, as after a crash before it saved.</summary>
    public async Task LoseWritesAsync(Func<Task> meanwhile)
    {
        var (data, saved) = (Path.Combine(AzuriteFolder, "data"), AzuriteFolder + "-saved");
        await Azurite.StopAsync();
        CopyFiles(data, saved);
        await Azurite.StartAgainAsync(Patience);
        await meanwhile();
        await Azurite.KillAsync();
        Directory.Delete(data, recursive: true);
        CopyFiles(saved, data);
        await Azurite.StartAgainAsync(Patience);
    }

    private static void CopyFiles(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static InvalidOperationException NotItsOwn() => new($"This scenario shares its store: start it with {nameof(CreateAloneAsync)}.");

    public async ValueTask DisposeAsync()
    {
        if (shared is not null)
        {
            await shared.DisposeAsync();
        }
        else if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }

        folder.Delete(recursive: true);
        Assert.Empty(Writes.Outside);
        Assert.All(beside, watch => Assert.Empty(watch.Outside));
    }
}
