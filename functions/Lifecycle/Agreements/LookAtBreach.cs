using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Agreements;

public enum BreachTask
{
    /// <summary>It is concluded, or with people who were reminded of all that is due.</summary>
    None,
    TellProvider,
    Await,
    Escalate,
    CirculateOutcome,
}

/// <param name="Until">When the wait ends.</param>
public sealed record BreachNext(BreachTask Task, DateTimeOffset? Until = null);

/// <summary>Reads a breach's row and says what follows from it.</summary>
public sealed class LookAtBreach(Registers registers, TimeProvider time) : Activity<LookAtBreach, BreachReference, BreachNext>
{
    public override async Task<BreachNext> RunAsync(ActivityContext context, BreachReference input) =>
        await registers.Breaches.FindAsync(input.BreachId, context.CancellationToken) is not { Row: { DueAt: { } due } row } ? new(BreachTask.None)
        : row.State is BreachState.Recorded ? new(BreachTask.TellProvider)
        : row.Breach.OutcomeSettledAt is not null ? new(BreachTask.CirculateOutcome)
        : due <= time.GetUtcNow() ? new(BreachTask.Escalate)
        : new(BreachTask.Await, due);
}
