using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable.Replay;

/// <summary>A decision whose result has not arrived.</summary>
internal sealed record OpenTask(HistoryEvent Decision)
{
    private readonly TaskCompletionSource<string?> source = new();

    /// <summary>The external event this timer is the deadline of, or null.</summary>
    public string? AwaitedEvent { get; init; }

    public Task<string?> Result => source.Task;

    public void Complete(string? result) => source.TrySetResult(result);

    public void Fail(string name, TaskFailureDetails failure) => source.TrySetException(new TaskFailedException(name, failure));

    public void Cancel(CancellationToken cancellationToken) => source.TrySetCanceled(cancellationToken);
}

/// <summary>How a generation of an orchestration ended.</summary>
internal abstract record Outcome;

internal sealed record Finished(ExecutionCompleted Completion) : Outcome;

/// <param name="Kept">Events nobody took, for the next generation.</param>
internal sealed record ContinuedAsNew(string? Input, IReadOnlyList<HistoryEvent> Kept) : Outcome;
