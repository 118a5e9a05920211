using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Host.Local.Durable.Storage;

namespace TfFlow.Host.Local.Durable;

/// <summary>Something for an instance. Its reply comes when it is durable.</summary>
internal abstract class Message
{
    private readonly TaskCompletionSource<bool> reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True: taken. False: nothing to do. An exception: refused.</summary>
    public Task<bool> Reply => reply.Task;

    public void Taken(bool done = true) => reply.TrySetResult(done);

    public void Refuse(Exception reason) => reply.TrySetException(reason);
}

internal sealed class Start(ExecutionStarted started, Origin? parent, string? traceParent) : Message
{
    public ExecutionStarted Started { get; } = started;

    public Origin? Parent { get; } = parent;

    public string? TraceParent { get; } = traceParent;

    /// <summary>The id was made at random for this start: nothing of that id can be in the store.</summary>
    public bool IsFresh { get; init; }
}

/// <param name="at">When it came, by the orchestrations' clock.</param>
internal sealed class Arrival(HistoryEvent arrived, DateTimeOffset at) : Message
{
    public HistoryEvent Event { get; } = arrived;

    public DateTimeOffset At { get; } = at;

    /// <summary>The generation whose task this completes; null for what is said to the instance.</summary>
    public (Guid ExecutionId, long Generation)? For { get; init; }

    /// <summary>The instance that sent it, when one did.</summary>
    public IncomingMark? From { get; init; }
}

/// <summary>An event this instance sent is kept by its receiver, or nobody is there to keep it.</summary>
internal sealed class Delivered(OutgoingEvent sent) : Message
{
    public OutgoingEvent Sent { get; } = sent;
}

/// <summary>Look what is due, and take up what is under way.</summary>
internal sealed class Tick : Message;

internal sealed class Purge : Message;
