using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Eligibility;

/// <summary>Reads a programme document. Every rule in it carries its source.</summary>
internal static class ProgrammeParser
{
    /// <summary>A hundred years: no rule looks back further, and no calendar does.</summary>
    private const int MaxMonths = 1200;

    private const int MaxTerms = 60;

    private const int MaxAge = 150;

    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static EligibilityProgramme Parse(DocumentMap map)
    {
        var decisions = map.Maps("decisions").Select(ParseDecision).ToArray();
        var datasets = map.Maps("datasets").Select(ParseDataset).ToArray();
        var criteria = map.Maps("criteria").Select(criterion => ParseCriterion(criterion, decisions, datasets)).ToArray();
        var programme = new EligibilityProgramme
        {
            Id = map.Id("programme"),
            Version = map.Whole("version"),
            Title = map.Text("title"),
            Source = map.Text("source"),
            InForce = map.MapOrNull("in_force") is { } inForce ? ParseInForce(inForce) : map.Fault("'in_force' is missing", null, default((DateOnly, DateOnly))),
            Routes = [.. map.Maps("routes").Select(route => ParseRoute(route, criteria))],
            Criteria = criteria,
            Priority = [.. map.Maps("priority").Select(key => Closed(key, new PriorityKey(key.Word<PriorityBy>("by"), key.Text("source")) { LeastFirst = key.Flag("least_first") }))],
            Demand = [.. map.Maps("demand").Select(demand => ParseDemand(demand, datasets))],
            Scores = [.. map.Maps("scores").Select(ParseScore)],
            Services = [.. map.Maps("services").Select(ParseServices)],
            Families = ParseFamilies(map),
            Tiers = [.. map.Maps("tiers").Select(tier => Closed(tier, new SupportTier(tier.Whole("at_least", least: 1), tier.Text("title"), tier.Text("source")))).OrderByDescending(tier => tier.AtLeast)],
            Decisions = decisions,
            Datasets = datasets,
            Sha256 = DocumentHash.Of(map),
            Parts = DocumentHash.Parts(map),
        };
        map.Done();
        if (programme.Routes.Count == 0)
        {
            map.Fault("no route leads in", "routes");
        }

        if (programme.Priority is [] or [{ By: PriorityBy.Risk }])
        {
            map.Fault(programme.Priority is [] ? "'priority' is missing: say by what eligible families are put in order" : "a risk score is advisory: put another key before it", "priority");
        }
        else if (programme.Priority.SkipLast(1).Any(key => key.By is PriorityBy.Risk))
        {
            map.Fault("a risk score is advisory: put it after every other key", "priority");
        }

        if (programme.Costs.Select(cost => cost.Year).Where(year => year > 0).Distinct().Order().ToList() is { Count: > 1 } years)
        {
            map.Fault($"costs are of the years {string.Join(", ", years)}: give them all in the prices of one year, so that they add up", "criteria");
        }

        Twice(map.Maps("decisions"), "decision");
        Twice(map.Maps("datasets"), "dataset");
        Twice(map.Maps("criteria"), "criterion");
        Twice(map.Maps("criteria").SelectMany(criterion => criterion.Maps("indicators")), "indicator");
        return programme;
    }

    private static (DateOnly From, DateOnly To) ParseInForce(DocumentMap map)
    {
        var (from, to, _) = Closed(map, (map.Date("from"), map.Date("to"), map.Text("source")));
        return from <= to || to == default ? (from, to) : map.Fault("'to' is before 'from': it would never be in force", "to", (from, to));
    }

    private static void Twice(IEnumerable<DocumentMap> maps, string kind)
    {
        foreach (var twice in maps.Where(map => map.TextOrNull("id") is not null).GroupBy(map => map.TextOrNull("id")).SelectMany(group => group.Skip(1)))
        {
            twice.Fault($"{kind} '{twice.TextOrNull("id")}' is there twice", "id");
        }
    }

    private static Decision ParseDecision(DocumentMap map) => Closed(map, new Decision(
        map.Id("id"), map.Flag("applies"), map.Text("says"), map.Text("decided_by"), map.Date("decided_on"), map.Text("source")));

    private static ProgrammeDataset ParseDataset(DocumentMap map) => Closed(map, new ProgrammeDataset(
        map.Id("id"), map.Flag("local"), map.Texts("fields"), map.Text("source")));

