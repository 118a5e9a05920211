using TfFlow.Linkage;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Reads the facts of a share of the households. Whoever reads is inside an act.</summary>
public sealed class PartitionFacts(FactsReader facts, RoundGroups groups)
{
    /// <returns>How many rows.</returns>
    public async Task<long> ReadAsync(PartitionAtWork work, MatchingLicence licence, CancellationToken cancellationToken)
    {
        work.Groups ??= await groups.OfAsync(work.Look, work.Licences, cancellationToken);
        var rows = 0L;
        await facts.ReadAsync(
            licence.Extract.Sealed!.Facts.Name,
            licence.Specification,
            household => licence.IsList ? work.Listed.ContainsKey((licence.Decision.Agreement, household)) : work.Groups.Of(household).Value % (UInt128)work.Partitions == (UInt128)work.Partition,
            row =>
            {
                rows++;
                if (work.Withheld.Contains((licence.Extract.Id, row.Row)))
                {
                    return;
                }

                foreach (var (agreement, name) in row.PartnerNames)
                {
                    work.Listed[(agreement, name)] = row.Household;
                }

                var household = licence.IsList ? work.Listed[(licence.Decision.Agreement, row.Household)] : row.Household;
                work.Of(household).Rows.Add(new(licence, new Fact(licence.Source, row.Row, Person: null, Born: null, row.Fields))
                {
                    Given = row.Household,
                    Placed = row.Placed,
                    Groups = row.Groups,
                    Who = row.Who,
                });
            },
            cancellationToken);
        return rows;
    }
}

/// <summary>A share of the households while it is looked at: in memory only.</summary>
/// <param name="look">The round, or the preview, it is a share of.</param>
/// <param name="partition">From 0: the groups of households whose first pseudonyms leave this rest.</param>
public sealed class PartitionAtWork(string look, int partitions, int partition)
{
    public string Look { get; } = look;

    /// <summary>Which households may be one family's; null until the first facts are read.</summary>
    public HouseholdGroups? Groups { get; set; }

    public int Partitions { get; } = partitions;

    public int Partition { get; } = partition;

    public List<MatchingLicence> Licences { get; } = [];

    /// <summary>Rows that may not be used: the person they are about contests or restricts them, or objects.</summary>
    public IReadOnlySet<(string Extract, long Row)> Withheld { get; set; } = new HashSet<(string, long)>();

    public Dictionary<HouseholdPseudonym, HouseholdAtWork> Households { get; } = [];

    /// <summary>Which household of this partition an agreement's list means. Lists name households under secrets of their own: the other extracts, which are read first, say which are meant.</summary>
    public Dictionary<(string Agreement, HouseholdPseudonym Name), HouseholdPseudonym> Listed { get; } = [];

    /// <summary>In the order they are read: lists last.</summary>
    public IEnumerable<MatchingLicence> InOrder => Licences.OrderBy(licence => licence.IsList);

    /// <summary>The households, those that may be one family's together. In the order of their first pseudonyms.</summary>
    public IReadOnlyList<GroupAtWork> InGroups() =>
    [
        .. Households.Values.GroupBy(household => Groups!.Of(household.Pseudonym)).OrderBy(group => group.Key)
            .Select(group => new GroupAtWork([.. group.OrderBy(household => household.Pseudonym)])),
    ];

    public HouseholdAtWork Of(HouseholdPseudonym pseudonym)
    {
        if (!Households.TryGetValue(pseudonym, out var household))
        {
            Households.Add(pseudonym, household = new(pseudonym));
        }

        return household;
    }
}
