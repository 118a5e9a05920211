using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Records who was refused a look at the people of a family. The ledger has the account, the role and, where there is such a
/// case, its reference.</summary>
/// <remarks>seeds/001 App B: "All user access will be tightly monitored"; seeds/002 §12: attempts to gain access, failed or
/// successful.</remarks>
public sealed class RefusedLooks(Registers registers, Deployment deployment, MatchingPlan plan, Acts acts)
{
    /// <summary>How the act of a refused look ends.</summary>
    public const string Result = "refused";

    /// <param name="act">The act that was refused.</param>
    /// <param name="id">The case that was asked for; null where none is named.</param>
    public async Task RecordAsync(CaseCaller by, string act, string? id, CancellationToken cancellationToken)
    {
        // What was typed may be anything: what names no case here is written nowhere.
        var row = id is null ? null : (await registers.Cases.FindAsync(id, cancellationToken))?.Row;
        await acts.PerformAsync(
            new()
            {
                ActId = $"{act}.{Reference.New()}",
                Act = act,
                Actor = by.Account,
                Role = by.Role,
                Agency = row?.Authority ?? deployment.OwnerOr(plan.Authority),
                References = row is null ? [] : [row.Id],
            },
            _ => Task.FromResult(new ActResult { Result = Result }),
            cancellationToken);
    }
}
