using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Host.Local.Demo;

/// <summary>How a cohort compares with the truth.</summary>
/// <param name="True">Families there are in truth.</param>
/// <param name="Found">Families of the cohort.</param>
/// <param name="Right">Of them, those that are families in truth.</param>
public sealed record CohortQuality(int True, int Found, int Right)
{
    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    public double Recall => True == 0 ? 1 : (double)Right / True;
}

/// <summary>Knows which invented household a family is: an instrument beside the system, with the keys in hand and the truth beside them.</summary>
/// <param name="sources">By extract id: whose household each row is about.</param>
internal sealed class CohortTruth(Registers registers, FamilyVault vault, SyntheticAuthority authority, IReadOnlyDictionary<string, AuthorityExtract> sources)
{
    /// <returns>The household most of the family's rows are about; null when no row says.</returns>
    public async Task<SyntheticHousehold?> HouseholdOfAsync(Family family, CancellationToken cancellationToken)
    {
        var votes = new List<int>();
        foreach (var blob in family.Records)
        {
            foreach (var row in await vault.ReadAsync(blob, cancellationToken))
            {
                if (sources[blob.ExtractId].HouseholdOf.TryGetValue(row.Row, out var household))
                {
                    votes.Add(household);
                }
            }
        }

        return votes.Count == 0 ? null : authority.Households[votes.CountBy(household => household).MaxBy(vote => vote.Value).Key];
    }

    public async Task<CohortQuality> MeasureAsync(CancellationToken cancellationToken)
    {
        var found = new List<SyntheticHousehold?>();
        foreach (var family in await registers.Families.ListAsync(cancellationToken).Where(family => family.Row.State is CohortState.InCohort).ToListAsync(cancellationToken))
        {
            found.Add(await HouseholdOfAsync(family.Row, cancellationToken));
        }

        return new(authority.Households.Count(household => household.IsFamily), found.Count, found.Distinct().Count(household => household?.IsFamily == true));
    }
}
