using System.Security.Cryptography;
using System.Text;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.People;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Linkage;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <param name="Partition">From 0: the households whose pseudonyms leave this rest.</param>
public sealed record PartitionReference(string RunId, int Partition);

/// <summary>Looks at a share of the households, in two stages: by facts alone, then, for those that could be families, by their people. Keeps what it finds before anything is erased.</summary>
/// <remarks>Nothing of the first stage is written anywhere: what is below the threshold is forgotten with the activity's memory.</remarks>
public sealed class MatchPartition(
    Registers registers, MatchingGate gate, Notices notices, RoundGroups round, PartitionFacts facts, PeopleReader people, HouseholdIndex index, FamilyKeeper keeper, MatchingPlan plan, Acts acts)
    : Activity<MatchPartition, PartitionReference, bool>
{
    public override async Task<bool> RunAsync(PartitionReference input, CancellationToken cancellationToken)
    {
        await round.InTurnAsync(() => LookAsync(input, cancellationToken), cancellationToken);
        return true;
    }

    private async Task LookAsync(PartitionReference input, CancellationToken cancellationToken)
    {
        var run = (await registers.Matchings.GetAsync(input.RunId, cancellationToken)).Row;
        var work = new Work(run, input.Partition);
        var standing = await notices.StandingAsync(cancellationToken);
        work.Partition.Withheld = await registers.WithheldRowsAsync(Use.Identification, cancellationToken);
        foreach (var id in run.Extracts)
        {
            var extract = await registers.Extracts.GetAsync(id, cancellationToken);
            if (extract.Row.State is ExtractStage.Kept && gate.Find(extract.Row, run.Authority, standing) is { } licence)
            {
                work.Partition.Licences.Add(licence);
            }
            else
            {
                work.Unread.Add(id);
            }
        }

        var openings = work.Partition.InOrder.Select(licence => new Opening(licence.Opening(run, "match.facts", input.Partition), token => facts.ReadAsync(work.Partition, licence, token)));
        await Openings.PerformAsync(acts, [.. openings], token => LookAtPeopleAsync(work, token), cancellationToken);
    }

    private async Task LookAtPeopleAsync(Work work, CancellationToken cancellationToken)
    {
        var run = RunOf(work);
        var known = await index.ListAsync(work.Run.Programme, cancellationToken);
        var objecting = await registers.ObjectingFamiliesAsync(Use.Identification, cancellationToken);
        using var tokens = await index.OpenAsync(cancellationToken);
        var groups = work.Partition.InGroups().Where(group => group.IsNew).ToList();
        foreach (var group in groups)
        {
            foreach (var household in group.Households)
            {
                household.Token = tokens.Of(work.Run.Programme, household.Pseudonym);
                household.IsKnown = known.ContainsKey(household.Token);
            }

            // Who objects is looked at no further: their people stay closed, and what is new of them is not added.
            group.IsObjected = group.Households.Any(household => known.TryGetValue(household.Token, out var family) && objecting.Contains(family));
            group.CouldBeFamily = !group.IsObjected && CohortRules.CouldBeFamily(plan, group.Facts, run);
        }

        var wanted = groups.Where(group => !group.IsObjected && (group.CouldBeFamily || group.IsKnown)).ToList();
        var households = wanted.SelectMany(group => group.Households).ToList();
        var openings = new List<Opening>();
        foreach (var licence in work.Partition.Licences)
        {
            HouseholdPseudonym[] named = [.. households.SelectMany(household => household.Rows.Where(row => row.Licence == licence)).Select(row => row.Given).Distinct()];
            if (named.Length > 0)
            {
                var act = licence.Opening(work.Run, "match.people", work.Partition.Partition) with { Count = named.Length };
                openings.Add(new(act, token => ReadPeopleAsync(households, licence, named, token)));
            }
        }

        await Openings.PerformAsync(acts, openings, token => KeepAsync(work, wanted, run, token), cancellationToken);
    }

    private async Task<long> ReadPeopleAsync(List<HouseholdAtWork> wanted, MatchingLicence licence, HouseholdPseudonym[] households, CancellationToken cancellationToken)
    {
        var rows = wanted.SelectMany(household => household.Rows).Where(row => row.Licence == licence).ToDictionary(row => row.Fact.Row);
        await people.ReadAsync(
            licence.Extract.Sealed!.Persons.Name,
            licence.Specification,
            households,
            (row, fields) =>
            {
                // What is withheld of a household that is opened is not looked at.
                if (rows.TryGetValue(row, out var wanted))
                {
                    wanted.Identity = fields;
                }
            },
            cancellationToken);
        return households.Length;
    }

    private async Task KeepAsync(Work work, List<GroupAtWork> wanted, EligibilityRun run, CancellationToken cancellationToken)
    {
        var act = work.Run.Act("match.keep", FormattableString.Invariant($"{work.Partition.Partition}"));
        await acts.PerformAsync(
            act,
            async token =>
            {
                using var meeting = await index.OpenMeetingKeysAsync(token);
                var kept = new System.Collections.Concurrent.ConcurrentBag<(Family Family, FormedHousehold Formed)>();
                await Parallel.ForEachAsync(
                    FormedFamilies.Of(wanted, plan, work.Run.On, token).Select(formed => formed.With(meeting)), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = token }, async (formed, cancel) =>
                {
                    if (await keeper.KeepAsync(work.Run, formed, run, cancel) is { } family)
                    {
                        kept.Add((family, formed));
                    }
                });
                var families = kept.Select(found => found.Family).ToList();
                var cohort = kept.Where(found => found.Family.State is CohortState.InCohort)
                    .SelectMany(found => found.Formed.Rows).ToHashSet();
                await CountAsync(work, wanted, families, cohort, token);
                return new ActResult { Count = families.Count, Hash = HashOf(families) };
            },
            cancellationToken);
    }

    /// <summary>The families a partition kept, in one digest.</summary>
    private static string HashOf(IEnumerable<Family> kept) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', kept.Select(family => family.Id.Text).Order(StringComparer.Ordinal)))));

    private async Task CountAsync(Work work, List<GroupAtWork> wanted, IReadOnlyCollection<Family> kept, HashSet<RowAtWork> cohort, CancellationToken cancellationToken)
    {
        var found = kept.Where(family => family.RunId == work.Run.Id).ToList();
        var count = new PartitionCount(
            work.Partition.Partition,
            work.Partition.Households.Values.LongCount(household => household.IsNew),
            wanted.Where(group => group.CouldBeFamily).Sum(group => (long)group.Households.Count),
            kept.Count - found.Count,
            found.LongCount(family => family.State is CohortState.InCohort),
            found.LongCount(family => family.State is CohortState.InReview),
            work.Unread);
        var people = GroupCount.Of(work.Partition.InGroups().Where(group => group.IsNew).SelectMany(group => PeopleOf(group, cohort)));
        while (true)
        {
            try
            {
                var run = await registers.Matchings.GetAsync(work.Run.Id, cancellationToken);
                var others = run.Row.Counts.Where(other => other.Partition != work.Partition.Partition).ToList();

                // A partition that is counted again adds its people once.
                var counted = others.Count < run.Row.Counts.Count ? run.Row.People : GroupCount.Add(run.Row.People.Concat(people));
                var counts = others.Append(count).OrderBy(other => other.Partition);
                await registers.Matchings.ChangeAsync(run, run.Row with { Counts = [.. counts], People = counted }, cancellationToken);
                return;
            }
            catch (LostUpdateException)
            {
                // Another partition ended at the same moment: its count stays, ours is added to it.
            }
        }
    }

    /// <summary>The people of a group by facts alone, each once, and whether they are of a family of the cohort.</summary>
    private static IEnumerable<(PersonGroups Groups, bool InCohort)> PeopleOf(GroupAtWork group, HashSet<RowAtWork> cohort)
    {
        var people = new Dictionary<(ulong, string), (PersonGroups Groups, bool InCohort)>();
        foreach (var row in group.Households.SelectMany(household => household.Rows))
        {
            if (PersonGroups.TryParse(row.Groups, out var groups))
            {
                var who = (row.Who, row.Who == 0 ? row.Groups : "");
                people[who] = people.TryGetValue(who, out var known)
                    ? (known.Groups.Or(groups), known.InCohort || cohort.Contains(row))
                    : (groups, cohort.Contains(row));
            }
        }

        return people.Values;
    }

    private EligibilityRun RunOf(Work work) => new()
    {
        On = work.Run.On,
        Terms = plan.Terms,
        Received = [.. work.Partition.Licences.Select(licence => licence.Source)],
    };

    private sealed class Work(MatchingRun run, int partition)
    {
        public PartitionAtWork Partition { get; } = new(run.Id, run.Partitions, partition);

        public MatchingRun Run { get; } = run;

        public List<string> Unread { get; } = [];
    }
}

