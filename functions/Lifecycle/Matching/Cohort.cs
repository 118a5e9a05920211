using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>A family's place in the cohort, and why it stands before the next. Counts alone: which problems they are is in the sealed explanation.</summary>
public sealed record RankedFamily(int Place, Family Family, string Why);

/// <summary>The families of the programme in order of priority.</summary>
public sealed class Cohort(Registers registers, MatchingPlan plan)
{
    public async Task<IReadOnlyList<RankedFamily>> ListAsync(CancellationToken cancellationToken)
    {
        var families = (await RankAsync(cancellationToken)).Select(family => family.Row).ToList();
        return
        [
            .. families.Select((family, i) => new RankedFamily(
                i + 1, family, i + 1 < families.Count ? PriorityOrder.Before(plan.Programme, StandingOf(family), StandingOf(families[i + 1])) : "the last")),
        ];
    }

    /// <summary>Gives every family of the cohort its place; a family whose place is what it was is not touched.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> PlaceAsync(CancellationToken cancellationToken)
    {
        var families = await RankAsync(cancellationToken);
        await Parallel.ForEachAsync(
            families.Select((family, i) => (Family: family, Place: i + 1)).Where(ranked => ranked.Family.Row.Place != ranked.Place),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (ranked, token) => await registers.Families.ChangeAsync(ranked.Family, ranked.Family.Row with { Place = ranked.Place }, token));
        return families.Count;
    }

    private async Task<List<Registered<Family>>> RankAsync(CancellationToken cancellationToken)
    {
        var families = await registers.Families.ListAsync(cancellationToken)
            .Where(family => family.Row.State is CohortState.InCohort && family.Row.Programme == plan.Programme.Name)
            .ToListAsync(cancellationToken);
        families.Sort((one, other) => PriorityOrder.Compare(plan.Programme, StandingOf(one.Row), StandingOf(other.Row)) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Row.Id, other.Row.Id));
        return families;
    }

    private static Standing StandingOf(Family family) => new(family.Problems, family.Weight, Cost: null, Risk: null);
}
