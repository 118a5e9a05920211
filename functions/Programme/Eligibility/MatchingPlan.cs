using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Programme.Eligibility;

/// <summary>What one authority matches by: its programme, its school terms, and what it decided where the source documents leave it open.</summary>
public sealed record MatchingPlan
{
    /// <summary>No review waits longer than an orchestration may.</summary>
    public const int LongestReview = 90;

    private const int LongestKeep = 1200;

    private static readonly Lazy<MatchingPlan> ShippedOnce = new(LoadShipped);

    /// <summary>The plan that ships, for Leicester City.</summary>
    public static MatchingPlan Shipped => ShippedOnce.Value;

    /// <summary>The authority, as the agreements name it: what is addressed to it is matched.</summary>
    public required Id<Party> Authority { get; init; }

    /// <summary>The day this plan is agreed as of: with the authority it names the version. <c>null</c> where the document says none: then there is one version, which is never edited once used.</summary>
    public DateOnly? Dated { get; init; }

    /// <summary>Authority and version: <c>leicester-city@2025-09-01</c>.</summary>
    public string Name => Dated is { } day ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Authority}@{day:yyyy-MM-dd}") : Authority;

    public required EligibilityProgramme Programme { get; init; }

    public required TermCalendar Terms { get; init; }

    /// <summary>When a round begins by itself. A plan that says nothing matches on demand.</summary>
    public MatchingWindow Window { get; init; } = MatchingWindow.OnDemand;

    /// <summary>Datasets whose every row is about a child of the household: households on none of them are not known to have children. Empty: dates of birth alone decide.</summary>
    /// <remarks>seeds/001 Identifying Families: merged against households known to have children.</remarks>
    public IReadOnlyList<string> Children { get; init; } = [];

    /// <summary>A child is somebody under this age. Ours: the sources say "dependent" and no age.</summary>
    public int ChildUnder { get; init; } = 18;

    /// <summary>Days an uncertain household waits for its decision, 1 to 90; ours.</summary>
    public int ReviewDays { get; init; } = 28;

    /// <summary>Months a family of the cohort is kept while no case has taken it up; ours.</summary>
    public int KeepMonths { get; init; } = 12;

    /// <summary>What offsets the problems of families that enter from now on; null: nothing is measured, so no outcome is shown.</summary>
    public FamilyOutcomePlan? Outcomes { get; init; }

    /// <summary>Every family outcome plan of its programme that is at hand, by its name: a family keeps the one by which it
    /// entered.</summary>
    public IReadOnlyDictionary<string, FamilyOutcomePlan> OutcomePlans { get; init; } = new Dictionary<string, FamilyOutcomePlan>();

    /// <summary>Every account of the authority's own staff must stand in the register of access.</summary>
    /// <remarks>seeds/001 Data definitions: the coordinator authorises user access.</remarks>
    public bool AccountsRegistered { get; init; }

    /// <summary>Of the document it was read from; empty when there was none.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>A short hash of each part; see <see cref="DocumentHash.Parts"/>.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Rows of all extracts that one partition takes, about.</summary>
    public int PartitionRows { get; init; } = 25_000;

    /// <param name="file">What to call the document in a message.</param>
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static MatchingPlan Read(string file, TextReader text) => Read(DocumentNode.Parse(file, text), PlanBasis.Shipped);

    /// <param name="basis">What the plan may name: programmes, family outcome plans, and datasets beside those its programme lists.</param>
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static MatchingPlan Read(DocumentMap map, PlanBasis basis)
    {
        var (programmes, datasets) = (basis.Programmes, basis.Datasets);
        var programme = map.Text("programme") is { Length: > 0 } name
            ? programmes.GetValueOrDefault(name) ?? map.Fault<EligibilityProgramme?>($"there is no programme '{name}': there are {string.Join(", ", programmes.Keys)}", "programme", null)
            : null;

        // While the other faults are looked for: where the version alone is misspelt, another one of the same programme stands in.
        var near = programme ?? programmes.Values.LastOrDefault(other => other.Name.StartsWith($"{map.TextOrNull("programme")?.Split('@')[0]}@", StringComparison.Ordinal));
        var any = near ?? ProgrammeCatalogue.Shipped.Values.First();
        var plan = new MatchingPlan
        {
            Authority = map.Id("authority"),
            Dated = map.DateOrNull("dated"),
            Programme = any with
            {
                InForce = map.MapOrNull("in_force") is { } window ? ReadInForce(window) : any.InForce,
                Families = ProgrammeParser.ParseFamilies(map) ?? any.Families,
            },
            Terms = ReadTerms(map),
            Window = map.MapOrNull("match") is { } match ? MatchingWindow.Read(match) : MatchingWindow.OnDemand,
            Children = map.Texts("children"),
            ChildUnder = map.WholeOrNull("child_under", least: 1, most: 30) ?? 18,
            ReviewDays = map.WholeOrNull("review_days", least: 1, most: LongestReview) ?? 28,
            KeepMonths = map.WholeOrNull("keep_months") ?? 12,
            PartitionRows = map.WholeOrNull("partition_rows", least: 1) ?? 25_000,
            AccountsRegistered = map.Flag("accounts_registered"),
            Outcomes = ReadOutcomes(map, basis.OutcomePlans, programme),
            OutcomePlans = basis.OutcomePlans.Values.Where(outcomes => outcomes.Programme == any.Name).ToDictionary(outcomes => outcomes.Name),
            Sha256 = DocumentHash.Of(map),
            Parts = DocumentHash.Parts(map),
        };
        map.Done();
        if (plan.KeepMonths is < 1 or > LongestKeep)
        {
            map.Fault(FormattableString.Invariant($"'keep_months' is expected to be at least 1, and {LongestKeep} at most"), "keep_months");
        }

        foreach (var unread in near is null ? [] : plan.Window.Datasets.Where(id => near.Datasets.All(dataset => dataset.Id != id)))
        {
            map.Fault($"'match' waits for '{unread}', which {near!.Name} does not read", "match");
        }

        foreach (var unknown in near is null ? [] : plan.Children.Where(id => !datasets.ContainsKey(id) && near.Datasets.All(dataset => dataset.Id != id)))
        {
            map.Fault($"'children' names '{unknown}', which is no dataset", "children");
        }

        return plan;
    }

    private static FamilyOutcomePlan? ReadOutcomes(
        DocumentMap map, IReadOnlyDictionary<string, FamilyOutcomePlan> plans, EligibilityProgramme? programme)
    {
        if (map.TextOrNull("outcomes") is not { } name)
        {
            return null;
        }

        var fitting = plans.Values.Where(plan => programme is null || plan.Programme == programme.Name).ToList();
        return fitting.Find(plan => plan.Name == name) ?? map.Fault<FamilyOutcomePlan?>(
            $"there is no family outcome plan '{name}'{(programme is null ? "" : $" of {programme.Name}")}: there {(fitting.Count == 0 ? "is none" : $"are {string.Join(", ", fitting)}")}",
            "outcomes",
            null);
    }

    private static (DateOnly From, DateOnly To) ReadInForce(DocumentMap map)
    {
        var (from, to) = (map.Date("from"), map.Date("to"));
        map.Done();
        return from <= to || to == default ? (from, to) : map.Fault("'to' is before 'from': it would never be in force", "to", (from, to));
    }

    private static MatchingPlan LoadShipped()
    {
        const string Name = "TfFlow.Programme.Eligibility.Plans.leicester-city.yaml";
        using var text = new StreamReader(typeof(MatchingPlan).Assembly.GetManifestResourceStream(Name)!);
        return Read("leicester-city.yaml", text);
    }

    private static TermCalendar ReadTerms(DocumentMap map)
    {
        var terms = new List<Term>();
        foreach (var term in map.Maps("terms"))
        {
            var read = new Term(term.Date("from"), term.Date("to"));
            term.Done();
            if (read.Start == default || read.End == default)
            {
                continue;
            }

            if (read.End < read.Start)
            {
                term.Fault("a term ends before it starts", "to");
            }
            else if (terms.Any(other => other.Start <= read.End && read.Start <= other.End))
            {
                term.Fault("a term overlaps another", "from");
            }
            else
            {
                terms.Add(read);
            }
        }

        return new(terms);
    }
}

/// <summary>What a matching plan may name.</summary>
/// <param name="Programmes">By <see cref="EligibilityProgramme.Name"/>.</param>
/// <param name="Datasets">By id.</param>
/// <param name="OutcomePlans">By <see cref="FamilyOutcomePlan.Name"/>.</param>
public sealed record PlanBasis(
    IReadOnlyDictionary<string, EligibilityProgramme> Programmes,
    IReadOnlyDictionary<string, DatasetSpecification> Datasets,
    IReadOnlyDictionary<string, FamilyOutcomePlan> OutcomePlans)
{
    /// <summary>What ships.</summary>
    public static PlanBasis Shipped { get; } = new(ProgrammeCatalogue.Shipped, DatasetCatalogue.All, OutcomePlanCatalogue.Shipped);
}