/// <summary>A row about a household while it is looked at.</summary>
public sealed class RowAtWork(MatchingLicence licence, Fact fact)
{
    public MatchingLicence Licence { get; } = licence;

    public Fact Fact { get; } = fact;

    /// <summary>What its extract calls the household: in a partner's list not what it is called here.</summary>
    public HouseholdPseudonym Given { get; init; }

    /// <summary>Its address places the household.</summary>
    public bool Placed { get; init; }

    /// <summary>In which groups its person is counted; empty: it names nobody.</summary>
    public string Groups { get; init; } = "";

    /// <summary>Within a household, who it is about; zero: that is not known.</summary>
    public ulong Who { get; init; }

    /// <summary>Empty until its people are opened.</summary>
    public IReadOnlyDictionary<string, string> Identity { get; set; } = new Dictionary<string, string>();

    public HouseholdRecord Record => new(Fact, PeopleReader.IdentityOf(Identity));
}

/// <summary>A household while it is looked at: in memory only.</summary>
public sealed class HouseholdAtWork(HouseholdPseudonym pseudonym)
{
    public HouseholdPseudonym Pseudonym { get; } = pseudonym;

    public List<RowAtWork> Rows { get; } = [];

    public string Token { get; set; } = "";

    /// <summary>It is in the cohort or in review already.</summary>
    public bool IsKnown { get; set; }

    /// <summary>Something of it was never matched before.</summary>
    public bool IsNew => Rows.Any(row => row.Licence.Extract.MatchedBy.Length == 0);
}

/// <summary>Households that may be one family's while they are looked at, by the order of their pseudonyms; mostly one.</summary>
public sealed class GroupAtWork(IReadOnlyList<HouseholdAtWork> households)
{
    public IReadOnlyList<HouseholdAtWork> Households { get; } = households;

    /// <summary>By facts alone they could, together, be a family of the programme.</summary>
    public bool CouldBeFamily { get; set; }

    public bool IsKnown => Households.Any(household => household.IsKnown);

    /// <summary>Somebody of it objects to being looked for, and the objection stands.</summary>
    public bool IsObjected { get; set; }

    public bool IsNew => Households.Any(household => household.IsNew);

    public HouseholdFacts Facts => new(Households[0].Pseudonym.ToString(), [.. Households.SelectMany(household => household.Rows).Select(row => row.Fact)]);
}
