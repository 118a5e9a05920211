using System.Globalization;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>Tells the authority, or the study, what about a breach is overdue: once a deadline.</summary>
/// <remarks>Ours.</remarks>
public sealed class EscalateBreach(Registers registers, MatchingPlan plan, Deployment deployment, Outbox outbox, Acts acts, TimeProvider time)
{
    /// <returns>False when nothing was due after all.</returns>
    public async Task<bool> RunAsync(BreachReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Breaches.GetAsync(input.BreachId, cancellationToken);
        var (row, now) = (current.Row, time.GetUtcNow());
        if (row.DueAt is not { } due || due > now)
        {
            return false;
        }

        var act = row.Act("breach.escalate", nameof(BreachCaseOrchestration));
        await acts.PerformAsync(
            act with { ActId = string.Create(CultureInfo.InvariantCulture, $"{act.ActId}.{due.UtcTicks}") },
            async token =>
            {
                var owner = deployment.OwnerOr(plan.Authority);
                var overdue = row.Breach.Open.Where(deadline => deadline.At <= now).ToList();
                await outbox.PutAsync(owner, $"escalations/breach-{row.Id}.json", new BreachEscalation(row.Id, row.Agreement, row.State, overdue), token);
                await registers.Breaches.ChangeAsync(current, row with { EscalatedAt = now }, token);
            },
            cancellationToken);
        return true;
    }
}
