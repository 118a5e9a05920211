using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Api;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Identity;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Proof;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.WebConsole;

namespace TfFlow.Host.Local.Hosting;

/// <summary>TfFlow in one process: what the cloud does for us, on Azurite.</summary>
public sealed partial class LocalHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly LocalStores stores;
    private readonly WorkFolder work;
    private readonly FileStream held;
    private readonly Telemetry? telemetry = Telemetry.FromEnvironment();

    private LocalHost(WebApplication app, LocalStores stores, WorkFolder work, FileStream held)
    {
        this.held = held;
        this.app = app;
        this.stores = stores;
        this.work = work;
    }

    public IServiceProvider Services => app.Services;

    /// <summary>Where the API listens.</summary>
    public Uri Address => new(app.Urls.First());

    public DurableTaskClient Orchestrations => Services.GetRequiredService<DurableTaskClient>();

    /// <summary>Moves virtual time, where the host was started on it.</summary>
    public LocalEngine Engine => Services.GetRequiredService<LocalEngine>();

    public LocalTokens Tokens => Services.GetRequiredService<LocalTokens>();

    /// <summary>Brings up storage, orchestrations, watcher and API; returns once all of them work.</summary>
    /// <exception cref="AzuriteException">Azurite could not be brought up, or another host runs on the folder; one line that says what to do.</exception>
    public static async Task<LocalHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        var work = new WorkFolder(options.Folder);
        var held = LockFile.TryTake(work.Lock)
            ?? throw new AzuriteException(AzuriteError.FolderInUse, $"Another host runs on {work.Path}. Stop it first, or name another folder with --folder.");
        LocalStores? stores = null;
        try
        {
            stores = await LocalStores.OpenAsync(options.Folder, options.ConnectionString, options.Progress, cancellationToken);
            var app = Compose(options, work, stores);
            var host = new LocalHost(app, stores, work, held);
            await app.Services.PrepareStoresAsync(cancellationToken);
            await app.Services.GetRequiredService<LedgerJournal>().CompareAsync(cancellationToken);
            await app.StartAsync(cancellationToken);
            work.PublishAddress(host.Address.ToString());
            return host;
        }
        catch
        {
            await (stores?.DisposeAsync() ?? ValueTask.CompletedTask);
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the process is asked to end, by a signal or by whoever holds the host.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        work.RemoveAddress();
        await app.StopAsync();
        await app.DisposeAsync();
        telemetry?.Dispose();
        await stores.DisposeAsync();
        await held.DisposeAsync();
    }

    private static WebApplication Compose(LocalHostOptions options, WorkFolder work, LocalStores stores)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        builder.Logging.ClearProviders();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Azure", LogLevel.Error); // The clients warn of every 404 and 409, which are answers here.
        if (options.LogFile is { } logFile)
        {
            builder.Logging.AddProvider(new FileLog(logFile));
        }
        else
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        var names = new StoreNames(options.Prefix);
        builder.Services
            .AddSingleton(options.Time)
            .AddSingleton(options.Deployment)
            .AddSingleton(options.Around(stores.Vault))
            .AddSingleton<IKeyRing>(new FileKeyRing(work.Keys))
            .AddKeyedSingleton<IKeyRing>(Checkpoints.KeyRing, new FileKeyRing(work.CheckpointKeys))
            .AddSingleton(work.Tokens(options.Time))
            .AddSingleton(provider => new LedgerJournal(work.Journal, provider.GetRequiredService<Ledger>(), provider.GetRequiredService<ILogger<LedgerJournal>>()))
            .AddTfFlowLifecycle(names, options.Agreements, options.Matching)
            .AddSingleton(options.CheckpointPolicy)
            .AddSingleton(options.SweepPolicy)
            .AddSingleton<LocalSignIn>()
            .AddTfFlowConsole(LocalSignIn.Addresses)
            .AddTfFlowApi()
            .AddLocalEngine(
                engine =>
                {
                    engine.ConnectionString = stores.Engine;
                    engine.HubName = options.Prefix + "durable";
                    engine.Version = typeof(LocalHost).Assembly.GetName().Version!.ToString(3);
                    engine.PrepareActivity = (activity, stopping) => ((IStoppable)activity).Stopping = stopping;
                },
                tasks => tasks.AddLifecycle())
            .AddAuthentication(LocalTokens.Scheme)
            .AddScheme<AuthenticationSchemeOptions, LocalTokenHandler>(LocalTokens.Scheme, configureOptions: null);
        builder.Services.AddAuthorization();
        if (options.Watch)
        {
            builder.Services.AddHostedService<DropWatcher>();
        }

        // Whoever moves a virtual clock runs sweeps, matching and checkpoints as it goes.
        if (options.Watch && options.Time is not VirtualClock)
        {
            builder.Services.AddHostedService<CheckpointTimer>();
            builder.Services.AddHostedService<Nightly>();
        }

        var app = builder.Build();
        SayWhenTheStoreIsAway(stores, app.Services.GetRequiredService<ILogger<LocalHost>>());
        app.UseExceptionHandler();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapTfFlowApi();
        app.Services.GetRequiredService<LocalSignIn>().Map(app.MapTfFlowConsole());
        return app;
    }

    private static void SayWhenTheStoreIsAway(LocalStores stores, ILogger log)
    {
        stores.Reachability.Lost += address => LogStoreLost(log, address);
        stores.Reachability.Back += address => LogStoreBack(log, address);
    }

    [LoggerMessage(LogLevel.Warning, "The store at {Address} does not answer. Waiting for it; nothing is lost.")]
    private static partial void LogStoreLost(ILogger log, string address);

    [LoggerMessage(LogLevel.Information, "The store at {Address} answers again. Going on.")]
    private static partial void LogStoreBack(ILogger log, string address);
}
