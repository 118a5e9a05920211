using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable;

/// <summary>One instance in memory: takes its mail in order, and each turn is one transaction.</summary>
internal sealed partial class Instance(string instanceId, Runtime runtime)
{
    private const int FailuresBeforeParking = 3;

    private readonly HashSet<OutgoingEvent> delivered = [];
    private bool loaded;
    private Head? head;
    private Execution? execution;
    private int failures;

    public string InstanceId => instanceId;

    /// <summary>Guarded by the runtime.</summary>
    public LinkedList<Message> Mail { get; } = new();

    /// <summary>Guarded by the runtime.</summary>
    public bool IsScheduled { get; set; }

    /// <summary>Activities and events on their way; while there are any the instance stays in memory. Guarded by the runtime.</summary>
    public int UnderWay { get; set; }

    public Outgoing Outgoing { get; } = new(instanceId);

    /// <summary>Nothing would be gained by keeping it in memory.</summary>
    public bool IsAtRest => loaded && head is not { IsAtRest: false };

    public bool IsActive => loaded && head is { IsFinished: false };

    /// <summary>Makes the next turn replay from history.</summary>
    public void DropExecution() => execution = null;

    public static bool StandsAlone(Message message) => message is Start or Purge;

    /// <param name="mail">One message that stands alone, or a run of others.</param>
    public async Task TakeAsync(IReadOnlyList<Message> mail, CancellationToken cancellationToken)
    {
        try
        {
            if (!loaded)
            {
                head = mail[0] is Start { IsFresh: true } ? null : await runtime.Store.FindAsync(instanceId, cancellationToken);
                loaded = true;
            }

            await (mail[0] switch
            {
                Start start => StartAsync(start, cancellationToken),
                Purge purge => PurgeAsync(purge, cancellationToken),
                _ => ArriveAsync(mail, cancellationToken),
            });
            failures = 0;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await RecoverAsync(e, mail, cancellationToken);
        }
    }

    private async Task StartAsync(Start start, CancellationToken cancellationToken)
    {
        if (head is not null && start.Parent is not null && head.Parent == start.Parent)
        {
            if (head.IsFinished)
            {
                await TellParentAsync(cancellationToken); // asked again: our answer was lost
            }

            start.Taken();
            return;
        }

        if (head is { IsFinished: false })
        {
            start.Refuse(new InstanceExistsException(instanceId));
            return;
        }

        var now = runtime.Time.GetUtcNow();
        var fresh = new Head
        {
            InstanceId = instanceId,
            Name = start.Started.Name,
            Version = start.Started.Version,
            ExecutionId = Guid.NewGuid(),
            CreatedAt = now,
            UpdatedAt = now,
            Due = start.Started.StartAt,
            Parent = start.Parent,
            TraceParent = start.TraceParent,
            Outbox = head?.Outbox ?? [],
        };
        runtime.MarkTakenUp(fresh.ExecutionId);
        execution = NewExecution(fresh);
        if (WhyNotRun(fresh, now) is { } why)
        {
            await HoldAsync(fresh, [start.Started], why, cancellationToken);
        }
        else
        {
            await RunAsync(fresh, [start.Started], now, cancellationToken);
        }

        DurableTelemetry.Started.Add(1, new KeyValuePair<string, object?>("name", fresh.Name));
        start.Taken();
    }

    private async Task PurgeAsync(Purge purge, CancellationToken cancellationToken)
    {
        var there = head is { IsAtRest: true };
        if (there)
        {
            await runtime.Store.PurgeAsync(head!, cancellationToken);
            head = null;
        }

        purge.Taken(there);
    }

    private async Task ArriveAsync(IReadOnlyList<Message> mail, CancellationToken cancellationToken)
    {
        delivered.UnionWith(mail.OfType<Delivered>().Select(message => message.Sent));
        if (head is null || head.IsFinished)
        {
            await RestAsync(mail, cancellationToken);
            return;
        }

        var now = runtime.Time.GetUtcNow();
        var arrivals = mail.OfType<Arrival>().Where(IsNew).ToList();
        var next = head with { Inbox = RememberSenders(head.Inbox, arrivals) };
        if (next.Parked is not null && arrivals.Any(arrival => arrival.Event is ExecutionResumed))
        {
            next = next with { Parked = null };
        }

        if (WhyNotRun(next, now) is { } why)
        {
            await WaitAsync(next, arrivals, why, now, cancellationToken);
        }
        else if (await TryLoadAsync(next, arrivals, cancellationToken))
        {
            TakeUp();
            await TurnAsync(next, arrivals, now, cancellationToken);
        }

        Answer(mail);
    }

