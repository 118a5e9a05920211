using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Outcomes;

/// <summary>Reads a family outcome plan. Every number in it carries its source, or the decision it rests on.</summary>
internal static class OutcomePlanParser
{
    private const int MaxMonths = 120;
    private const int MaxWeeks = 520;
    private const int MaxTerms = 6;
    private const int MaxAge = 30;

    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static FamilyOutcomePlan Parse(DocumentMap map)
    {
        var decisions = map.Maps("decisions").Select(ParseDecision).ToArray();
        var plan = new FamilyOutcomePlan
        {
            Id = map.Id("outcome_plan"),
            Version = map.Whole("version"),
            Title = map.Text("title"),
            Source = map.Text("source"),
            Programme = map.Text("programme"),
            Decisions = decisions,
            Problems = [.. map.Maps("problems").Select(problem => ParseProblem(problem, decisions))],
            Employment = map.MapOrNull("employment") is { } employment ? ParseEmployment(employment, decisions) : null,
            Sha256 = DocumentHash.Of(map),
            Parts = DocumentHash.Parts(map),
        };
        map.Done();
        Twice(map.Maps("problems"), "problem");
        Twice(map.Maps("decisions"), "decision");
        Twice(map.Maps("problems").SelectMany(problem => problem.Maps("outcomes")), "outcome");
        return plan;
    }

    /// <summary>Tells where a plan does not fit its programme, or reads what no dataset has in that form.</summary>
    public static DocumentMap Check(
        DocumentMap map,
        FamilyOutcomePlan plan,
        IReadOnlyDictionary<string, EligibilityProgramme> programmes,
        IReadOnlyDictionary<string, DatasetSpecification> datasets)
    {
        if (programmes.GetValueOrDefault(plan.Programme) is { } programme)
        {
            CheckProblems(map, plan, programme);
        }
        else if (plan.Programme.Length > 0)
        {
            map.Fault($"there is no programme '{plan.Programme}': there are {string.Join(", ", programmes.Keys)}", "programme");
        }

        foreach (var (outcome, place) in plan.Outcomes.Zip(Places(map)))
        {
            if (datasets.GetValueOrDefault(outcome.Dataset) is { } specification)
            {
                CheckFields(place, outcome, specification);
            }
            else if (outcome.Dataset.Length > 0)
            {
                place.Fault($"there is no dataset '{outcome.Dataset}'", "dataset");
            }
        }

        return map;
    }

    /// <summary>As <see cref="FamilyOutcomePlan.Name"/> writes it.</summary>
    public static string NameOf(DocumentMap map) => $"{map.TextOrNull("outcome_plan")}@{map.WholeOrNull("version") ?? 0}";

    private static IEnumerable<DocumentMap> Places(DocumentMap map) => map.Maps("problems").SelectMany(problem => problem.Maps("outcomes"))
        .Concat(map.MapOrNull("employment") is { } employment ? [employment] : []);

    private static void CheckProblems(DocumentMap map, FamilyOutcomePlan plan, EligibilityProgramme programme)
    {
        var problems = programme.Criteria.Where(criterion => !criterion.Filter).Select(criterion => criterion.Id).ToList();
        foreach (var (problem, place) in plan.Problems.Zip(map.Maps("problems"))
            .Where(pair => pair.First.Problem.Length > 0 && !problems.Contains(pair.First.Problem)))
        {
            place.Fault($"'{problem.Problem}' is no problem of {programme.Name}: {string.Join(", ", problems)}", "id");
        }

        if (problems.Except(plan.Problems.Select(problem => problem.Problem)).ToList() is { Count: > 0 } unsaid)
        {
            map.Fault($"nothing is said of {string.Join(", ", unsaid)}: give the outcomes of each, or 'outcomes: []' where nothing is measured for it", "problems");
        }

        foreach (var unknown in (plan.Employment?.Of ?? []).Except(problems))
        {
            map.MapOrNull("employment")!.Fault(
                $"'of' names '{unknown}', which is no problem of {programme.Name}: {string.Join(", ", problems)}", "of");
        }
    }

