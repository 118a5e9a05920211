using System.Globalization;

namespace TfFlow.Programme.Eligibility;

/// <summary>What an indicator came to for a household, and why.</summary>
/// <param name="Evidence">The rows that show it, or, where it is only possible, that may.</param>
/// <param name="Missing">Why it is not shown; empty when it is.</param>
public sealed record IndicatorResult(string Indicator, Met Met, IReadOnlyList<Fact> Evidence, IReadOnlyList<Missing> Missing);

public sealed record CriterionResult(string Criterion, Met Met, IReadOnlyList<IndicatorResult> Indicators);

/// <summary>Whether a household is eligible, and all that it rests on. Personal data.</summary>
/// <param name="Criteria">Every criterion of the programme, in its order.</param>
/// <param name="Eligible">Some route is met by what is shown.</param>
/// <param name="CouldReach">Some route would be met if all that is possible were shown: nothing that is still unknown can take a household that is false here over the threshold.</param>
public sealed record Outcome(
    string Household, EligibilityProgramme Programme, EligibilityRun Run, IReadOnlyList<CriterionResult> Criteria, bool Eligible, bool CouldReach)
{
    /// <summary>The problems that are shown; filters are not counted.</summary>
    public IReadOnlyList<Criterion> MetCriteria =>
        [.. Programme.Criteria.Where(criterion => !criterion.Filter && Criteria.Any(result => result.Criterion == criterion.Id && result.Met == Met.Yes))];

    /// <summary>Concludes again from the rows this outcome names alone; it comes to the same.</summary>
    public Outcome Reproduce() => EligibilityRules.Evaluate(
        Programme, new(Household, [.. Criteria.SelectMany(criterion => criterion.Indicators).SelectMany(indicator => indicator.Evidence).Distinct()]), Run);

    /// <summary>The explanation, a line a finding, for the person who decides.</summary>
    public IEnumerable<string> Describe()
    {
        yield return $"{Programme.Title} ({Programme.Name}), on {Day(Run.On)}: {(Eligible ? "eligible" : CouldReach ? "could reach the threshold" : "not eligible")}.";
        foreach (var (criterion, result) in Programme.Criteria.Zip(Criteria))
        {
            yield return $"{criterion.Title}: {Word(result.Met)} ({criterion.Source}).";
            foreach (var (indicator, found) in criterion.Indicators.Zip(result.Indicators))
            {
                foreach (var line in Describe(indicator, found))
                {
                    yield return "  " + line;
                }
            }
        }
    }

    private static IEnumerable<string> Describe(Indicator indicator, IndicatorResult result)
    {
        if (result.Met == Met.No && result.Missing.Count == 0)
        {
            yield break;
        }

        var illustrative = indicator.Illustrative ? "; an illustrative indicator" : "";
        yield return $"{indicator.Title}: {Word(result.Met)} ({indicator.Source}{illustrative}).";
        foreach (var fact in result.Evidence)
        {
            var source = fact.Source;
            yield return $"  {source.Dataset}, row {fact.Row} of extract {source.Extract} from {source.Originator}, as at {Day(source.AsAt)}, under {source.Agreement}, {source.Exchange}.";
        }

        foreach (var missing in result.Missing)
        {
            yield return "  Missing: " + missing.Kind switch
            {
                MissingKind.NotReceived => $"nothing of {missing.What} was received for identification.",
                MissingKind.Awaited => $"more of {missing.What} is expected.",
                MissingKind.Blank => $"{missing.What} is blank.",
                MissingKind.DateOfBirth => "the date of birth is not known.",
                MissingKind.Person => "whether the rows are about one person.",
                MissingKind.Terms => $"nothing is known of {missing.What}.",
                _ => $"the term calendar does not reach back {missing.What}.",
            };
        }
    }

    private static string Word(Met met) => met switch { Met.Yes => "met", Met.Possible => "possible", _ => "not met" };

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