    private static Route ParseRoute(DocumentMap map, Criterion[] criteria)
    {
        var route = Closed(map, new Route(map.Whole("at_least"), map.Texts("of"), map.Texts("and"), map.Text("source")));
        foreach (var (key, unknown) in route.Of.Select(id => ("of", id)).Concat(route.And.Select(id => ("and", id))).Where(named => criteria.All(criterion => criterion.Id != named.id)))
        {
            map.Fault($"there is no criterion '{unknown}'", key);
        }

        if (map.Has("at_least") && (route.AtLeast < 1 || route.AtLeast > route.Of.Distinct().Count()))
        {
            map.Fault("'at_least' is expected to be from 1 to the number of criteria", "at_least");
        }

        return route;
    }

    private static Criterion ParseCriterion(DocumentMap map, Decision[] decisions, ProgrammeDataset[] datasets) => Closed(map, new Criterion(
        map.Id("id"),
        map.Text("title"),
        map.Flag("filter"),
        map.WholeOrNull("weight", most: 1000) ?? 0,
        [.. map.Maps("indicators").Select(indicator => ParseIndicator(indicator, decisions, datasets))],
        map.Text("source"))
    {
        Cost = ParseCost(map),
    });

    private static DemandMeasure ParseDemand(DocumentMap map, ProgrammeDataset[] datasets)
    {
        var demand = new DemandMeasure(map.Text("dataset"), map.Text("field"), map.Text("source")) { Cost = ParseCost(map) };
        if (demand.Dataset.Length > 0 && datasets.All(dataset => dataset.Id != demand.Dataset))
        {
            map.Fault($"the programme lists no dataset '{demand.Dataset}'", "dataset");
        }

        return Closed(map, demand);
    }

    private static AnnualCost? ParseCost(DocumentMap map) =>
        map.MapOrNull("cost") is { } cost ? Closed(cost, new AnnualCost(cost.Whole("pounds", most: 1_000_000), cost.Whole("year", least: 1990, most: 2100), cost.Text("source"))) : null;

    private static ScoreMeasure ParseScore(DocumentMap map) =>
        Closed(map, new ScoreMeasure(map.Text("dataset"), map.Text("field"), map.Text("on"), map.Whole("most", least: 1, most: 1000), map.Text("source")));

    private static ServiceList ParseServices(DocumentMap map) =>
        Closed(map, new ServiceList(map.Text("dataset"), map.Text("name"), map.Text("until"), map.Text("source"))
        {
            Cost = ParseCost(map),
            Contact = map.Texts("contact"),
            Only = map.Texts("only"),
        });

    /// <summary>The number of families agreed, as a programme or a plan says it.</summary>
    internal static AgreedNumber? ParseFamilies(DocumentMap map) =>
        map.MapOrNull("families") is { } families ? Closed(families, new AgreedNumber(families.Whole("agreed", least: 1, most: 10_000_000), families.Text("source"))) : null;

    private static WeighedBy ParseWeighedBy(DocumentMap map) => Closed(map, new WeighedBy(map.Text("field"), map.Whole("most", least: 1, most: 1000), map.Text("source")));

    private static Indicator ParseIndicator(DocumentMap map, Decision[] decisions, ProgrammeDataset[] datasets)
    {
        var indicator = new Indicator(
            map.Id("id"),
            map.Text("title"),
            map.Flag("illustrative"),
            map.Text("dataset"),
            [.. map.Maps("where").Select(condition => ParseCondition(condition, decisions)).OfType<Condition>()],
            map.MapOrNull("measure") is { } measure ? ParseMeasure(measure) : null,
            map.Text("source"))
        {
            Weight = map.WholeOrNull("weight", most: 1000) ?? 0,
            WeighedBy = map.MapOrNull("weigh_by") is { } by ? ParseWeighedBy(by) : null,
        };
        if (indicator.Dataset.Length > 0 && datasets.All(dataset => dataset.Id != indicator.Dataset))
        {
            map.Fault($"the programme lists no dataset '{indicator.Dataset}'", "dataset");
        }

        return Closed(map, indicator);
    }