    private static void CheckFields(DocumentMap place, PlannedOutcome outcome, DatasetSpecification specification)
    {
        foreach (var field in outcome.Fields.Where(field => field.Length > 0 && specification.Find(field) < 0))
        {
            place.Fault($"outcome '{outcome.Id}' reads '{field}', which is no column of '{outcome.Dataset}'", "dataset");
        }

        foreach (var (condition, at) in outcome.Where.Zip(place.Maps("where")))
        {
            ProgrammeReading.CheckForm(at, condition, Form(specification, condition.Field));
        }

        void Must(string field, Func<Validator, bool> fits, string form)
        {
            if (Form(specification, field) is { } holds && !fits(holds))
            {
                place.Fault($"outcome '{outcome.Id}' reads '{field}' as {form}, and it is none", "dataset");
            }
        }

        foreach (var (field, fits, form) in Forms(outcome.Measure))
        {
            Must(field, fits, form);
        }

        if (outcome.Measure is CodeOfTerms codes && Form(specification, codes.Field) is CodeValidator { Codes: var known })
        {
            foreach (var code in codes.Codes.Except(known))
            {
                place.Fault($"'in' names the code '{code}', which '{codes.Field}' never holds: it holds one of {string.Join(", ", known)}",
                    "year");
            }
        }
    }

    private static IEnumerable<(string Field, Func<Validator, bool> Fits, string Form)> Forms(OutcomeMeasure measure)
    {
        static bool IsNumber(Validator holds) => holds is WholeNumberValidator;
        static bool IsDate(Validator holds) => holds is DateValidator;
        var number = "a number";
        IEnumerable<(string, Func<Validator, bool>, string)> own = measure switch
        {
            ShareOfYear share => share.Without.Append(share.Of).Select(field => (field, (Func<Validator, bool>)IsNumber, number)),
            PercentOfTerms percent => [(percent.Field, holds => holds is PercentageValidator or WholeNumberValidator, "a percentage")],
            CodeOfTerms code => [(code.Field, holds => holds is CodeValidator, "a code")],
            NoneMeasure { When: ByMonth months } => months.Fields.Select(field => (field, (Func<Validator, bool>)IsNumber, number)),
            NoneMeasure { When: var when } => when.Fields.Select(field => (field, (Func<Validator, bool>)IsDate, "a date")),
            HeldMeasure held => held.Fields.Select(field => (field, (Func<Validator, bool>)IsDate, "a date")),
            _ => [],
        };
        return measure is YearMeasure year ? own.Append((year.TermField, IsDate, "a date")) : own;
    }

    private static Validator? Form(DatasetSpecification specification, string field) =>
        specification.Find(field) is var index and >= 0 && specification.Columns[index].Validator is var validator
            && validator != ValidatorParser.Unknown ? validator : null;

    private static void Twice(IEnumerable<DocumentMap> maps, string kind)
    {
        foreach (var twice in maps.Where(map => map.TextOrNull("id") is not null).GroupBy(map => map.TextOrNull("id"))
            .SelectMany(group => group.Skip(1)))
        {
            twice.Fault($"{kind} '{twice.TextOrNull("id")}' is there twice", "id");
        }
    }

    private static Decision ParseDecision(DocumentMap map) => Closed(map, new Decision(
        map.Id("id"), Applies: true, map.Text("says"), map.Text("decided_by"), map.Date("decided_on"), map.Text("source")));

    private static ProblemOutcomes ParseProblem(DocumentMap map, Decision[] decisions)
    {
        IReadOnlyList<PlannedOutcome> outcomes =
            [.. map.Maps("outcomes").Select(outcome => Closed(outcome, ParseOutcome(outcome, decisions)))];
        if (!map.Has("outcomes"))
        {
            map.Fault("'outcomes' is missing: give them, or 'outcomes: []' where nothing is measured for the problem");
        }

        return Closed(map, new ProblemOutcomes(
            map.Id("id"), map.WholeOrNull("at_least", least: 1, most: Math.Max(1, outcomes.Count)) ?? outcomes.Count, outcomes,
                map.Text("source")));
    }

