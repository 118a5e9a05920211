using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class PriorityOrderTest
{
    private static readonly EligibilityProgramme Programme = Given.Phase2;

    [Fact]
    public void More_criteria_come_first_then_weight_cost_risk_and_demand_and_what_is_not_known_last()
    {
        var ranked = Rank(
            ("few", new(2, 9, 9000, 9)),
            ("light", new(3, 4, 9000, 9)),
            ("cheap", new(3, 5, 1000, 9)),
            ("unknown", new(3, 5, null, 9)),
            ("calm", new(3, 5, 2000, 0.1m)),
            ("called", new(3, 5, 2000, 0.8m) { Demand = 12 }),
            ("quiet", new(3, 5, 2000, 0.8m) { Demand = 2 }));
        Assert.Equal(["called", "quiet", "calm", "cheap", "unknown", "light", "few"], ranked.Select(place => place.Item.Name));
        Assert.Equal(Enumerable.Range(1, 7), ranked.Select(place => place.Place));
    }

    [Fact]
    public void A_place_is_explained_in_a_sentence()
    {
        var ranked = Rank(("a", new(2, 3, 9000, null) { Demand = 4, Indicators = 2, Children = 1, People = 2 }), ("b", new(2, 3, 8000.5m, null)));
        Assert.Equal(
            "number of criteria 2, weight of criteria 3, cost a year 9000, risk score, advisory not known, calls on services 4, indicators shown 2, children 1, people 2: before the next household by cost a year, 9000 against 8000.5.",
            ranked[0].Why);
        Assert.EndsWith("the last.", ranked[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_level_in_everything_shares_a_place_whatever_it_is_called()
    {
        var ranked = Rank(("b", new(2, 3, 1, null)), ("a", new(2, 3, 1, null)), ("c", new(2, 1, 1, null)));
        Assert.Equal([("b", 1), ("a", 1), ("c", 3)], ranked.Select(place => (place.Item.Name, place.Place)));
        Assert.Contains("level with the next household in everything, at one place with it", ranked[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_standing_adds_up_weights_within_a_criterion_costs_and_demand()
    {
        var programme = Programme with
        {
            Criteria =
            [
                .. Programme.Criteria.Select(criterion => criterion.Id switch
                {
                    "crime" => criterion with { Weight = 10, Cost = 5000, Indicators = [.. criterion.Indicators.Select(indicator => indicator.Id == "persistent-asb" ? indicator with { Weight = 2, WeighedBy = new("incidents_12_months", 5, "ours") } : indicator)] },
                    "work" => criterion with { Cost = 1000 },
                    _ => criterion,
                }),
            ],
        };
        Fact[] facts =
        [
            Given.Row("asb-perpetrators", "incidents_12_months=8"),
            Given.Row("asb-perpetrators", "incidents_12_months=3", row: 2) with { Source = Given.Row("asb-perpetrators", "").Source with { Extract = "the month before" } },
            Given.Showing("work"),
        ];
        var standing = Standing.Of(EligibilityRules.Evaluate(programme, new("h", facts), Given.Run()), Met.Yes, facts, (2, 3));

        // Ten for crime, two for the indicator, five of eight incidents at most; one for work. Of two months' lists the one that says more.
        Assert.Equal(new Standing(2, 18, 6000, null) { Demand = 8, Indicators = 2, Children = 2, People = 3 }, standing);
        Assert.Null(Standing.Of(EligibilityRules.Evaluate(Programme, new("h", facts), Given.Run()), Met.Yes, facts, (2, 3)).Cost);
    }

    [Fact]
    public void Six_of_six_problems_get_more_enhanced_support() =>
        Assert.Equal((6, "more enhanced support"), (Programme.Tiers[0].AtLeast, Programme.Tiers[0].Title));

    private static IReadOnlyList<Ranked<(string Name, Standing Standing)>> Rank(params (string Name, Standing Standing)[] households) =>
        PriorityOrder.Of(Programme, households, household => household.Standing);
}