    /// <returns>Null when the decision it names leaves it out.</returns>
    internal static Condition? ParseCondition(DocumentMap map, Decision[] decisions)
    {
        var source = map.Text("source");
        var decided = map.TextOrNull("decided");
        var decision = decisions.FirstOrDefault(decision => decision.Id == decided);
        if (decided is not null && decision is null)
        {
            map.Fault($"there is no decision '{decided}'", "decided");
        }

        var condition = map.Has("age_at") ? ParseAge(map, source) : ParseField(map, map.Text("field"), source);
        foreach (var unknown in Unknown(map).Where(key => !BesideAsks.Any(known => Spelling.IsNear(key, known))))
        {
            map.Disregard(unknown);
            var meant = Asks.FirstOrDefault(known => Spelling.IsNear(unknown, known));
            map.Fault(
                $"'{unknown}' asks nothing that is known{(meant is null ? "" : $" (is '{meant}' meant?)")}; what is asked of a field is one of {string.Join(", ", Asks)}, "
                + "and of an age 'age_at' with 'from' or 'below'",
                unknown);
        }

        map.Done();
        return decision is null or { Applies: true } ? condition : null;
    }

    private static AgeCondition ParseAge(DocumentMap map, string source)
    {
        var at = map.Text("age_at");
        var (from, below) = (map.WholeOrNull("from", most: MaxAge), map.WholeOrNull("below", least: 1, most: MaxAge));
        if (!map.Has("from") && !map.Has("below"))
        {
            map.Fault("'from' or 'below' is missing");
        }
        else if (from >= below)
        {
            map.Fault("'from' is not less than 'below': no age is between them", "from");
        }

        return new(at == "run" ? null : at, from, below, map.Flag("assured"), source);
    }

    private static readonly string[] Asks =
        ["in", "at_least", "within_terms", "within_months", "since_months", "before", "from", "by_run", "from_run"];

    private static readonly string[] BesideAsks = ["field", "source", "decided", "blank_counts", "age_at", "below", "assured"];

    private static IEnumerable<string> Unknown(DocumentMap map) => map.Children.Keys.Except(Asks).Except(BesideAsks);

    private static Condition? ParseField(DocumentMap map, string field, string source)
    {
        var blankCounts = map.Flag("blank_counts");
        return map.Has("in") ? new CodeCondition(field, map.Texts("in"), source)
            : map.WholeOrNull("at_least") is { } number ? new NumberCondition(field, number, source)
            : map.WholeOrNull("within_terms", least: 1, most: MaxTerms) is { } terms ? new TermCondition(field, terms, source)
            : map.WholeOrNull("within_months", least: 1, most: MaxMonths) is { } within ? Dated(DateWindow.WithinMonths, months: within)
            : map.WholeOrNull("since_months", least: 1, most: MaxMonths) is { } since ? Dated(DateWindow.SinceMonths, months: since)
            : map.DateOrNull("before") is { } before ? Dated(DateWindow.Before, day: before)
            : map.DateOrNull("from") is { } from ? Dated(DateWindow.From, day: from)
            : map.Flag("by_run") ? Dated(DateWindow.ByRun)
            : map.Flag("from_run") ? Dated(DateWindow.FromRun)
            : Asks.Any(ask => ask is not ("by_run" or "from_run") && map.Has(ask)) || Unknown(map).Any() ? null
            : map.Fault<Condition?>($"nothing is asked of the field: one of {string.Join(", ", Asks)} is expected", null, null);

        DateCondition Dated(DateWindow window, int months = 0, DateOnly day = default) => new(field, window, months, day, blankCounts, source);
    }

    private static Measure ParseMeasure(DocumentMap map)
    {
        var source = map.Text("source");
        return Closed<Measure>(map,
            map.Texts("count") is { Count: > 0 } distinct ? new CountMeasure(distinct, map.Whole("at_least", least: 1), source)
            : map.TextOrNull("sum") is { } sum ? new TermSum(sum, map.Text("by_term"), map.Whole("terms", least: 1, most: MaxTerms), map.Whole("at_least", least: 1), source)
            : new TermShare(map.Text("share"), map.Text("of"), map.Text("by_term"), map.Whole("terms", least: 1, most: MaxTerms), map.Whole("at_least_percent", most: 100), source));
    }

    private static T Closed<T>(DocumentMap map, T read)
    {
        map.Done();
        return read;
    }
}