    private static EmploymentOutcome ParseEmployment(DocumentMap map, Decision[] decisions)
    {
        var (of, outcome) = (map.Texts("of"), ParseOutcome(map, decisions));
        if (outcome.Measure is not HeldMeasure)
        {
            map.Fault("continuous employment is measured by 'held'", "held");
        }

        if (of.Count == 0)
        {
            map.Fault("'of' is missing: the problems, one of which the family must have");
        }

        return Closed(map, new EmploymentOutcome(of, outcome));
    }

    private static PlannedOutcome ParseOutcome(DocumentMap map, Decision[] decisions)
    {
        var decided = map.TextOrNull("decided") ?? "";
        if (decided.Length > 0 && decisions.All(decision => decision.Id != decided))
        {
            map.Fault($"there is no decision '{decided}'", "decided");
        }

        return new(
            map.Id("id"),
            map.Text("title"),
            map.Text("dataset"),
            [.. map.Maps("where").Select(condition => ProgrammeParser.ParseCondition(condition, decisions)).OfType<Condition>()],
            ParseMeasure(map),
            decided,
            map.Text("source"))
        {
            From = map.Ids<Party>("from"),
        };
    }

    private static OutcomeMeasure ParseMeasure(DocumentMap map) =>
        (map.MapOrNull("year"), map.MapOrNull("none"), map.MapOrNull("held")) switch
        {
            ({ } year, null, null) => Closed(year, ParseYear(year)),
            (null, { } none, null) => Closed(none, ParseNone(none)),
            (null, null, { } held) => Closed(held, ParseHeld(held)),
            _ => map.Fault<OutcomeMeasure>("how it is measured is expected as one of: year, none, held", null,
                new HeldMeasure(1, new("", ""), "")),
        };

    private static YearMeasure ParseYear(DocumentMap map)
    {
        var (by, terms, source) = (map.Text("by_term"), map.Whole("terms", least: 1, most: MaxTerms), map.Text("source"));
        var (from, below) = (map.WholeOrNull("age_from", most: MaxAge) ?? 0,
            map.WholeOrNull("age_below", least: 1, most: MaxAge) ?? MaxAge);
        if (from >= below)
        {
            map.Fault("'age_from' is not less than 'age_below': no age is between them", "age_from");
        }

        int AtLeast() => map.Whole("at_least_percent", least: 1, most: 100);
        return map.TextOrNull("of") is { } of
                ? new ShareOfYear(of, map.Texts("without"), AtLeast(), map.WholeOrNull("least_of") ?? 1, by, terms, from, below, source)
            : map.TextOrNull("percentage") is { } percentage ? new PercentOfTerms(percentage, AtLeast(), by, terms, from, below, source)
            : map.TextOrNull("code") is { } code ? new CodeOfTerms(code, map.Texts("in"), by, terms, from, below, source)
            : map.Fault<YearMeasure>("what must be shown is expected as one of: of (with without), percentage, code", null,
                new CodeOfTerms("", [], by, terms, from, below, source));
    }

    private static NoneMeasure ParseNone(DocumentMap map)
    {
        var (months, source) = (map.Whole("months", least: 1, most: MaxMonths), map.Text("source"));
        if (map.TextOrNull("by_month") is { } columns)
        {
            if (months >= ByMonth.Months)
            {
                map.Fault($"'months' is expected to be less than {ByMonth.Months}: a row tells of so many, the running one included",
                    "months");
            }

            return new(months, new ByMonth(columns), ByMonth.Months - 1, map.Flag("absence_counts"), source);
        }

        var covers = map.Whole("covers_months", least: 1, most: MaxMonths);
        RowTime when = map.TextOrNull("on") is { } day ? new OnDay(day) : new Spell(map.Text("from"), map.Text("to"));
        return new(months, when, covers, AbsenceCounts: true, source);
    }

    private static HeldMeasure ParseHeld(DocumentMap map) =>
        new(map.Whole("weeks", least: 1, most: MaxWeeks), new(map.Text("from"), map.Text("to")), map.Text("source"));

    private static T Closed<T>(DocumentMap map, T read)
    {
        map.Done();
        return read;
    }
}
