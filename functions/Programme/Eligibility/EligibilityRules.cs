namespace TfFlow.Programme.Eligibility;

/// <summary>Whether households are eligible by a programme.</summary>
/// <remarks>
/// Every rule asks only that something be there, so a further row can show more and never less. Rows from exchanges that are not for
/// identification are not seen (seeds/002 §5, App B).
/// </remarks>
public static class EligibilityRules
{
    public static Outcome Evaluate(EligibilityProgramme programme, HouseholdFacts household, EligibilityRun run)
    {
        var rows = household.Facts.Where(fact => fact.Source.MayIdentify).ToLookup(fact => fact.Source.Dataset);
        var criteria = programme.Criteria.Select(criterion => Evaluate(criterion, rows, run)).ToArray();
        return new(household.Household, programme, run, criteria, Reaches(programme, criteria, Met.Yes), Reaches(programme, criteria, Met.Possible));
    }

    private static bool Reaches(EligibilityProgramme programme, CriterionResult[] criteria, Met least)
    {
        var met = criteria.Where(criterion => criterion.Met >= least).Select(criterion => criterion.Criterion).ToHashSet();
        return programme.Routes.Any(route => route.Of.Count(met.Contains) >= route.AtLeast && route.And.All(met.Contains));
    }

    private static CriterionResult Evaluate(Criterion criterion, ILookup<string, Fact> rows, EligibilityRun run)
    {
        var indicators = criterion.Indicators.Select(indicator => Evaluate(indicator, rows[indicator.Dataset], run)).ToArray();
        return new(criterion.Id, indicators.Select(indicator => indicator.Met).DefaultIfEmpty(Met.No).Max(), indicators);
    }

    private static IndicatorResult Evaluate(Indicator indicator, IEnumerable<Fact> rows, EligibilityRun run)
    {
        var read = rows.Select(row => ReadRow.Of(row, indicator.Where, run)).ToArray();
        var open = read.Where(row => row.Met > Met.No).ToArray();
        Fact[] sure = [.. open.Where(row => row.Met == Met.Yes).Select(row => row.Fact)];
        if (Show(indicator.Measure, sure, run) is { Count: > 0 } shown)
        {
            return new(indicator.Id, Met.Yes, shown, []);
        }

        var (evidence, missing) = indicator.Measure is { } measure ? MayShow(measure, open, run) : ([.. open.Select(row => row.Fact)], open.SelectMany(row => row.Missing));
        var awaited = run.Awaited.Contains(indicator.Dataset);
        Missing[] unseen = awaited ? [new(MissingKind.Awaited, indicator.Dataset)]
            : read.Length == 0 && !run.Received.Any(source => source.Dataset == indicator.Dataset && source.MayIdentify) ? [new(MissingKind.NotReceived, indicator.Dataset)]
            : [];
        return new(indicator.Id, awaited || evidence.Count > 0 ? Met.Possible : Met.No, evidence, [.. missing.Concat(unseen).Distinct()]);
    }

    /// <summary>The rows that show it for certain: any row, or those of one person who shows it.</summary>
    private static IReadOnlyList<Fact>? Show(Measure? measure, Fact[] sure, EligibilityRun run) => measure is null
        ? sure
        : sure.Where(row => row.Person is not null).GroupBy(row => row.Person, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => measure.Show([.. person], run)).FirstOrDefault(shown => shown is not null);

    /// <summary>The rows by which a person may show it, those not linked to a person counting for everybody; and what leaves it open.</summary>
    private static (IReadOnlyList<Fact> Evidence, IEnumerable<Missing> Missing) MayShow(Measure measure, ReadRow[] open, EligibilityRun run)
    {
        var unlinked = open.Where(row => row.Fact.Person is null).ToArray();
        var persons = open.Except(unlinked).GroupBy(row => row.Fact.Person, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => person.Concat(unlinked).ToArray()).DefaultIfEmpty(unlinked).Where(rows => rows.Length > 0).ToArray();
        var gaps = new List<Missing>();
        foreach (var rows in persons)
        {
            Fact[] facts = [.. rows.Select(row => row.Fact)];
            var own = measure.Gaps(facts, run).ToArray();
            var shown = measure.Show(facts, run);
            if (shown is not null || own.Any(gap => gap.Kind is MissingKind.Blank or MissingKind.Calendar))
            {
                var evidence = shown ?? facts;
                Missing[] unknown = evidence.Any(fact => fact.Person is null) ? [new(MissingKind.Person, "person")] : [];
                return (evidence, rows.Where(row => evidence.Contains(row.Fact)).SelectMany(row => row.Missing).Concat(unknown).Concat(shown is null ? own : []));
            }

            gaps.AddRange(own);
        }

        return ([], gaps);
    }

    /// <param name="Missing">What left a condition open.</param>
    private sealed record ReadRow(Fact Fact, Met Met, IReadOnlyList<Missing> Missing)
    {
        public static ReadRow Of(Fact fact, IReadOnlyList<Condition> conditions, EligibilityRun run)
        {
            var checks = conditions.Select(condition => condition.Check(fact, run)).ToArray();
            return new(fact, checks.Select(check => check.Met).DefaultIfEmpty(Met.Yes).Min(), [.. checks.Select(check => check.Missing).OfType<Missing>()]);
        }
    }
}
