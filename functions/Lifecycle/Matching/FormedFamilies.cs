using TfFlow.Linkage;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;

namespace TfFlow.Lifecycle.Matching;

/// <summary>What may be a family, formed of one household or of several: in memory only.</summary>
/// <param name="Home">The household it lives in.</param>
/// <param name="Households">All that are its own, <paramref name="Home"/> first.</param>
/// <param name="Rows">What was received about it.</param>
/// <param name="Perhaps">What may be about it.</param>
/// <param name="Links">Why rows of other households are its own; a line each.</param>
/// <param name="Doubts">Why others may be; a line each.</param>
public sealed record FormedHousehold(
    HouseholdAtWork Home,
    IReadOnlyList<HouseholdAtWork> Households,
    IReadOnlyList<RowAtWork> Rows,
    IReadOnlyList<RowAtWork> Perhaps,
    IReadOnlyList<string> Links,
    IReadOnlyList<string> Doubts)
{
    /// <summary>It is in the cohort or in review already.</summary>
    public bool IsKnown => Households.Any(household => household.IsKnown);

    /// <summary>The keyed hashes by which people of its rows are met.</summary>
    public IReadOnlySet<ulong> Meets { get; init; } = new HashSet<ulong>();

    /// <summary>Likewise of the rows that may be about it.</summary>
    public IReadOnlySet<ulong> MeetsPerhaps { get; init; } = new HashSet<ulong>();

    /// <summary>The same, with the hashes. One after the other: <paramref name="meeting"/> is used for all.</summary>
    public FormedHousehold With(Linkage.MeetingKeys meeting) => this with
    {
        Meets = PeopleReader.KeysOf(meeting, Rows.Select(row => row.Identity)),
        MeetsPerhaps = PeopleReader.KeysOf(meeting, Perhaps.Select(row => row.Identity)),
    };
}

/// <summary>Forms families of the groups whose people are open.</summary>
public static class FormedFamilies
{
    public static IReadOnlyList<FormedHousehold> Of(IReadOnlyList<GroupAtWork> groups, MatchingPlan plan, DateOnly on, CancellationToken cancellationToken)
    {
        var rows = groups.Select(group => group.Households.SelectMany((household, number) => household.Rows.Select(row => (Row: row, Household: number))).ToList()).ToList();
        var formed = FamilyFormation.Form(
            [
                .. rows.Select(group => group.ConvertAll(at => new LocatedRecord(
                    at.Row.Record,
                    at.Household,
                    at.Row.Identity.GetValueOrDefault(IdentityColumns.Address, ""),
                    at.Row.Identity.GetValueOrDefault(IdentityColumns.Postcode, ""),
                    at.Row.Placed,
                    at.Row.Licence.Extract.Agency == plan.Authority))),
            ],
            plan.ChildUnder,
            on,
            cancellationToken);
        return
        [
            .. groups.Zip(rows, formed).SelectMany(group => group.Third.Select(family => new FormedHousehold(
                group.First.Households[family.Home],
                [.. family.Households.Select(household => group.First.Households[household])],
                [.. family.Certain.Select(row => group.Second[row].Row)],
                [.. family.Perhaps.Select(row => group.Second[row].Row)],
                family.Links,
                family.Doubts))),
        ];
    }
}
