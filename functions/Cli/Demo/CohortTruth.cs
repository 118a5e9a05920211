using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Demo;

/// <summary>How a cohort compares with the truth.</summary>
/// <param name="True">Families there are in truth.</param>
/// <param name="Found">Families of the cohort.</param>
/// <param name="Right">Of them, those that are families in truth.</param>
public sealed record CohortQuality(int True, int Found, int Right)
{
    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    public double Recall => True == 0 ? 1 : (double)Right / True;
}

/// <summary>Knows which invented household a family is: an instrument beside the system, with the keys in hand and the truth beside them. What it opens is in the ledger too.</summary>
/// <param name="sources">By extract id: whose household each row is about.</param>
internal sealed class CohortTruth(Func<IServiceProvider> host, SyntheticAuthority authority, IReadOnlyDictionary<string, AuthorityExtract> sources)
{
    private Registers Registers => host().GetRequiredService<Registers>();

    /// <returns>The household most of the family's rows are about; null when no row says.</returns>
    public async Task<SyntheticHousehold?> HouseholdOfAsync(Family family, CancellationToken cancellationToken) =>
        (await HouseholdsOfAsync([family], cancellationToken))[0];

    public async Task<CohortQuality> MeasureAsync(CancellationToken cancellationToken)
    {
        var families = await Registers.Families.ListAsync(cancellationToken).Where(family => family.Row.State is CohortState.InCohort).Select(family => family.Row).ToListAsync(cancellationToken);
        var found = await HouseholdsOfAsync(families, cancellationToken);
        return new(authority.Households.Count(household => household.IsFamily), found.Count, found.Distinct().Count(household => household?.IsFamily == true));
    }

    public async Task<IReadOnlyList<SyntheticHousehold?>> HouseholdsOfAsync(IReadOnlyList<string> familyIds, CancellationToken cancellationToken)
    {
        var families = new List<Family>();
        foreach (var id in familyIds)
        {
            families.Add((await Registers.Families.GetAsync(id, cancellationToken)).Row);
        }

        return await HouseholdsOfAsync(families, cancellationToken);
    }

    private async Task<List<SyntheticHousehold?>> HouseholdsOfAsync(List<Family> families, CancellationToken cancellationToken)
    {
        var found = new List<SyntheticHousehold?>();
        var act = new LedgerAct { ActId = $"truth.measure.{Reference.New()}", Act = "truth.measure", Actor = nameof(CohortTruth), Agency = DemoAuthority.Id, Count = families.Count };
        await host().GetRequiredService<Acts>().PerformAsync(
            act,
            async token =>
            {
                foreach (var family in families)
                {
                    found.Add(await FindAsync(family, token));
                }

                return ActResult.Done;
            },
            cancellationToken);
        return found;
    }

    private async Task<SyntheticHousehold?> FindAsync(Family family, CancellationToken cancellationToken)
    {
        var votes = new List<int>();
        foreach (var blob in family.Records.Where(blob => sources.ContainsKey(blob.ExtractId)))
        {
            foreach (var row in await host().GetRequiredService<FamilyVault>().ReadAsync(blob, cancellationToken))
            {
                if (sources[blob.ExtractId].HouseholdOf.TryGetValue(row.Row, out var household))
                {
                    votes.Add(household);
                }
            }
        }

        return votes.Count == 0 ? null : authority.Households[votes.CountBy(household => household).MaxBy(vote => vote.Value).Key];
    }
}
