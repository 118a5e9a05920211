using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class PriorityOrderTest
{
    private static readonly EligibilityProgramme Programme = Given.Phase2;

    [Fact]
    public void More_criteria_come_first_then_weight_cost_demand_services_and_children_the_score_last_and_what_is_not_known_after_the_known()
    {
        var ranked = Rank(
            ("few", new(2, 9, 9000, Score(90))),
            ("light", new(3, 4, 9000, Score(90))),
            ("cheap", new(3, 5, 1000, Score(90))),
            ("unknown", new(3, 5, null, Score(90))),
            ("quiet", new(3, 5, 2000, Score(90)) { Demand = 2 }),
            ("helped", new(3, 5, 2000, Score(90)) { Demand = 12, ServicesNow = 1 }),
            ("called", new(3, 5, 2000, Score(90)) { Demand = 12 }),
            ("once helped", new(3, 5, 2000, null) { Demand = 12, ServicesBefore = 1 }),
            ("older", new(3, 5, 2000, Score(90)) { Demand = 12, Youngest = 12 }),
            ("younger", new(3, 5, 2000, null) { Demand = 12, Youngest = 3 }),
            ("safe", new(3, 5, 2000, Score(10)) { Demand = 12 }));
        Assert.Equal(["once helped", "younger", "older", "called", "safe", "helped", "quiet", "cheap", "unknown", "light", "few"], ranked.Select(place => place.Item.Name));
        Assert.Equal(Enumerable.Range(1, 11), ranked.Select(place => place.Place));
    }

    [Fact]
    public void A_place_is_explained_in_a_sentence()
    {
        var ranked = Rank(("a", new(2, 3, 9000, null) { Demand = 4, Indicators = 2, Children = 1, People = 2, Youngest = 7 }), ("b", new(2, 3, 8000.5m, null)));
        Assert.Equal(
            "number of criteria 2, weight of criteria 3, cost a year 9000, calls on services 4, services working with it now 0, services that worked with it before 0, indicators shown 2, children 1, years of the youngest child 7, people 2, advisory risk score not known: before the next household by cost a year 9000 against 8000.5.",
            ranked[0].Why);
        Assert.EndsWith(": the last.", ranked[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_is_told_with_its_day_and_its_source_and_a_cost_with_its_year()
    {
        var priced = Programme with { Criteria = [.. Programme.Criteria.Select(criterion => criterion with { Cost = new(4500, 2014, "ours") })] };
        var ranked = PriorityOrder.Of(priced, [new Standing(2, 3, 9000, Score(37))], standing => standing);
        Assert.Contains("cost a year 9000 pounds at 2014 prices", ranked[0].Why, StringComparison.Ordinal);
        Assert.Contains("advisory risk score 37 % of its scale, made on 2014-03-02, csps-scores from xantura", ranked[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_level_in_everything_shares_a_place_whatever_it_is_called_and_each_says_so()
    {
        var ranked = Rank(("b", new(2, 3, 1, null)), ("a", new(2, 3, 1, null)), ("c", new(2, 1, 1, null)));
        Assert.Equal([("b", 1), ("a", 1), ("c", 3)], ranked.Select(place => (place.Item.Name, place.Place)));
        Assert.All(ranked.Take(2), place => Assert.Contains("level with another household in everything, at one place with it, before the next household by weight of criteria 3 against 1.", place.Why, StringComparison.Ordinal));
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
                    "crime" => criterion with { Weight = 10, Cost = new(5000, 2014, "ours"), Indicators = [.. criterion.Indicators.Select(indicator => indicator.Id == "persistent-asb" ? indicator with { Weight = 2, WeighedBy = new("incidents_12_months", 5, "ours") } : indicator)] },
                    "work" => criterion with { Cost = new(1000, 2014, "ours") },
                    _ => criterion,
                }),
            ],
            Demand = [.. Programme.Demand.Select(demand => demand.Dataset == "asb-perpetrators" ? demand with { Cost = new(30, 2014, "ours") } : demand)],
        };
        Fact[] facts =
        [
            Given.Row("asb-perpetrators", "incidents_12_months=8"),
            Given.Row("asb-perpetrators", "incidents_12_months=3", row: 2) with { Source = Given.Row("asb-perpetrators", "").Source with { Extract = "the month before" } },
            Given.Showing("work"),
        ];
        var standing = Standing.Of(EligibilityRules.Evaluate(programme, new("h", facts), Given.Run()), Met.Yes, facts, (2, 3, 4));

        // Eight calls of thirty pounds each beside the two problems. Ten for crime, two for the indicator, five of eight incidents at most;
        // one for work. Of two months' lists the one that says more.
        Assert.Equal(new Standing(2, 18, 6240, null) { Demand = 8, Indicators = 2, Children = 2, People = 3, Youngest = 4 }, standing);
        Assert.Null(Standing.Of(EligibilityRules.Evaluate(Programme, new("h", facts), Given.Run()), Met.Yes, facts, (2, 3, 4)).Cost);
    }

    [Fact]
    public void Six_of_six_problems_get_more_enhanced_support() =>
        Assert.Equal((6, "more enhanced support"), (Programme.Tiers[0].AtLeast, Programme.Tiers[0].Title));

    private static AdvisoryScore Score(int percent) => new(percent, new(2014, 3, 2), "csps-scores", "xantura");

    private static IReadOnlyList<Ranked<(string Name, Standing Standing)>> Rank(params (string Name, Standing Standing)[] households) =>
        PriorityOrder.Of(Programme, households, household => household.Standing);
}
