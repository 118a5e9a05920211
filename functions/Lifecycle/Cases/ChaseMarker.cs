using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Asks the police again for a confirmation that is overdue; the second time, the authority is told too.</summary>
/// <remarks>Ours.</remarks>
public sealed class ChaseMarker(Registers registers, Outbox outbox, Acts acts, TimeProvider time) : Activity<ChaseMarker, MarkerReference, bool>
{
    /// <returns>False when nothing was due after all.</returns>
    public override async Task<bool> RunAsync(ActivityContext context, MarkerReference input)
    {
        var current = await registers.Markers.GetAsync(input.InstructionId, context.CancellationToken);
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

                await registers.Markers.ChangeAsync(current, current.Row with { State = next.To }, token);
                return ActResult.Done;
            },
            context.CancellationToken);
        return true;
    }
}
