using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Does what follows from an instruction's row: sent, chased when its confirmation is overdue, then escalated.</summary>
public sealed class AdvanceMarker(Registers registers, SendInstruction sending, ChaseMarker chasing, TimeProvider time) : Activity<AdvanceMarker, MarkerReference, Waiting?>
{
    /// <returns>The wait for the confirmation; null when it ended, may not be sent now, or is with people.</returns>
    public override async Task<Waiting?> RunAsync(MarkerReference input, CancellationToken cancellationToken)
    {
        while (await registers.Markers.FindAsync(input.InstructionId, cancellationToken) is { Row: var row })
        {
            if (row.State is not MarkerChangeState.Instructed && row.DueAt > time.GetUtcNow())
            {
                return new("the confirmation of the police", row.DueAt.Value);
            }

            // An instruction that may not be sent now is tried again by the sweep, or overtaken by its case.
            if (row.DueAt is null || !await (row.State is MarkerChangeState.Instructed ? sending.RunAsync(input, cancellationToken) : chasing.RunAsync(input, cancellationToken)))
            {
                return null;
            }
        }

        return null;
    }
}