    /// <summary>The instance may not run now: what arrives is kept, and only its end needs no code.</summary>
    private async Task WaitAsync(Head next, List<Arrival> arrivals, Wait why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (arrivals.Select(arrival => arrival.Event).OfType<ExecutionTerminated>().FirstOrDefault() is { } terminated)
        {
            await EndAsync(next, Completion.Of(terminated), now, cancellationToken);
        }
        else if (arrivals.Count > 0)
        {
            await HoldAsync(next, [.. arrivals.Select(arrival => arrival.Event)], why, cancellationToken);
        }
        else
        {
            runtime.Watch(next);
        }
    }

    /// <summary>A finished instance takes nothing more; it only sees its last events on their way.</summary>
    private async Task RestAsync(IReadOnlyList<Message> mail, CancellationToken cancellationToken)
    {
        if (head is { IsAtRest: false } && head.Outbox.All(delivered.Contains))
        {
            await CommitAsync(head, null, cancellationToken);
        }

        TakeUp();
        Answer(mail);
    }

    /// <summary>Every message that is not answered yet: taken, or nobody was there to take it.</summary>
    private void Answer(IReadOnlyList<Message> mail)
    {
        foreach (var message in mail)
        {
            if (message is Arrival arrival && (head is null || (head.IsFinished && arrival.Event is EventRaised && !kept.Contains(arrival))))
            {
                message.Refuse(new InstanceNotFoundException(instanceId));
            }
            else
            {
                message.Taken();
            }
        }

        kept.Clear();
    }

    private Wait? WhyNotRun(Head next, DateTimeOffset now) =>
        next.Parked is not null ? new("an operator", null, next.Parked)
        : HostVersion.IsNewer(next.Version, runtime.Options.Version) ? new($"a host of version {next.Version}", null, $"this host is of version {runtime.Options.Version}")
        : next.Status == OrchestrationStatus.Pending && next.Due > now ? new("time", next.Due, "start")
        : null;

    private bool IsNew(Arrival arrival) =>
        (arrival.For is not { } stamp || stamp == (head!.ExecutionId, head.Generation))
        && (arrival.From is not { } from || !head!.Inbox.Any(mark => mark.Sender == from.Sender && mark.Sequence >= from.Sequence));

    private static IReadOnlyList<IncomingMark> RememberSenders(IReadOnlyList<IncomingMark> inbox, List<Arrival> arrivals)
    {
        var marks = arrivals.Where(arrival => arrival.From is not null).Select(arrival => arrival.From!).GroupBy(mark => mark.Sender).Select(marks => marks.Last()).ToList();
        return marks.Count == 0
            ? inbox
            : [.. inbox.Where(mark => marks.All(other => other.Sender != mark.Sender)).Concat(marks).TakeLast(Head.SendersRemembered)];
    }

    private async Task RecoverAsync(Exception exception, IReadOnlyList<Message> mail, CancellationToken cancellationToken)
    {
        var remembered = head;
        Forget();
        var failure = TaskFailureDetails.From(exception);
        var reason = $"{failure.ErrorType}: {failure.ErrorMessage}";
        failures++;
        if (exception is ConflictException conflict)
        {
            runtime.OnConflict(conflict, instanceId, remembered);
        }
        else
        {
            runtime.Log.TurnFailed(instanceId, failures, reason);
        }

        if (failures < FailuresBeforeParking)
        {
            runtime.TakeAgain(this, mail);
            return;
        }

        failures = 0;
        await TryParkAsync(reason, cancellationToken);
        foreach (var message in mail)
        {
            message.Refuse(exception);
        }
    }

    private async Task TryParkAsync(string reason, CancellationToken cancellationToken)
    {
        try
        {
            head = await runtime.Store.FindAsync(instanceId, cancellationToken);
            loaded = true;
            if (head is { IsFinished: false })
            {
                await HoldAsync(head with { Parked = reason }, [], new("an operator", null, reason), cancellationToken);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Forget();
            var failure = TaskFailureDetails.From(e);
            runtime.Log.Unreadable(instanceId, $"{failure.ErrorType}: {failure.ErrorMessage}");
        }
    }

    /// <summary>The store may not be as remembered: read it again, and take up again what is under way.</summary>
    private void Forget()
    {
        if (head is not null)
        {
            runtime.UnmarkTakenUp(head.ExecutionId);
        }

        loaded = false;
        head = null;
        execution = null;
        delivered.Clear();
        kept.Clear();
    }
}
