using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>The families of the programme in order of priority.</summary>
public sealed class Cohort(Registers registers, MatchingPlan plan)
{
    /// <summary>Each with its place and why, and whether there is room for it. Counts alone: which problems they are is in the sealed explanation.</summary>
    public async Task<(Places Places, IReadOnlyList<PlacedFamily> Families)> ListAsync(CancellationToken cancellationToken)
    {
        var ranked = await RankAsync(cancellationToken);
        var cases = await registers.Cases.ListAsync(cancellationToken).Select(row => row.Row).ToListAsync(cancellationToken);
        var (places, begun) = (PlacesOf(cases), cases.Select(row => row.Id).ToHashSet(StringComparer.Ordinal));
        var rooms = Places.Give(places.Left, [.. ranked.Where(family => !begun.Contains(family.Item.Row.Id)).Select(family => family.Place)]);
        return (
            places,
            [.. ranked.Select(family => new PlacedFamily(new(family.Place, family.Item.Row, family.Why), begun.Contains(family.Item.Row.Id) ? Room.Taken : rooms[family.Place]))]);
    }

    /// <summary>How many families were agreed, and how many of them are taken on.</summary>
    public async Task<Places> PlacesAsync(CancellationToken cancellationToken) =>
        PlacesOf(plan.Programme.Families is null ? [] : await registers.Cases.ListAsync(cancellationToken).Select(row => row.Row).ToListAsync(cancellationToken));

    private Places PlacesOf(IEnumerable<Case> cases) => new(plan.Programme.Families, cases.Count(row => Places.IsTakenBy(row.State, row.EndedOn is not null)));

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

/// <summary>A family of the cohort in its place, and whether there is room for it among the families agreed.</summary>
public sealed record PlacedFamily(Ranked<Family> Ranked, Room Room);
