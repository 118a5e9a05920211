using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class RouteTest
{
    [Theory]
    // seeds/000: any three of four.
    [InlineData("phase-1-000", "crime education work", true)]
    [InlineData("phase-1-000", "crime education local-discretion", true)]
    [InlineData("phase-1-000", "crime work local-discretion", true)]
    [InlineData("phase-1-000", "education work local-discretion", true)]
    [InlineData("phase-1-000", "crime education work local-discretion", true)]
    [InlineData("phase-1-000", "crime education", false)]
    [InlineData("phase-1-000", "work local-discretion", false)]
    [InlineData("phase-1-000", "", false)]
    // seeds/002: all three, or two with the filter, which is a cause for concern and high cost.
    [InlineData("phase-1-002", "crime education work", true)]
    [InlineData("phase-1-002", "crime education", false)]
    [InlineData("phase-1-002", "crime education cause-for-concern", false)]
    [InlineData("phase-1-002", "crime education high-cost", false)]
    [InlineData("phase-1-002", "crime education cause-for-concern high-cost", true)]
    [InlineData("phase-1-002", "crime work cause-for-concern high-cost", true)]
    [InlineData("phase-1-002", "education work cause-for-concern high-cost", true)]
    [InlineData("phase-1-002", "crime cause-for-concern high-cost", false)]
    // seeds/001: at least two of six.
    [InlineData("phase-2-001", "crime", false)]
    [InlineData("phase-2-001", "crime work", true)]
    [InlineData("phase-2-001", "attendance children-needing-help", true)]
    [InlineData("phase-2-001", "domestic-abuse health", true)]
    [InlineData("phase-2-001", "crime attendance children-needing-help work domestic-abuse health", true)]
    public void A_family_is_eligible_by_a_route(string programme, string shown, bool eligible)
    {
        var criteria = shown.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var outcome = Given.Look(Given.Programme(programme), [.. criteria.Select(Given.Showing)]);

        Assert.Equal(eligible, outcome.Eligible);
        Assert.Equal(criteria.Order(), outcome.Criteria.Where(criterion => criterion.Met == Met.Yes).Select(criterion => criterion.Criterion).Order());
        Assert.DoesNotContain(outcome.MetCriteria, criterion => criterion.Filter);
    }

    [Fact]
    public void Two_shown_and_one_possible_could_reach_and_are_not_eligible()
    {
        var outcome = Given.Look(Given.National, Given.Showing("crime"), Given.Showing("education"), Given.Row("benefits", "benefit=jsa, started=2013-01-01"));

        Assert.Equal((false, true), (outcome.Eligible, outcome.CouldReach));
        Assert.Equal(Met.Possible, outcome.Criterion("work"));
    }

    [Theory]
    [InlineData(Use.KeyWorker)]
    [InlineData(Use.Management)]
    [InlineData(Use.Baseline)]
    [InlineData(Use.Research)]
    [InlineData(Use.Profiling)]
    public void What_was_not_given_for_identification_is_not_seen(Use use)
    {
        Fact[] hidden = [.. new[] { "crime", "education", "work" }.Select(Given.Showing).Select(fact => fact with { Source = fact.Source with { Uses = [use] } })];
        var run = Given.Run() with { Received = [.. hidden.Select(fact => fact.Source)] };

        var outcome = EligibilityRules.Evaluate(Given.National, new("h1", hidden), run);

        Assert.Equal((false, false), (outcome.Eligible, outcome.CouldReach));
        Assert.All(outcome.Criteria.SelectMany(criterion => criterion.Indicators), indicator => Assert.Empty(indicator.Evidence));
        Assert.Equal(MissingKind.NotReceived, Assert.Single(outcome.Indicator("out-of-work-benefit").Missing).Kind);
    }

    [Fact]
    public void An_exchange_for_identification_among_other_uses_is_seen() =>
        Assert.Equal(Met.Yes, Given.Look(Given.National, Given.Showing("crime") with { Source = Given.Showing("crime").Source with { Uses = [Use.Baseline, Use.Identification] } }).Criterion("crime"));

    [Fact]
    public void The_explanation_names_extract_agreement_and_date_and_what_was_missing()
    {
        var text = string.Join('\n', Given.Look(Given.National, Given.Showing("crime"), Given.Row("benefits", "benefit=jsa, started=2013-01-01")).Describe());

        Assert.Contains("not eligible", text, StringComparison.Ordinal);
        Assert.Contains("youth-offences, row 1 of extract x-youth-offences from an-agency, as at 31 January 2014, under leicestershire@2013-10-14, leicestershire-0.", text, StringComparison.Ordinal);
        Assert.Contains("seeds/000 Criteria 1", text, StringComparison.Ordinal);
        Assert.Contains("Missing: the date of birth is not known.", text, StringComparison.Ordinal);
        Assert.Contains("Missing: nothing of school-attendance was received for identification.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("illustrative", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_illustrative_indicator_is_called_so() =>
        Assert.Contains(Given.Look(Given.Phase2, Given.Showing("health")).Describe(), line => line.Contains("an illustrative indicator", StringComparison.Ordinal));
}
