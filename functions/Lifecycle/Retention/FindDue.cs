using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Governance;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;

namespace TfFlow.Lifecycle.Retention;

/// <param name="AsOf">The sweep's.</param>
/// <param name="Extracts">Ids of extracts whose retention is over, the longest due first.</param>
/// <param name="Intakes">Ids of extracts whose intake should long have ended.</param>
/// <param name="Grants">Ids of grants nobody used in time.</param>
/// <param name="FamilyIds">Families whose retention, or whose review, is over.</param>
/// <param name="More">There is more than fits one round.</param>
public sealed record DueItems(
    DateTimeOffset AsOf, IReadOnlyList<string> Extracts, IReadOnlyList<string> Intakes, IReadOnlyList<string> Grants, IReadOnlyList<string> FamilyIds, bool More);

/// <summary>Asks the ledger what was begun and not ended, wakes the cases that are due, and asks the registers what else is due: at most <see cref="Round"/> of each.</summary>
public sealed class FindDue(Registers registers, LegalHolds holds, ResolveIntents intents, SweepCases cases, SweepRegisters governance, ClaimBatches claims) : Activity<FindDue, SweepRequest, DueItems>
{
    public const int Round = 100;

    public override async Task<DueItems> RunAsync(SweepRequest input, CancellationToken cancellationToken)
    {
        // An interrupted batch of claims finishes here, so its act is not ended as abandoned below.
        await claims.EndDueAsync(input.AsOf, cancellationToken);
        var unfinished = await intents.RunAsync(input, cancellationToken);
        await cases.RunAsync(input, cancellationToken);

        // Before the extracts are looked at: what came under an agreement that ends today is due today.
        await governance.RunAsync(input, cancellationToken);
        var due = await holds.DueAsync(registers.Extracts, ExtractStage.Erasing, input.AsOf, cancellationToken).Skip(input.Passed).Take(Round + 1).ToListAsync(cancellationToken);
        var intakes = new List<string>();
        foreach (var id in due.Take(Round))
        {
            if ((await registers.Extracts.GetAsync(id, cancellationToken)).Row.State is ExtractStage.Claimed or ExtractStage.Sealed or ExtractStage.Refused)
            {
                intakes.Add(id);
            }
        }

        var grants = await registers.Grants.DueAsync(input.AsOf, cancellationToken).Take(Round + 1).ToListAsync(cancellationToken);
        var families = await holds.DueAsync(registers.Families, CohortState.Erasing, input.AsOf, cancellationToken).Take(Round + 1).ToListAsync(cancellationToken);
        return new(
            input.AsOf,
            [.. due.Take(Round).Except(intakes).Union(unfinished.Extracts)],
            [.. intakes.Union(unfinished.Intakes)],
            [.. grants.Take(Round).Union(unfinished.Grants)],
            [.. families.Take(Round)],
            due.Count > Round || grants.Count > Round || families.Count > Round);
    }
}
