using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable;

/// <summary>What is active: instances in memory, their mail, their timers, and the work under way. Everything here can be rebuilt from the store.</summary>
internal sealed class Runtime : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Instance> instances = new(StringComparer.Ordinal);
    private readonly Channel<Instance> ready = Channel.CreateUnbounded<Instance>();
    private readonly ConcurrentDictionary<Guid, bool> takenUp = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Head?>> waiters = new(StringComparer.Ordinal);
    private readonly WorkCount work = new();
    private readonly DueTimers due;
    private readonly ActivityRunner activities;
    private int takingUpAgain;

    public Runtime(InstanceStore store, OrchestrationRegistry registry, IServiceProvider services, TimeProvider time, LocalDurableOptions options, ILogger log)
    {
        Store = store;
        Registry = registry;
        Time = time;
        Options = options;
        Log = log;
        due = new DueTimers(time, instanceId => _ = Post(instanceId, new Tick()));
        activities = new ActivityRunner(registry, services, options.MaxConcurrentActivities, log);
    }

    public InstanceStore Store { get; }

    public OrchestrationRegistry Registry { get; }

    public TimeProvider Time { get; }

    public LocalDurableOptions Options { get; }

    public ILogger Log { get; }

    /// <summary>Done when no instance has mail and no activity runs; timers may wait.</summary>
    public Task WhenIdle => work.WhenIdle;

    /// <summary>Finds what is active and takes turns until cancelled.</summary>
    public async Task RunAsync(Action active, CancellationToken cancellationToken)
    {
        await FindActiveAsync(cancellationToken);
        active();
        await Task.WhenAll(Enumerable.Range(0, Options.MaxConcurrentTurns).Select(_ => Task.Run(() => TakeTurnsAsync(cancellationToken), cancellationToken)));
    }

    public Task<bool> Post(string instanceId, Message message)
    {
        work.Begin();
        lock (gate)
        {
            if (!instances.TryGetValue(instanceId, out var instance))
            {
                instances[instanceId] = instance = new Instance(instanceId, this);
            }

            instance.Mail.AddLast(message);
            Schedule(instance);
        }

        return message.Reply;
    }

    public void TakeAgain(Instance instance, IReadOnlyList<Message> mail)
    {
        lock (gate)
        {
            foreach (var message in mail.Reverse())
            {
                work.Begin();
                instance.Mail.AddFirst(message);
            }
        }
    }

    /// <summary>Wakes the instance when its earliest timer is due.</summary>
    public void Watch(Head head)
    {
        var at = head.IsFinished || head.Parked is not null || HostVersion.IsNewer(head.Version, Options.Version) ? null : head.Due;
        if (at <= Time.GetUtcNow())
        {
            due.Set(head.InstanceId, null);
            _ = Post(head.InstanceId, new Tick());
        }
        else
        {
            due.Set(head.InstanceId, at);
        }
    }

    /// <returns>True the first time in this host's life.</returns>
    public bool MarkTakenUp(Guid executionId) => takenUp.TryAdd(executionId, true);

    public void UnmarkTakenUp(Guid executionId) => takenUp.TryRemove(executionId, out _);

    public void Launch(Instance caller, Head head, TaskScheduled activity) => _ = UnderWayAsync(caller, async () =>
    {
        if (await activities.RunAsync(head, activity) is { } result)
        {
            _ = Post(head.InstanceId, new Arrival(result, Time.GetUtcNow()) { For = (head.ExecutionId, head.Generation) });
        }
    });

    public void Launch(Head parent, SubOrchestrationCreated child)
    {
        var origin = new Origin(parent.InstanceId, parent.ExecutionId, parent.Generation, child.TaskId);
        var start = new Start(new ExecutionStarted(child.Name, Options.Version, child.Input), origin, parent.TraceParent);
        work.Begin();
        Post(child.InstanceId, start).ContinueWith(
            started =>
            {
                if (started.Exception?.InnerException is { } refused)
                {
                    var failed = new TaskFailed(child.TaskId, TaskFailureDetails.From(refused));
                    _ = Post(parent.InstanceId, new Arrival(failed, Time.GetUtcNow()) { For = (parent.ExecutionId, parent.Generation) });
                }

                work.End();
            },
            TaskScheduler.Default);
    }

    /// <summary>Brings events to their receivers, in order, unless that is under way already.</summary>
    public void Deliver(Instance sender, IReadOnlyList<OutgoingEvent> outbox)
    {
        if (outbox.Count > 0)
        {
            _ = UnderWayAsync(sender, () => sender.Outgoing.DeliverAsync(outbox, this));
        }
    }

    public void OnFinished(Head head)
    {
        if (waiters.TryRemove(head.InstanceId, out var waiter))
        {
            waiter.TrySetResult(head);
        }
    }

    /// <summary>The instance as it finishes in this host, or null when to look again; look at the store after asking.</summary>
    public Task<Head?> Finished(string instanceId) => waiters.GetOrAdd(instanceId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Lets those who wait for an instance look again, because it does not run.</summary>
    public void LookAgain(string instanceId)
    {
        if (waiters.TryRemove(instanceId, out var waiter))
        {
            waiter.TrySetResult(null);
        }
    }

    /// <summary>True when the instance is in memory and has not finished.</summary>
    public bool IsActive(string instanceId)
    {
        lock (gate)
        {
            return instances.TryGetValue(instanceId, out var instance) && instance.IsActive;
        }
    }

    /// <summary>Another wrote, or the store lost what it had acknowledged: then nothing that is remembered can be trusted.</summary>
    public void OnConflict(ConflictException conflict, string instanceId, Head? remembered)
    {
        var standing = conflict.Standing;
        var wentBack = remembered is not null && (standing is null
            || (standing.ExecutionId == remembered.ExecutionId && (standing.Generation, standing.Turns).CompareTo((remembered.Generation, remembered.Turns)) < 0));
        if (!wentBack)
        {
            Log.Conflict(instanceId);
            return;
        }

        Log.StoreWentBack(instanceId, remembered!.Turns, remembered.Generation, standing is null ? "nothing" : $"turn {standing.Turns} of generation {standing.Generation}");
        if (Interlocked.Exchange(ref takingUpAgain, 1) == 0)
        {
            work.Begin();
            _ = Task.Run(TakeUpAgainAsync);
        }
    }

    public void Dispose()
    {
        due.Dispose();
        activities.Dispose();
    }

    private async Task FindActiveAsync(CancellationToken cancellationToken)
    {
        var (active, timers) = (0, 0);
        string? continuation = null;
        do
        {
            (var heads, continuation) = await Store.ListAsync(Rows.ActiveFrom, Rows.RestingFrom, null, 1000, continuation, cancellationToken);
            foreach (var head in heads)
            {
                active++;
                timers += head.Due is null ? 0 : 1;
                if (HostVersion.IsNewer(head.Version, Options.Version))
                {
                    Log.TooNew(head.InstanceId, head.Version, Options.Version);
                }
                else if (head.Parked is not null)
                {
                    Log.StillParked(head.InstanceId, head.Parked);
                }
                else
                {
                    Watch(head);
                    if (head.UnderWay)
                    {
                        _ = Post(head.InstanceId, new Tick());
                    }
                }
            }
        }
        while (continuation is not null);
        Log.TookUp(active, timers);
    }

    private async Task TakeUpAgainAsync()
    {
        try
        {
            takenUp.Clear();
            due.Clear();
            await FindActiveAsync(activities.Stopping);
            foreach (var (instanceId, _) in waiters)
            {
                LookAgain(instanceId);
            }
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
        finally
        {
            Volatile.Write(ref takingUpAgain, 0);
            work.End();
        }
    }

    private async Task TakeTurnsAsync(CancellationToken cancellationToken)
    {
        await foreach (var instance in ready.Reader.ReadAllAsync(cancellationToken))
        {
            var mail = TakeMail(instance);
            await instance.TakeAsync(mail, cancellationToken);
            if (Options.InstancesInMemory == 0)
            {
                instance.DropExecution();
            }

            lock (gate)
            {
                instance.IsScheduled = false;
                if (instance.Mail.Count > 0)
                {
                    Schedule(instance);
                }
                else
                {
                    LetGo(instance);
                }
            }

            foreach (var _ in mail)
            {
                work.End();
            }
        }
    }

    private List<Message> TakeMail(Instance instance)
    {
        var mail = new List<Message>();
        lock (gate)
        {
            while (instance.Mail.First is { } first && (mail.Count == 0 || !Instance.StandsAlone(first.Value)))
            {
                mail.Add(first.Value);
                instance.Mail.RemoveFirst();
                if (Instance.StandsAlone(first.Value))
                {
                    break;
                }
            }
        }

        return mail;
    }

    private void Schedule(Instance instance)
    {
        if (!instance.IsScheduled)
        {
            instance.IsScheduled = true;
            ready.Writer.TryWrite(instance);
        }
    }

    /// <summary>Forgets an instance without mail that is at rest, or one too many.</summary>
    private void LetGo(Instance instance)
    {
        if (instance is { UnderWay: 0, Mail.Count: 0 } && (instance.IsAtRest || instances.Count > Options.InstancesInMemory))
        {
            instances.Remove(instance.InstanceId);
        }
    }

    private async Task UnderWayAsync(Instance instance, Func<Task> something)
    {
        work.Begin();
        lock (gate)
        {
            instance.UnderWay++;
        }

        try
        {
            await Task.Run(something);
        }
        catch (OperationCanceledException)
        {
            // The host is stopping; what was under way is taken up by the next.
        }
        finally
        {
            lock (gate)
            {
                instance.UnderWay--;
                if (!instance.IsScheduled)
                {
                    LetGo(instance);
                }
            }

            work.End();
        }
    }
}
