using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;
using static TfFlow.Programme.Tests.Outcomes.Measured;

namespace TfFlow.Programme.Tests.Outcomes;

/// <summary>What a family's outcomes come to together.</summary>
public class OutcomeRulesTest
{
    private static readonly FactSource[] Lists =
    [
        Source("asb-perpetrators", "2026-08-03", "police"),
        Source("proven-offences-by-month", "2026-08-03", "police"),
        .. Enumerable.Range(1, 8).Select(month => Source("benefits", $"2026-{month:D2}-05", "dwp")),
    ];

    private static readonly Fact[] Attends = [Term(0, 130, 0), Term(1, 130, 0), Term(2, 130, 0)];

    private static readonly Fact Works =
        Row(Source("employment-programmes", "2026-08-10", "dwp"), "item=employment, started=2026-01-05", "adult", "1990-01-01");

    [Fact]
    public void Progress_is_with_every_problem_and_continuous_employment_stands_in_its_place()
    {
        Assert.Equal(OutcomeResult.Progress, Result(["education"], Attends));
        Assert.Equal(OutcomeResult.Progress, Result(["education", "work"], Attends));
        Assert.Equal(OutcomeResult.NotShown, Result(["education", "work"], [.. Attends.Take(2)]));
        Assert.Equal(OutcomeResult.Employment, Result(["education", "work"], [.. Attends.Take(2), Works]));

        // A family that nobody was out of work in has no such way, and one that no problem is known of is not measured into an outcome.
        Assert.Equal(OutcomeResult.NotShown, Result(["education"], [.. Attends.Take(2), Works]));
        Assert.Equal(OutcomeResult.NotShown, Result([], Attends));
        Assert.Equal(OutcomeResult.NotShown, Result(["education", "another-problem"], Attends));
    }

    [Fact]
    public void A_problem_is_offset_by_all_of_its_outcomes_or_as_many_as_the_plan_asks()
    {
        // No row of the police says that there was no offence; that there was no anti-social behaviour is shown.
        Assert.Equal(OutcomeResult.NotShown, Result(["crime"], []));
        var one = Plan with { Problems = [.. Plan.Problems.Select(problem => problem with { AtLeast = 1 })] };
        Assert.Equal(OutcomeResult.Progress, OutcomeRules.Measure(one, Phase1, ["crime"], [], Run(Lists)).Result);
    }

    [Fact]
    public void What_the_plan_measures_nothing_for_is_never_offset()
    {
        var none = Plan with { Problems = [.. Plan.Problems.Select(problem => problem with { AtLeast = 0, Outcomes = [] })] };
        var measured = OutcomeRules.Measure(none, Phase1, ["education"], Attends, Run(Lists));
        Assert.Equal(OutcomeResult.NotShown, measured.Result);
        Assert.Contains(measured.Describe(), line => line.Contains("the plan measures nothing for it", StringComparison.Ordinal));
    }

    [Fact]
    public void The_explanation_has_figure_source_and_dates_and_what_was_missing()
    {
        var lines = OutcomeRules.Measure(Plan, Phase1, ["education", "crime"], Attends, Run(Lists)).Describe().ToList();
        Assert.Contains("By phase-1-002@1, on 15 August 2026, of a family that entered on 1 July 2025: no outcome is shown.", lines);
        Assert.Contains(lines, line => line.Contains("the academic year 1 September 2025 to 17 July 2026", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("100.0 % (390 of 390; 85 % is asked)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(
            "school-attendance from school, extract school-attendance-school-2025-12-25, as at 25 December 2025, under trial@2025-01-01, trial-1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Missing: No extract of proven-offences-by-month from police tells of 1 February 2026",
            StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_measurement_is_at_entry_and_the_first_after_the_end_concludes()
    {
        Assert.Equal(MeasuredAt.Entry, OutcomeRules.OccasionOf(null, []));
        Assert.Equal(MeasuredAt.Refresh, OutcomeRules.OccasionOf(null, [Entered]));
        Assert.Equal(MeasuredAt.Conclusion, OutcomeRules.OccasionOf(On, [Entered]));
        Assert.Equal(MeasuredAt.Later, OutcomeRules.OccasionOf(On, [Entered, On]));
    }

    [Theory]
    [InlineData(FamilyCaseState.Supported, true)]
    [InlineData(FamilyCaseState.PartnerLed, true)]
    [InlineData(FamilyCaseState.Completed, true)]
    [InlineData(FamilyCaseState.Invited, false)]
    [InlineData(FamilyCaseState.Erasing, false)]
    public void Who_is_or_was_worked_with_is_measured(FamilyCaseState state, bool expected)
    {
        Assert.Equal(expected, OutcomeCaseRules.ToMeasure(Case(state), Entered).Count == 0);
        Assert.NotEmpty(OutcomeCaseRules.ToMeasure(Case(state), entered: null));
    }

    [Fact]
    public void A_family_gets_another_plan_only_with_a_reason_and_before_its_outcome_is_decided()
    {
        var next = Plan with { Version = 2 };
        IReadOnlyList<Obstacle> Move(FamilyCase family, FamilyOutcomePlan? to, PlanMoveReason reason) =>
            OutcomeCaseRules.ToMove(family, Entered, Plan.Name, to, reason, [Plan.Name, next.Name]);
        Assert.Empty(Move(Case(FamilyCaseState.Supported), next, PlanMoveReason.NoLongerSent));
        Assert.NotEmpty(Move(Case(FamilyCaseState.Supported), Plan, PlanMoveReason.NoLongerSent));
        Assert.NotEmpty(Move(Case(FamilyCaseState.Supported), null, PlanMoveReason.NoLongerSent));
        Assert.NotEmpty(Move(Case(FamilyCaseState.Supported), next, 0));
        Assert.NotEmpty(Move(Case(FamilyCaseState.OutcomesChecked) with { Outcome = OutcomeResult.Progress }, next,
            PlanMoveReason.NoLongerSent));
    }

    private static OutcomeResult Result(string[] problems, Fact[] facts) =>
        OutcomeRules.Measure(Plan, Phase1, problems, facts, Run(Lists)).Result;

    private static FamilyCase Case(FamilyCaseState state) => new() { Id = "c1", State = state };
}
