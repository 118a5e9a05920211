using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Outcomes;

/// <summary>What a family's measurement came to.</summary>
public enum OutcomeResult
{
    /// <summary>Neither is shown, or something is missing.</summary>
    NotShown = 1,

    /// <summary>Significant and sustained progress: every problem is offset.</summary>
    Progress,

    /// <summary>Continuous employment.</summary>
    Employment,
}

/// <summary>When in its way a family is measured.</summary>
public enum MeasuredAt
{
    /// <summary>At the start of working with it.</summary>
    Entry = 1,

    /// <summary>While it is worked with.</summary>
    Refresh,

    /// <summary>The first time after that.</summary>
    Conclusion,

    /// <summary>Later: whether it was sustained.</summary>
    Later,
}

/// <summary>What one problem of a family came to.</summary>
/// <param name="Title">Of the criterion.</param>
/// <param name="Offset">As many of the outcomes are shown as the plan asks.</param>
/// <param name="Planned">False: the plan has no outcome for it.</param>
public sealed record ProblemFinding(string Problem, string Title, bool Offset, bool Planned, IReadOnlyList<OutcomeFinding> Outcomes);

/// <summary>What a family's measurement on one day came to, and all that it rests on. Personal data.</summary>
/// <param name="Plan">Id and version.</param>
/// <param name="Employment">Null: that way is not open to the family.</param>
public sealed record FamilyMeasurement(
    DateOnly On, DateOnly EnteredOn, string Plan, OutcomeResult Result, IReadOnlyList<ProblemFinding> Problems, OutcomeFinding? Employment)
{
    /// <summary>Every extract that a figure came from.</summary>
    public IReadOnlyList<FactSource> Sources =>
    [
        .. Problems.SelectMany(problem => problem.Outcomes).Concat(Employment is null ? [] : [Employment])
            .SelectMany(finding => finding.Figures).SelectMany(figure => figure.Sources).DistinctBy(source => source.Extract),
    ];

    /// <summary>The explanation, a line a finding: figures, sources and dates, and what was missing. It names nobody.</summary>
    public IEnumerable<string> Describe()
    {
        yield return $"By {Plan}, on {On.InWords()}, of a family that entered on {EnteredOn.InWords()}: {Words(Result)}.";
        foreach (var problem in Problems)
        {
            yield return $"{problem.Title}: {(problem.Offset ? "offset" : problem.Planned ? "not offset" : "not offset, for the plan measures nothing for it")}.";
            foreach (var line in problem.Outcomes.SelectMany(Describe))
            {
                yield return "  " + line;
            }
        }

        foreach (var line in Employment is null ? [] : Describe(Employment))
        {
            yield return line;
        }
    }

    private static string Words(OutcomeResult result) => result switch
    {
        OutcomeResult.Progress => "significant and sustained progress",
        OutcomeResult.Employment => "continuous employment",
        _ => "no outcome is shown",
    };

    private static IEnumerable<string> Describe(OutcomeFinding finding)
    {
        var outcome = finding.Outcome;
        var over = finding.Over.Length > 0 ? $", over {finding.Over}" : "";
        yield return $"{outcome.Title}: {Words(finding.Standing)}{over} ({outcome.Source}{(outcome.Decided.Length > 0 ? $"; decided: {outcome.Decided}" : "")}).";
        foreach (var figure in finding.Figures)
        {
            yield return $"  {(figure.Person.Length > 0 ? $"{figure.Person}: " : "")}{figure.Words}.";
            foreach (var source in figure.Sources)
            {
                yield return $"    {source.Dataset} from {source.Originator}, extract {source.Extract}, as at {source.AsAt.InWords()}, under {source.Agreement}, {source.Exchange}.";
            }
        }

        foreach (var missing in finding.Missing)
        {
            yield return $"  Missing: {missing}";
        }
    }

    private static string Words(OutcomeStanding standing) => standing switch
    {
        OutcomeStanding.Yes => "shown",
        OutcomeStanding.No => "the figures show the contrary",
        _ => "not shown",
    };
}

/// <summary>Decides by measure whether a family achieved its outcomes.</summary>
/// <remarks>seeds/001 Measuring Success; Significant and sustained progress. That every problem must be offset is ours: the seed says
/// "outcomes that are required to be achieved to offset the entry criteria".</remarks>
public static class OutcomeRules
{
    /// <param name="problems">Those the family is known to have, by the ids of the programme's criteria.</param>
    /// <param name="facts">What came to measure it, in the order in which it was received.</param>
    public static FamilyMeasurement Measure(
        FamilyOutcomePlan plan, EligibilityProgramme programme, IReadOnlyCollection<string> problems, IReadOnlyList<Fact> facts,
            OutcomeRun run)
    {
        var findings = programme.Criteria.Where(criterion => problems.Contains(criterion.Id))
            .Select(criterion => Find(criterion, plan.Problems.FirstOrDefault(problem => problem.Problem == criterion.Id), facts, run))
                .ToList();
        var employment = plan.Employment is { } way && way.Of.Any(problems.Contains) ? way.Outcome.Measure.Measure(way.Outcome, facts, run)
            : null;
        var result = findings.Count > 0 && findings.Count == problems.Distinct().Count() && findings.TrueForAll(finding => finding.Offset)
            ? OutcomeResult.Progress
            : employment?.Standing is OutcomeStanding.Yes ? OutcomeResult.Employment
            : OutcomeResult.NotShown;
        return new(run.On, run.EnteredOn, plan.Name, result, findings, employment);
    }

    /// <summary>When in its way a family is measured.</summary>
    /// <param name="ended">When support ended; null: it goes on.</param>
    /// <param name="before">When it was measured before.</param>
    public static MeasuredAt OccasionOf(DateOnly? ended, IReadOnlyCollection<DateOnly> before) =>
        ended is { } end ? before.Any(day => day >= end) ? MeasuredAt.Later : MeasuredAt.Conclusion
        : before.Count == 0 ? MeasuredAt.Entry
        : MeasuredAt.Refresh;

    private static ProblemFinding Find(Criterion criterion, ProblemOutcomes? planned, IReadOnlyList<Fact> facts, OutcomeRun run)
    {
        IReadOnlyList<OutcomeFinding> outcomes =
            [.. (planned?.Outcomes ?? []).Select(outcome => outcome.Measure.Measure(outcome, facts, run))];
        var shown = outcomes.Count(outcome => outcome.Standing is OutcomeStanding.Yes);
        return new(criterion.Id, criterion.Title, outcomes.Count > 0 && shown >= planned!.AtLeast, outcomes.Count > 0, outcomes);
    }
}
