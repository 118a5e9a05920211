using System.Collections.Concurrent;
using Azure;
using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;

namespace TfFlow.Host.Local.Engine;

/// <summary>The engine's storage, with what this process adds: short pauses after failures, a count of what is under way, and timers kept back on virtual time.</summary>
internal sealed class EngineService(AzureStorageOrchestrationService inner, TimeProvider time) : IOrchestrationService, IDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> finishing = new(StringComparer.Ordinal);
    private int working;
    private int committing;
    private long commits;

    public AzureStorageOrchestrationService Inner => inner;

    /// <summary>Null on real time.</summary>
    public VirtualClock? Clock { get; } = time as VirtualClock;

    public KeptTimers Timers { get; } = new();

    /// <summary>After this nothing is written: what is still running belongs to the next host.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether an activity runs, or the outcome of something is being written.</summary>
    public bool IsBusy => Volatile.Read(ref working) > 0 || Volatile.Read(ref committing) > 0;

    /// <summary>Grows with every outcome written. Messages move between queues only then. Null while one is being written.</summary>
    public long? Commits => Volatile.Read(ref committing) > 0 ? null : Interlocked.Read(ref commits);

    public int TaskOrchestrationDispatcherCount => inner.TaskOrchestrationDispatcherCount;

    public int MaxConcurrentTaskOrchestrationWorkItems => inner.MaxConcurrentTaskOrchestrationWorkItems;

    public BehaviorOnContinueAsNew EventBehaviourForContinueAsNew => inner.EventBehaviourForContinueAsNew;

    public int TaskActivityDispatcherCount => inner.TaskActivityDispatcherCount;

    public int MaxConcurrentTaskActivityWorkItems => inner.MaxConcurrentTaskActivityWorkItems;

    public Task StartAsync() => inner.StartAsync();

    public Task StopAsync() => inner.StopAsync();

    public Task StopAsync(bool isForced) => inner.StopAsync(isForced);

    public Task CreateAsync() => inner.CreateAsync();

    public Task CreateAsync(bool recreateInstanceStore) => inner.CreateAsync(recreateInstanceStore);

    public Task CreateIfNotExistsAsync() => inner.CreateIfNotExistsAsync();

    public Task DeleteAsync() => inner.DeleteAsync();

    public Task DeleteAsync(bool deleteInstanceStore) => inner.DeleteAsync(deleteInstanceStore);

    public bool IsMaxMessageCountExceeded(int currentMessageCount, OrchestrationRuntimeState runtimeState) =>
        inner.IsMaxMessageCountExceeded(currentMessageCount, runtimeState);

    /// <remarks>All work pauses so long after one failure. The engine's own ten seconds would stop the house for one bad item.</remarks>
    public int GetDelayInSecondsAfterOnProcessException(Exception exception) => 1;

    /// <inheritdoc cref="GetDelayInSecondsAfterOnProcessException"/>
    public int GetDelayInSecondsAfterOnFetchException(Exception exception) => 1;

    public Task<TaskOrchestrationWorkItem> LockNextTaskOrchestrationWorkItemAsync(TimeSpan receiveTimeout, CancellationToken cancellationToken) =>
        inner.LockNextTaskOrchestrationWorkItemAsync(receiveTimeout, cancellationToken);

    public Task RenewTaskOrchestrationWorkItemLockAsync(TaskOrchestrationWorkItem workItem) => inner.RenewTaskOrchestrationWorkItemLockAsync(workItem);

    public async Task CompleteTaskOrchestrationWorkItemAsync(
        TaskOrchestrationWorkItem workItem,
        OrchestrationRuntimeState newOrchestrationRuntimeState,
        IList<TaskMessage> outboundMessages,
        IList<TaskMessage> orchestratorMessages,
        IList<TaskMessage> timerMessages,
        TaskMessage continuedAsNewMessage,
        OrchestrationState orchestrationState)
    {
        using var commit = Commit();
        var later = Clock is null ? [] : KeepBack(Clock.GetUtcNow().UtcDateTime, newOrchestrationRuntimeState, ref timerMessages);
        await inner.CompleteTaskOrchestrationWorkItemAsync(
            workItem, newOrchestrationRuntimeState, outboundMessages, orchestratorMessages, timerMessages, continuedAsNewMessage, orchestrationState);
        foreach (var timer in later)
        {
            Timers.Keep(timer);
        }

        if (newOrchestrationRuntimeState.ExecutionCompletedEvent is not null && finishing.TryRemove(workItem.InstanceId, out var finished))
        {
            finished.SetResult();
        }
    }

    /// <summary>Ends when this process has finished the instance. Another process may have, so a caller looks from time to time.</summary>
    public Task WhenFinished(string instanceId) => finishing.GetOrAdd(instanceId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public Task AbandonTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem) => inner.AbandonTaskOrchestrationWorkItemAsync(workItem);

    public Task ReleaseTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem) => inner.ReleaseTaskOrchestrationWorkItemAsync(workItem);

    public async Task<TaskActivityWorkItem> LockNextTaskActivityWorkItem(TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        var item = await inner.LockNextTaskActivityWorkItem(receiveTimeout, cancellationToken);
        if (item is not null)
        {
            Interlocked.Increment(ref working);
        }

        return item!;
    }

    public Task<TaskActivityWorkItem> RenewTaskActivityWorkItemLockAsync(TaskActivityWorkItem workItem) =>
        IsClosed ? throw Closed() : inner.RenewTaskActivityWorkItemLockAsync(workItem);

    public async Task CompleteTaskActivityWorkItemAsync(TaskActivityWorkItem workItem, TaskMessage responseMessage)
    {
        using var commit = Commit();
        await inner.CompleteTaskActivityWorkItemAsync(workItem, responseMessage);
        Interlocked.Decrement(ref working);
    }

    /// <remarks>Until this succeeds the engine counts the message as one that it works on, and does not take it up again. So it is tried
    /// until it succeeds.</remarks>
    public async Task AbandonTaskActivityWorkItemAsync(TaskActivityWorkItem workItem)
    {
        try
        {
            while (!IsClosed && !await TryGiveBackAsync(workItem))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }
        }
        finally
        {
            Interlocked.Decrement(ref working);
        }
    }

    /// <summary>Whether the store failed or does not answer, as the engine and its clients say it.</summary>
    public static bool IsOfStore(Exception exception) =>
        exception is AggregateException or RequestFailedException or { InnerException: RequestFailedException };

    public void Dispose() => inner.Dispose();

    private async Task<bool> TryGiveBackAsync(TaskActivityWorkItem workItem)
    {
        try
        {
            await inner.AbandonTaskActivityWorkItemAsync(workItem);
            return true;
        }
        catch (Exception exception) when (IsOfStore(exception))
        {
            return false;
        }
    }

    /// <summary>Takes out the timers that are not due yet, forgets those nobody waits for, and dates what happened by the virtual clock.</summary>
    private List<TaskMessage> KeepBack(DateTime now, OrchestrationRuntimeState state, ref IList<TaskMessage> timers)
    {
        if (state.OrchestrationInstance is { } instance)
        {
            Timers.Forget(instance, finished: state.ExecutionCompletedEvent is not null);
        }

        foreach (var happened in state.NewEvents.Where(happened => happened is not OrchestratorStartedEvent))
        {
            happened.Timestamp = now;
        }

        var due = timers.ToLookup(timer => KeptTimers.Due(timer) <= now);
        timers = [.. due[true].Select(KeptTimers.AtOnce)];
        return [.. due[false]];
    }

    /// <summary>For a caller that waits for this host's work.</summary>
    /// <exception cref="InvalidOperationException">This host has stopped: the work is the next one's.</exception>
    public void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new InvalidOperationException("This host has stopped. The next one takes the work up.");
        }
    }

    private Committing Commit() => IsClosed ? throw Closed() : new Committing(this);

    private static SessionAbortedException Closed() => new("This host has stopped. The next one takes the work up.");

    private readonly struct Committing : IDisposable
    {
        private readonly EngineService service;

        public Committing(EngineService service)
        {
            this.service = service;
            Interlocked.Increment(ref service.committing);
        }

        public void Dispose()
        {
            Interlocked.Increment(ref service.commits);
            Interlocked.Decrement(ref service.committing);
        }
    }
}
