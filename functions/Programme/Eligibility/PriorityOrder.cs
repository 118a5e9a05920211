using System.Globalization;

namespace TfFlow.Programme.Eligibility;

/// <summary>What a household is put in order by.</summary>
/// <param name="Criteria">How many criteria are met.</param>
/// <param name="Weight">Their weights, and those of what shows them, added up.</param>
/// <param name="Cost">Pounds a year to public services, of its problems, its calls and its services; null: not known.</param>
/// <param name="Risk">Advisory; null: none.</param>
public readonly record struct Standing(int Criteria, int Weight, decimal? Cost, AdvisoryScore? Risk)
{
    /// <summary>Calls on public services, as the programme counts them.</summary>
    public long Demand { get; init; }

    /// <summary>How many indicators are shown.</summary>
    public int Indicators { get; init; }

    /// <summary>How many services work with it now, as far as is known.</summary>
    public int ServicesNow { get; init; }

    /// <summary>How many services worked with it before, as far as is known.</summary>
    public int ServicesBefore { get; init; }

    public int Children { get; init; }

    /// <summary>Years of the youngest child; null: not known.</summary>
    public int? Youngest { get; init; }

    public int People { get; init; }

    /// <param name="least">What counts as shown.</param>
    /// <param name="facts">All that is known of the household.</param>
    public static Standing Of(Outcome outcome, Met least, IReadOnlyList<Fact> facts, (int Children, int People, int? Youngest) household)
    {
        var met = outcome.Programme.Criteria.Zip(outcome.Criteria).Where(pair => !pair.First.Filter && pair.Second.Met >= least).ToList();
        var shown = met.SelectMany(pair => pair.First.Indicators.Zip(pair.Second.Indicators)).Where(pair => pair.Second.Met >= least).ToList();
        var calls = outcome.Programme.Demand.Select(demand => (Measure: demand, Number: DemandOf(demand, facts))).ToList();
        List<decimal> costs =
        [
            .. met.Select(pair => pair.First.Cost).OfType<AnnualCost>().Select(cost => (decimal)cost.Pounds),
            .. calls.Where(call => call is { Measure.Cost: not null, Number: > 0 }).Select(call => (decimal)call.Measure.Cost!.Pounds * call.Number),
        ];
        return new(
            met.Count,
            met.Sum(pair => pair.First.Weight) + shown.Sum(pair => WeightOf(pair.First, pair.Second.Evidence)),
            costs.Count > 0 ? costs.Sum() : null,
            Risk: null)
        {
            Demand = calls.Sum(call => call.Number),
            Indicators = shown.Count,
            Children = household.Children,
            People = household.People,
            Youngest = household.Youngest,
        };
    }

    private static int WeightOf(Indicator indicator, IReadOnlyList<Fact> evidence) =>
        indicator.Weight + (indicator.WeighedBy is { } by ? (int)Math.Min(by.Most, evidence.Sum(fact => Condition.Number(fact.Field(by.Field)) ?? 0)) : 0);

    /// <summary>Of several extracts of one agency the one that says most: the same events come again every month.</summary>
    private static long DemandOf(DemandMeasure demand, IReadOnlyList<Fact> facts) => facts
        .Where(fact => fact.Source.MayIdentify && fact.Source.Dataset == demand.Dataset)
        .GroupBy(fact => (fact.Source.Originator, fact.Source.Extract), fact => Condition.Number(fact.Field(demand.Field)) ?? 0)
        .GroupBy(extract => extract.Key.Originator, extract => extract.Sum())
        .Sum(originator => originator.Max());

    public decimal? this[PriorityBy key] => key switch
    {
        PriorityBy.Criteria => Criteria,
        PriorityBy.Weight => Weight,
        PriorityBy.Cost => Cost,
        PriorityBy.Demand => Demand,
        PriorityBy.Indicators => Indicators,
        PriorityBy.Children => Children,
        PriorityBy.People => People,
        PriorityBy.ServicesNow => ServicesNow,
        PriorityBy.ServicesBefore => ServicesBefore,
        PriorityBy.Youngest => Youngest,
        _ => Risk?.Percent,
    };
}

/// <summary>A place in the order of priority.</summary>
/// <param name="Place">From 1; the same for those who are level in everything.</param>
/// <param name="Why">What it stands by, and what puts it before the next: a sentence.</param>
public sealed record Ranked<T>(int Place, T Item, string Why);

