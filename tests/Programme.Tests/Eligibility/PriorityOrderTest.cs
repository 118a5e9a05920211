using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class PriorityOrderTest
{
    private static readonly RiskScore Risk = new(0.8m, "a model 1", new(2014, 2, 1), "three moves in a year");

    [Fact]
    public void More_criteria_come_first_then_cost_then_risk_and_what_is_not_known_last()
    {
        var ranked = PriorityOrder.Of(Given.Phase2,
        [
            Candidate("d", "crime work", cost: 9000, Risk),
            Candidate("a", "crime work", cost: null, Risk),
            Candidate("e", "crime work", cost: 9000, null),
            Candidate("c", "crime work health", cost: null, null),
            Candidate("b", "crime work", cost: 10000, null),
        ]);

        Assert.Equal(["c", "b", "d", "e", "a"], ranked.Select(household => household.Candidate.Outcome.Household));
        Assert.Equal([1, 2, 3, 4, 5], ranked.Select(household => household.Place));
    }

    [Fact]
    public void A_place_says_why()
    {
        var ranked = PriorityOrder.Of(Given.Phase2, [Candidate("a", "crime work", 9000, Risk), Candidate("b", "crime work", 8000.5m, null)]);

        Assert.Contains("number of criteria: 2, crime, work (seeds/001 2 Prioritising Households)", ranked[0].Why);
        Assert.Contains("risk score, advisory: 0.8 by a model 1, 2014-02-01: three moves in a year (seeds/001 2 Prioritising Households)", ranked[0].Why);
        Assert.Contains("before the next household by cost a year: 9000 against 8000.5", ranked[0].Why);
        Assert.Contains("risk score, advisory: not known (seeds/001 2 Prioritising Households)", ranked[1].Why);
    }

    [Fact]
    public void Weights_of_the_criteria_count_after_their_number()
    {
        var weighted = Given.Phase2 with { Criteria = [.. Given.Phase2.Criteria.Select(criterion => criterion.Id == "health" ? criterion with { Weight = 5 } : criterion)] };

        var ranked = PriorityOrder.Of(weighted, [Candidate("a", "crime work", 9000, null), Candidate("b", "crime health", null, null)
            with { Outcome = EligibilityRules.Evaluate(weighted, new("b", [Given.Showing("crime"), Given.Showing("health")]), Given.Run()) }]);

        Assert.Equal(["b", "a"], ranked.Select(household => household.Candidate.Outcome.Household));
    }

    [Fact]
    public void Households_level_in_everything_stand_in_an_order_that_does_not_change()
    {
        Candidate[] level = [Candidate("b", "crime work", 1, Risk), Candidate("a", "crime work", 1, Risk)];

        var ranked = PriorityOrder.Of(Given.Phase2, level);

        Assert.Equal(["a", "b"], ranked.Select(household => household.Candidate.Outcome.Household));
        Assert.Contains("level with the next household in everything", ranked[0].Why);
    }

    [Fact]
    public void Who_is_not_eligible_has_no_place() =>
        Assert.Throws<ArgumentException>(() => PriorityOrder.Of(Given.Phase2, [Candidate("a", "crime", 1, null)]));

    private static Candidate Candidate(string household, string shown, decimal? cost, RiskScore? risk) =>
        new(EligibilityRules.Evaluate(Given.Phase2, new(household, [.. shown.Split(' ').Select(Given.Showing)]), Given.Run()), cost, risk);
}
