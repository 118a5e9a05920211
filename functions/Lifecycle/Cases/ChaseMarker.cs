using TfFlow.Programme.Cases;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Asks the police again for a confirmation that is overdue; the second time, the authority is told too.</summary>
/// <remarks>Ours.</remarks>
public sealed class ChaseMarker(Registers registers, Outbox outbox, Acts acts, TimeProvider time)
{
    /// <returns>False when nothing was due after all.</returns>
    public async Task<bool> RunAsync(MarkerReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Markers.GetAsync(input.InstructionId, cancellationToken);
        if (MarkerRules.Next(current.Row.Change, new()) is not { } next || next.At > time.GetUtcNow())
        {
            return false;
        }

        var escalates = next.To is MarkerChangeState.Escalated;
        await acts.PerformAsync(
            current.Row.Act(escalates ? "marker.escalate" : "marker.chase", nameof(MarkerChangeOrchestration)),
            async token =>
            {
                var notice = MarkerNotices.Of(current.Row, escalates ? 3 : 2);
                await outbox.PutAsync(current.Row.Police, current.Row.NoticeName, notice, token);
                if (escalates)
                {
                    await outbox.PutAsync(current.Row.Authority, $"escalations/{current.Row.Id}.json", notice, token);
                }

                await registers.Markers.ChangeAsync(current, current.Row with { Change = current.Row.Change with { State = next.To } }, token);
            },
            cancellationToken);
        return true;
    }
}
