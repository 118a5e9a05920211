using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Eligibility;

/// <summary>Reads a programme document. Every rule in it carries its source.</summary>
internal static class ProgrammeParser
{
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static EligibilityProgramme Parse(DocumentMap map)
    {
        var decisions = map.Maps("decisions").Select(ParseDecision).ToArray();
        var datasets = map.Maps("datasets").Select(ParseDataset).ToArray();
        var criteria = map.Maps("criteria").Select(criterion => ParseCriterion(criterion, decisions, datasets)).ToArray();
        var inForce = map.MapOrNull("in_force") ?? throw map.Error("'in_force' is missing");
        var programme = new EligibilityProgramme
        {
            Id = map.Text("programme"),
            Version = map.WholeOrNull("version") ?? throw map.Error("'version' is missing"),
            Title = map.Text("title"),
            Source = map.Text("source"),
            InForce = Closed(inForce, (inForce.Date("from"), inForce.Date("to"), inForce.Text("source"))) is var (from, to, _) ? (from, to) : default,
            Routes = [.. map.Maps("routes").Select(route => ParseRoute(route, criteria))],
            Criteria = criteria,
            Priority = [.. map.Maps("priority").Select(key => Closed(key, new PriorityKey(key.Word<PriorityBy>("by"), key.Text("source"))))],
            Decisions = decisions,
            Datasets = datasets,
            Sha256 = DocumentHash.Of(map),
            Parts = DocumentHash.Parts(map),
        };
        map.Done();
        return programme.Routes.Count == 0 ? throw map.Error("no route leads in", "routes")
            : programme.Priority is [] or [{ By: PriorityBy.Risk }, ..] ? throw map.Error("a risk score is advisory: put another key before it", "priority")
            : programme;
    }

    private static Decision ParseDecision(DocumentMap map) => Closed(map, new Decision(
        map.Text("id"), map.Flag("applies"), map.Text("says"), map.Text("decided_by"), map.Date("decided_on"), map.Text("source")));

    private static ProgrammeDataset ParseDataset(DocumentMap map) => Closed(map, new ProgrammeDataset(
        map.Text("id"), map.Flag("local"), map.Texts("fields"), map.Text("source")));

    private static Route ParseRoute(DocumentMap map, Criterion[] criteria)
    {
        var route = new Route(map.WholeOrNull("at_least") ?? throw map.Error("'at_least' is missing"), map.Texts("of"), map.Texts("and"), map.Text("source"));
        if (route.Of.Concat(route.And).FirstOrDefault(id => criteria.All(criterion => criterion.Id != id)) is { } unknown)
        {
            throw map.Error($"there is no criterion '{unknown}'", "of");
        }

        return route.AtLeast > 0 && route.AtLeast <= route.Of.Count ? Closed(map, route) : throw map.Error("'at_least' is expected to be from 1 to the number of criteria", "at_least");
    }

    private static Criterion ParseCriterion(DocumentMap map, Decision[] decisions, ProgrammeDataset[] datasets) => Closed(map, new Criterion(
        map.Text("id"),
        map.Text("title"),
        map.Flag("filter"),
        map.WholeOrNull("weight") ?? 0,
        [.. map.Maps("indicators").Select(indicator => ParseIndicator(indicator, decisions, datasets))],
        map.Text("source")));

    private static Indicator ParseIndicator(DocumentMap map, Decision[] decisions, ProgrammeDataset[] datasets)
    {
        var indicator = new Indicator(
            map.Text("id"),
            map.Text("title"),
            map.Flag("illustrative"),
            map.Text("dataset"),
            [.. map.Maps("where").Select(condition => ParseCondition(condition, decisions)).OfType<Condition>()],
            map.MapOrNull("measure") is { } measure ? ParseMeasure(measure) : null,
            map.Text("source"));
        return datasets.Any(dataset => dataset.Id == indicator.Dataset)
            ? Closed(map, indicator)
            : throw map.Error($"the programme lists no dataset '{indicator.Dataset}'", "dataset");
    }

    /// <returns>Null when the decision it names leaves it out.</returns>
    private static Condition? ParseCondition(DocumentMap map, Decision[] decisions)
    {
        var source = map.Text("source");
        var decided = map.TextOrNull("decided");
        var applies = decided is null || (decisions.FirstOrDefault(decision => decision.Id == decided)
            ?? throw map.Error($"there is no decision '{decided}'", "decided")).Applies;
        var condition = map.Has("age_at") ? ParseAge(map, source) : ParseField(map, map.Text("field"), source);
        map.Done();
        return applies ? condition : null;
    }

    private static AgeCondition ParseAge(DocumentMap map, string source)
    {
        var at = map.Text("age_at");
        var (from, below) = (map.WholeOrNull("from"), map.WholeOrNull("below"));
        return from is null && below is null
            ? throw map.Error("'from' or 'below' is missing")
            : new(at == "run" ? null : at, from, below, map.Flag("assured"), source);
    }

    private static Condition ParseField(DocumentMap map, string field, string source)
    {
        var blankCounts = map.Flag("blank_counts");
        return map.Has("in") ? new CodeCondition(field, map.Texts("in"), source)
            : map.WholeOrNull("at_least") is { } number ? new NumberCondition(field, number, source)
            : map.WholeOrNull("within_terms") is { } terms ? new TermCondition(field, terms, source)
            : map.WholeOrNull("within_months") is { } within ? Dated(DateWindow.WithinMonths, months: within)
            : map.WholeOrNull("since_months") is { } since ? Dated(DateWindow.SinceMonths, months: since)
            : map.DateOrNull("before") is { } before ? Dated(DateWindow.Before, day: before)
            : map.DateOrNull("from") is { } from ? Dated(DateWindow.From, day: from)
            : map.Flag("by_run") ? Dated(DateWindow.ByRun)
            : map.Flag("from_run") ? Dated(DateWindow.FromRun)
            : throw map.Error("nothing is asked of the field");

        DateCondition Dated(DateWindow window, int months = 0, DateOnly day = default) => new(field, window, months, day, blankCounts, source);
    }

    private static Measure ParseMeasure(DocumentMap map)
    {
        var (source, terms) = (map.Text("source"), map.WholeOrNull("terms") ?? 0);
        return Closed<Measure>(map,
            map.Texts("count") is { Count: > 0 } distinct ? new CountMeasure(distinct, Whole(map, "at_least"), source)
            : map.TextOrNull("sum") is { } sum ? new TermSum(sum, map.Text("by_term"), terms, Whole(map, "at_least"), source)
            : new TermShare(map.Text("share"), map.Text("of"), map.Text("by_term"), terms, Whole(map, "at_least_percent"), source));
    }

    private static int Whole(DocumentMap map, string key) => map.WholeOrNull(key) ?? throw map.Error($"'{key}' is missing");

    private static T Closed<T>(DocumentMap map, T read)
    {
        map.Done();
        return read;
    }
}
