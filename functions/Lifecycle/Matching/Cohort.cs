using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>The families of the programme in order of priority.</summary>
public sealed class Cohort(Registers registers, MatchingPlan plan)
{
    /// <summary>Each with its place and why. Counts alone: which problems they are is in the sealed explanation.</summary>
    public async Task<IReadOnlyList<Ranked<Family>>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await RankAsync(cancellationToken)).Select(ranked => new Ranked<Family>(ranked.Place, ranked.Item.Row, ranked.Why))];

    /// <summary>Gives every family of the cohort its place; a family whose place is what it was is not touched.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> PlaceAsync(CancellationToken cancellationToken)
    {
        var families = await RankAsync(cancellationToken);
        await Parallel.ForEachAsync(
            families.Where(ranked => ranked.Item.Row.Place != ranked.Place),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (ranked, token) => await registers.Families.ChangeAsync(ranked.Item, ranked.Item.Row with { Place = ranked.Place }, token));
        return families.Count;
    }

    private async Task<IReadOnlyList<Ranked<Registered<Family>>>> RankAsync(CancellationToken cancellationToken)
    {
        var families = await registers.Families.ListAsync(cancellationToken)
            .Where(family => family.Row.State is CohortState.InCohort && family.Row.Programme == plan.Programme.Name)
            .ToListAsync(cancellationToken);

        // Who waits longest is listed first of those who share a place.
        return PriorityOrder.Of(plan.Programme, families.OrderBy(family => family.Row.FoundAt), family => family.Row.Standing);
    }
}
