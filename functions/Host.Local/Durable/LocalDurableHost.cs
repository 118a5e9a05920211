using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Durable;

/// <summary>Runs orchestrations in this process, on tables and blobs: nothing lost, nothing twice, one host active at a time.</summary>
/// <remarks>The guarantees are in docs/durable.md. On a <see cref="VirtualTime"/> the clock moves only by <see cref="AdvanceToAsync"/> and is kept across restarts.</remarks>
public sealed partial class LocalDurableHost : IOrchestrationClient, IHostedService, IAsyncDisposable
{
    private readonly OrchestrationRegistry registry;
    private readonly IServiceProvider services;
    private readonly TimeProvider time;
    private readonly LocalDurableOptions options;
    private readonly ILogger log;
    private readonly InstanceStore store;
    private readonly ClockStore clock;
    private readonly HostLease lease;
    private readonly CancellationTokenSource stopping = new();
    private TaskCompletionSource<Runtime> active = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task running = Task.CompletedTask;
    private bool disposed;

    public LocalDurableHost(
        ITableStore tables, IBlobStore blobs, OrchestrationRegistry registry, IServiceProvider services, TimeProvider time, LocalDurableOptions options, ILogger<LocalDurableHost> log)
    {
        this.registry = registry;
        this.services = services;
        this.time = time;
        this.options = options;
        this.log = log;
        var patience = new Patience(OnStoreAway);
        store = new InstanceStore(tables, blobs, options.Prefix, patience);
        clock = new ClockStore(tables, options.Prefix, patience);
        lease = new HostLease(blobs, new BlobAddress(options.Prefix + "-host", "active"), options, patience, log);
    }

    /// <summary>Begins to stand by; active once the lease is held and what is active is found.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(StandByAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Waits until this host is the active one.</summary>
    public Task WhenActiveAsync(CancellationToken cancellationToken) => ActiveAsync(cancellationToken);

    /// <summary>Takes no further turn and lets another host take over at once. Activities under way are told to stop, and run again.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var wasActive = active.Task.IsCompletedSuccessfully;
        await KillAsync();
        if (wasActive)
        {
            await lease.ReleaseAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A container that knows the host under two names disposes of it twice.
        if (Interlocked.Exchange(ref disposed, true))
        {
            return;
        }

        await KillAsync();
        lease.Dispose();
        stopping.Dispose();
    }

    /// <summary>Waits until nothing can go on without time passing or something arriving.</summary>
    public async Task RunUntilIdleAsync(CancellationToken cancellationToken)
    {
        var runtime = await ActiveAsync(cancellationToken);
        if (await Task.WhenAny(runtime.WhenIdle, running).WaitAsync(cancellationToken) == running)
        {
            await running;
            throw new InvalidOperationException("The host of orchestrations has stopped.");
        }
    }

    /// <summary>Moves the virtual clock from timer to timer, each when nothing else is under way, until that instant.</summary>
    /// <exception cref="InvalidOperationException">This host runs on real time.</exception>
    public async Task AdvanceToAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var virtualTime = time as VirtualTime ?? throw new InvalidOperationException("This host runs on real time, which cannot be moved.");
        while (true)
        {
            await RunUntilIdleAsync(cancellationToken);
            var next = virtualTime.NextDue is { } due && due < instant ? due : instant;
            if (next > virtualTime.GetUtcNow())
            {
                await clock.WriteAsync(next, cancellationToken);
            }

            virtualTime.AdvanceTo(next);
            if (next == instant)
            {
                break;
            }
        }

        await RunUntilIdleAsync(cancellationToken);
    }

    /// <summary>Ends as a crash would: nothing is finished, nothing is handed over.</summary>
    internal async Task KillAsync()
    {
        await stopping.CancelAsync();
        await running;
    }

    private async Task<Runtime> ActiveAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        return await Volatile.Read(ref active).Task.WaitAsync(either.Token);
    }

    private async Task StandByAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await lease.AcquireAsync(stopping.Token);
                await RunAsync();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                var failure = TaskFailureDetails.From(e);
                log.Stopped($"{failure.ErrorType}: {failure.ErrorMessage}");
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task RunAsync()
    {
        await store.CreateAsync(stopping.Token);
        if (time is VirtualTime virtualTime && await clock.ReadAsync(stopping.Token) is { } stood)
        {
            virtualTime.AdvanceTo(stood);
        }

        using var runtime = new Runtime(store, registry, services, time, options, log);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var turns = runtime.RunAsync(() => active.TrySetResult(runtime), lost.Token);
        var keeping = lease.KeepAsync(lost.Token);
        try
        {
            await await Task.WhenAny(turns, keeping);
        }
        finally
        {
            Volatile.Write(ref active, new(TaskCreationOptions.RunContinuationsAsynchronously));
            await lost.CancelAsync();
            await Task.WhenAll(turns, keeping).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private void OnStoreAway(bool isAway, StorageException? reason)
    {
        if (isAway)
        {
            log.StoreAway(reason!.Message);
        }
        else
        {
            log.StoreBack();
        }
    }
}
