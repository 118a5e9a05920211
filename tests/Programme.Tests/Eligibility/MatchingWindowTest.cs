using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public sealed class MatchingWindowTest
{
    private static readonly DateOnly Monday = new(2026, 4, 20);

    [Fact]
    public void A_plan_that_says_nothing_matches_on_demand_and_never_by_itself()
    {
        var window = Read("");
        Assert.Equal(MatchingWhen.OnDemand, window.When);
        Assert.False(window.IsDue(Monday, null, Monday.AddYears(-1), ["benefits", "school-attendance"]));
    }

    [Fact]
    public void A_round_begins_by_itself_once_every_named_dataset_is_in()
    {
        var window = Read("match: { when: datasets-in, datasets: [benefits, school-attendance, asb-perpetrators] }");
        Assert.False(window.IsDue(Monday, null, Monday, []));
        Assert.False(window.IsDue(Monday, null, Monday, ["benefits", "school-attendance", "nominations"]));
        Assert.Equal(["asb-perpetrators"], window.Missing(["benefits", "school-attendance"]));
        Assert.True(window.IsDue(Monday, null, Monday, ["asb-perpetrators", "benefits", "school-attendance"]));
    }

    [Fact]
    public void A_date_that_passed_while_nothing_ran_is_made_up_for_once_and_none_from_before_the_beginning()
    {
        var window = Read("match: { when: on-dates, dates: [2026-04-20, 2026-07-13] }");
        Assert.False(window.IsDue(Monday.AddDays(-1), null, Monday.AddDays(-30), []));
        Assert.True(window.IsDue(Monday, null, Monday.AddDays(-30), []));
        Assert.True(window.IsDue(Monday.AddDays(3), null, Monday.AddDays(-30), []));
        Assert.False(window.IsDue(Monday.AddDays(3), Monday.AddDays(2), Monday.AddDays(-30), []));
        Assert.True(window.IsDue(new(2026, 7, 13), Monday.AddDays(2), Monday.AddDays(-30), []));
        Assert.False(window.IsDue(Monday.AddDays(3), null, Monday.AddDays(1), []));
    }

    [Theory]
    [InlineData("{ when: sometimes }", "'when' is expected to be one of: on-demand, on-dates, datasets-in")]
    [InlineData("{ when: on-dates }", "'dates' is missing")]
    [InlineData("{ when: on-dates, dates: [soon] }", "each of 'dates' is expected to be a date")]
    [InlineData("{ when: datasets-in }", "'datasets' is missing")]
    [InlineData("{ when: datasets-in, datasets: [gossip] }", "waits for 'gossip', which phase-1-002@1 does not read")]
    [InlineData("{ when: on-demand, dates: [2026-04-20] }", "'dates' is for")]
    public void A_window_that_cannot_be_is_refused(string match, string why) =>
        Assert.Contains(why, Assert.Throws<DocumentException>(() => Read("match: " + match)).Message, StringComparison.Ordinal);

    private static MatchingWindow Read(string match) =>
        MatchingPlan.Read("plan.yaml", new StringReader($"authority: a\nprogramme: phase-1-002@1\n{match}\n")).Window;
}
