using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Cases;

public enum MarkerStep
{
    /// <summary>It ended, or is with people.</summary>
    None,
    Send,
    Await,

    /// <summary>Chase or escalate.</summary>
    Ask,
}

/// <param name="Until">When the wait ends.</param>
public sealed record MarkerNext(MarkerStep Step, DateTimeOffset? Until = null);

/// <summary>Reads an instruction's row and says what follows from it.</summary>
public sealed class LookAtMarker(Registers registers, TimeProvider time) : Activity<LookAtMarker, MarkerReference, MarkerNext>
{
    public override async Task<MarkerNext> RunAsync(ActivityContext context, MarkerReference input)
    {
        if (await registers.Markers.FindAsync(input.InstructionId, context.CancellationToken) is not { Row: var row })
        {
            return new(MarkerStep.None);
        }

        return row.State is MarkerChangeState.Instructed ? new(MarkerStep.Send)
            : row.DueAt is not { } due ? new(MarkerStep.None)
            : due <= time.GetUtcNow() ? new(MarkerStep.Ask)
            : new(MarkerStep.Await, due);
    }
}