/// <summary>There are more families than resources: in which order they are worked with.</summary>
/// <remarks>seeds/001 2 Prioritising Households: at first the number of criteria, then costs, weights, risk and demand. A value that is not known comes
/// after every known one. Who is level in everything shares a place: no reference breaks a tie (ours).</remarks>
public static class PriorityOrder
{
    /// <summary>Puts in order. Those who share a place stand in the order in which they come.</summary>
    public static IReadOnlyList<Ranked<T>> Of<T>(EligibilityProgramme programme, IEnumerable<T> items, Func<T, Standing> standingOf)
    {
        var sorted = items.Select(item => (Item: item, Standing: standingOf(item))).OrderBy(item => item.Standing, Comparer<Standing>.Create((one, other) => Compare(programme, one, other))).ToList();
        var ranked = new List<Ranked<T>>(sorted.Count);
        while (ranked.Count < sorted.Count)
        {
            var (first, standing) = (ranked.Count, sorted[ranked.Count].Standing);
            var level = sorted.Skip(first).TakeWhile(other => Compare(programme, standing, other.Standing) == 0).Count();
            var next = first + level < sorted.Count ? sorted[first + level].Standing : (Standing?)null;
            var beside = level > 1 ? $"level with {Others(level - 1)} in everything, at one place with {(level > 2 ? "them" : "it")}, " : "";
            var why = $"{Words(programme, standing)}: {beside}{(next is { } after ? Before(programme, standing, after) : "the last")}.";
            ranked.AddRange(sorted.GetRange(first, level).Select(item => new Ranked<T>(first + 1, item.Item, why)));
        }

        return ranked;
    }

    /// <returns>Below zero when <paramref name="one"/> comes first; zero when they are level in everything.</returns>
    private static int Compare(EligibilityProgramme programme, Standing one, Standing other) =>
        programme.Priority.Select(key => Compare(key, one[key.By], other[key.By])).FirstOrDefault(order => order != 0);

    /// <summary>What is not known comes last, whichever comes first.</summary>
    private static int Compare(PriorityKey key, decimal? one, decimal? other) =>
        key.LeastFirst && one is not null && other is not null ? Nullable.Compare(one, other) : Nullable.Compare(other, one);

    private static string Words(EligibilityProgramme programme, Standing standing) =>
        string.Join(", ", programme.Priority.Select(key => $"{Name(key.By)} {Value(programme, key.By, standing)}"));

    private static string Before(EligibilityProgramme programme, Standing one, Standing next)
    {
        var key = programme.Priority.First(key => one[key.By] != next[key.By]).By;
        return $"before the next household by {Name(key)} {Number(one[key])} against {Number(next[key])}";
    }

    private static string Others(int count) => count == 1 ? "another household" : FormattableString.Invariant($"{count} other households");

    /// <summary>The number, and what must be known to read it: of which year's prices a cost is, whose score it is and of which
    /// day.</summary>
    private static string Value(EligibilityProgramme programme, PriorityBy by, Standing standing) => (by, standing) switch
    {
        (PriorityBy.Cost, { Cost: not null }) when programme.Costs.FirstOrDefault() is { } cost =>
            FormattableString.Invariant($"{Number(standing.Cost)} pounds at {cost.Year} prices"),
        (PriorityBy.Risk, { Risk: { } risk }) =>
            FormattableString.Invariant($"{Number(risk.Percent)} % of its scale, made on {risk.On:yyyy-MM-dd}, {risk.Dataset} from {risk.Originator}"),
        _ => Number(standing[by]),
    };

    private static string Name(PriorityBy key) => key switch
    {
        PriorityBy.Criteria => "number of criteria",
        PriorityBy.Weight => "weight of criteria",
        PriorityBy.Cost => "cost a year",
        PriorityBy.Demand => "calls on services",
        PriorityBy.Indicators => "indicators shown",
        PriorityBy.Children => "children",
        PriorityBy.People => "people",
        PriorityBy.ServicesNow => "services working with it now",
        PriorityBy.ServicesBefore => "services that worked with it before",
        PriorityBy.Youngest => "years of the youngest child",
        _ => "advisory risk score",
    };

    private static string Number(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "not known";
}
