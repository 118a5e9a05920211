using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.People;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Lifecycle.Matching;

/// <summary>The families of the programme in order of priority.</summary>
public sealed class Cohort(Registers registers, MatchingPlan plan)
{
    /// <summary>Each with its place and why, and whether there is room for it. Counts alone: which problems they are is in the sealed
    /// explanation.</summary>
    public async Task<(Places Places, IReadOnlyList<PlacedFamily> Families)> ListAsync(CancellationToken cancellationToken)
    {
        var ranked = await RankAsync(cancellationToken);
        var cases = await registers.Cases.ListAsync(cancellationToken).Select(row => row.Row).ToListAsync(cancellationToken);
        var (places, begun) = (PlacesOf(cases), cases.Select(row => row.Id).ToHashSet(StringComparer.Ordinal));
        var rooms = Places.Give(places.Left, [.. ranked.Where(family => !begun.Contains(family.Item.Id)).Select(family => family.Place)]);
        return (
            places,
            [.. ranked.Select(family => new PlacedFamily(family, begun.Contains(family.Item.Id) ? Room.Taken : rooms[family.Place]))]);
    }

    /// <summary>How many families were agreed, and how many of them are taken on.</summary>
    public async Task<Places> PlacesAsync(CancellationToken cancellationToken) =>
        PlacesOf(plan.Programme.Families is null ? [] : await registers.Cases.ListAsync(cancellationToken).Select(row => row.Row).ToListAsync(cancellationToken));

    private Places PlacesOf(IEnumerable<Case> cases) => new(plan.Programme.Families, cases.Count(row => Places.IsTakenBy(row.State, row.EndedOn is not null)));

    private async Task<IReadOnlyList<Ranked<Family>>> RankAsync(CancellationToken cancellationToken)
    {
        // Who objects to being selected has no place in the order while the objection stands.
        var objecting = await registers.ObjectingFamiliesAsync(Use.Identification, cancellationToken);
        var families = await registers.Families.ListAsync(cancellationToken)
            .Where(family => family.Row.State is CohortState.InCohort && family.Row.Programme == plan.Programme.Name)
            .Where(family => !objecting.Contains(family.Row.Id.Text))
            .Select(family => family.Row)
            .ToListAsync(cancellationToken);

        // Who waits longest is listed first of those who share a place.
        return PriorityOrder.Of(plan.Programme, families.OrderBy(family => family.FoundAt), family => family.Standing);
    }
}

/// <summary>A family of the cohort in its place, and whether there is room for it among the families agreed.</summary>
public sealed record PlacedFamily(Ranked<Family> Ranked, Room Room);
