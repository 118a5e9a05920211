using Azure;
using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable.Storage;

/// <summary>Where an instance stands: the row that every turn replaces by its ETag.</summary>
internal sealed record Head
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>One for each life of an instance id: a finished instance that is replaced gets another.</summary>
    public required Guid ExecutionId { get; init; }

    /// <summary>Counts continue-as-new, from 0.</summary>
    public long Generation { get; init; }

    public OrchestrationStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The clock of its last turn.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The caller, when this is a sub-orchestration.</summary>
    public Origin? Parent { get; init; }

    /// <summary>Rows of history in this generation.</summary>
    public int Turns { get; init; }

    /// <summary>Rows that may lie in the table, counted from 0; those from <see cref="Turns"/> on belong to generations gone.</summary>
    public int RowsWritten { get; init; }

    /// <summary>True once a turn was too large for a row and went to a blob.</summary>
    public bool Overflowed { get; init; }

    /// <summary>The earliest open timer.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>True while activities, sub-orchestrations or messages are under way: a host that starts takes them up again.</summary>
    public bool UnderWay { get; init; }

    public string? CustomStatus { get; init; }

    public IReadOnlyList<Wait> Waits { get; init; } = [];

    /// <summary>Events sent and not yet known to be kept by their receiver.</summary>
    public IReadOnlyList<OutgoingEvent> Outbox { get; init; } = [];

    public long NextSequence { get; init; }

    /// <summary>The last event taken from each sender, the longest silent first; at most <see cref="SendersRemembered"/>.</summary>
    public IReadOnlyList<IncomingMark> Inbox { get; init; } = [];

    public const int SendersRemembered = 100;

    /// <summary>Why the instance is not run any more until somebody resumes it; null when it runs.</summary>
    public string? Parked { get; init; }

    /// <summary>W3C trace context of the orchestration.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Of the write that made this row: tells a commit whose reply was lost.</summary>
    public Guid CommitId { get; init; }

    public ETag ETag { get; init; }

    public bool IsFinished => Status is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated;

    /// <summary>Finished, and everything it sent has arrived.</summary>
    public bool IsAtRest => IsFinished && Outbox.Count == 0;

    public OrchestrationMetadata ToMetadata(string? input = null, string? output = null, TaskFailureDetails? failure = null) =>
        new(InstanceId, Name, Status, CreatedAt, UpdatedAt, CustomStatus, input, output, failure);
}

/// <summary>Which task of which instance called a sub-orchestration.</summary>
internal sealed record Origin(string InstanceId, Guid ExecutionId, long Generation, int TaskId);

/// <param name="Sender">The execution that sent it: with the sequence, what the receiver knows it by.</param>
internal sealed record OutgoingEvent(Guid Sender, long Sequence, string To, string Name, string? Payload);

internal sealed record IncomingMark(Guid Sender, long Sequence);

/// <summary>What an instance waits for.</summary>
/// <param name="For">An activity's, sub-orchestration's or event's name; <c>time</c> for a timer.</param>
/// <param name="Until">When the wait ends by itself, or null for work that ends it.</param>
/// <param name="Reason">In words an operator reads.</param>
public sealed record Wait(string For, DateTimeOffset? Until, string Reason)
{
    /// <summary>A head names no more than these; the earliest deadlines first.</summary>
    internal const int Named = 10;

    internal static IReadOnlyList<Wait> Of(IEnumerable<OpenTask> open) =>
        [.. open.Select(Of).OrderBy(wait => wait.Until ?? DateTimeOffset.MaxValue).Take(Named)];

    private static Wait Of(OpenTask task) => task.Decision switch
    {
        TaskScheduled activity => new(activity.Name, null, "activity under way"),
        SubOrchestrationCreated child => new(child.Name, null, $"sub-orchestration {child.InstanceId}"),
        TimerCreated timer => new(task.AwaitedEvent ?? "time", timer.FireAt, timer.Reason),
        var other => throw new InvalidOperationException($"{other.GetType().Name} opens no task."),
    };
}
