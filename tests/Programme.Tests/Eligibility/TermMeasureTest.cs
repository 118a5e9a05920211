using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class TermMeasureTest
{
    private const string Autumn12 = "2012-09-03", Spring13 = "2013-01-07", Summer13 = "2013-04-15", Autumn13 = "2013-09-02", Spring14 = "2014-01-06";

    [Theory]
    // Exclusions a term, from autumn 2012 to spring 2014; a point: no row. The last three terms are the last that ended, or the running one with two.
    [InlineData("0 1 1 1 .", Met.Yes)]
    [InlineData("0 0 1 1 1", Met.Yes)]
    [InlineData("0 1 1 0 1", Met.No)]
    [InlineData("3 0 0 0 0", Met.No)]
    [InlineData("0 3 0 0 0", Met.Yes)]
    [InlineData(". . . . 3", Met.Yes)]
    [InlineData(". . . . 2", Met.No)]
    [InlineData("0 1 0 0 2", Met.No)]
    [InlineData("0 2 0 1 0", Met.Yes)]
    public void Three_fixed_exclusions_across_the_last_three_consecutive_terms(string exclusions, Met expected)
    {
        var rows = Rows(exclusions, "fixed_exclusions");

        Assert.Equal(expected, Given.Look(Given.National, rows).Indicator("fixed-exclusions").Met);
        Assert.Equal(expected, Given.Look(Given.Leicestershire, rows).Indicator("fixed-exclusions").Met);
        Assert.Equal(expected, Given.Look(Given.Phase2, rows).Indicator("exclusions").Met);
    }

    [Theory]
    // Unauthorised of possible sessions. 15 % of 390 is 58.5.
    [InlineData(". 20/130 20/130 19/130 .", Met.Yes)]
    [InlineData(". 20/130 20/130 18/130 .", Met.No)]
    [InlineData(". . 20/130 20/130 19/130", Met.Yes)]
    [InlineData(". 15/100 15/100 15/100 .", Met.Yes)]
    [InlineData(". 15/100 15/100 14/100 .", Met.No)]
    [InlineData(". 45/100 0/100 0/100 .", Met.Yes)]
    // One term bad beyond doubt does not stand for three.
    [InlineData(". . 100/100 . .", Met.No)]
    [InlineData(". . . 99/100 99/100", Met.No)]
    [InlineData("99/100 99/100 99/100 0/100 0/100", Met.Yes)]
    [InlineData("99/100 0/100 0/100 0/100 0/100", Met.No)]
    [InlineData(". 0/0 0/0 0/0 .", Met.No)]
    [InlineData(". 0/0 0/0 20/100 .", Met.Yes)]
    public void Fifteen_per_cent_unauthorised_absence_across_the_last_three_consecutive_terms(string sessions, Met expected)
    {
        var rows = Rows(sessions, "unauthorised_sessions", "possible_sessions");

        Assert.Equal(expected, Given.Look(Given.National, rows).Indicator("unauthorised-absence").Met);
        Assert.Equal(expected, Given.Look(Given.Leicestershire, rows).Indicator("unauthorised-absence").Met);
        Assert.Equal(expected, Given.Look(Given.Phase2, rows).Indicator("unauthorised-absence").Met);
    }

    [Fact]
    public void The_same_term_reported_twice_is_not_counted_twice()
    {
        var once = Given.Row("school-attendance", $"fixed_exclusions=2, term_starts={Autumn13}");
        var again = Given.Row("school-attendance", $"fixed_exclusions=2, term_starts=2013-09-04", row: 2);

        Assert.Equal(Met.No, Given.Look(Given.National, once, again).Indicator("fixed-exclusions").Met);
    }

    [Fact]
    public void Two_children_are_not_added_together()
    {
        var one = Given.Row("school-attendance", $"fixed_exclusions=2, term_starts={Autumn13}", person: "p1");
        var other = Given.Row("school-attendance", $"fixed_exclusions=2, term_starts={Summer13}", person: "p2");

        Assert.Equal(Met.No, Given.Look(Given.National, one, other).Indicator("fixed-exclusions").Met);
    }

    [Fact]
    public void Rows_not_yet_linked_to_a_child_make_it_possible()
    {
        var one = Given.Row("school-attendance", $"fixed_exclusions=2, term_starts={Autumn13}", person: null);
        var other = Given.Row("school-attendance", $"fixed_exclusions=2, term_starts={Summer13}", person: null, row: 2);
        var result = Given.Look(Given.National, one, other).Indicator("fixed-exclusions");

        Assert.Equal(Met.Possible, result.Met);
        Assert.Contains(result.Missing, missing => missing.Kind == MissingKind.Person);
        Assert.Equal(Met.No, Given.Look(Given.National, one).Indicator("fixed-exclusions").Met);
    }

    [Fact]
    public void A_blank_number_makes_it_possible_and_is_named()
    {
        var result = Given.Look(Given.National, Given.Row("school-attendance", $"term_starts={Autumn13}")).Indicator("fixed-exclusions");

        Assert.Equal(Met.Possible, result.Met);
        Assert.Contains(new Missing(MissingKind.Blank, "fixed_exclusions"), result.Missing);
    }

    [Fact]
    public void A_term_of_which_nothing_is_known_is_named()
    {
        var result = Given.Look(Given.National, Rows(". . 50/100 50/100 .", "unauthorised_sessions", "possible_sessions")).Indicator("unauthorised-absence");

        Assert.Equal(Met.No, result.Met);
        Assert.Equal(MissingKind.Terms, Assert.Single(result.Missing).Kind);
    }

    [Fact]
    public void A_calendar_that_does_not_reach_back_makes_it_possible_and_is_said()
    {
        var run = Given.Run() with { Terms = new([new(Given.Day(Autumn13), Given.Day("2013-12-20"))]) };
        var outcome = EligibilityRules.Evaluate(Given.National, new("h1", Rows(". . . 50/100 .", "unauthorised_sessions", "possible_sessions")), run);

        Assert.Equal(Met.Possible, outcome.Indicator("unauthorised-absence").Met);
        Assert.Contains(outcome.Indicator("unauthorised-absence").Missing, missing => missing.Kind == MissingKind.Calendar);
    }

    [Theory]
    [InlineData("2013-12-20", 3)]
    [InlineData("2013-12-21", 4)]
    [InlineData("2014-01-05", 4)]
    [InlineData("2014-01-06", 4)]
    [InlineData("2014-04-04", 4)]
    [InlineData("2014-04-05", 5)]
    public void A_term_has_ended_on_the_day_after_its_last(string on, int ended)
    {
        var last = Given.Terms.Last(1, Given.Day(on)).ToArray();

        Assert.Equal(Given.Terms.Last(ended, Given.Day(on)).First()[^1], last[0][0]);
    }

    [Theory]
    [InlineData("2013-12-31", 1)]
    [InlineData("2014-01-06", 2)]
    [InlineData("2014-04-04", 2)]
    [InlineData("2014-04-05", 1)]
    public void While_a_term_runs_there_are_two_readings(string on, int readings) => Assert.Equal(readings, Given.Terms.Last(3, Given.Day(on)).Count());

    [Theory]
    [InlineData("2013-09-02", "2013-09-02")]
    [InlineData("2013-09-04", "2013-09-02")]
    [InlineData("2013-08-12", "2013-09-02")]
    [InlineData("2013-08-11", null)]
    [InlineData("2013-09-23", "2013-09-02")]
    [InlineData("2013-09-24", null)]
    public void A_schools_first_day_may_lie_three_weeks_from_the_authoritys(string start, string? term) =>
        Assert.Equal(term, Given.Terms.StartingAt(Given.Day(start))?.Start.ToString("yyyy-MM-dd"));

    [Fact]
    public void Terms_that_overlap_are_refused() => Assert.Throws<ArgumentException>(() => new TermCalendar(
        [new(Given.Day(Spring13), Given.Day(Summer13)), new(Given.Day(Summer13), Given.Day(Autumn13))]));

    [Fact]
    public void Events_are_counted_once_each()
    {
        var measure = new CountMeasure(["date", "kind"], 3, "ours");
        Fact[] rows = [Event("2013-01-01", "a"), Event("2013-01-01", "a"), Event("2013-01-01", "b"), Event("2013-02-01", "a")];

        Assert.Equal(3, measure.Show(rows, Given.Run())!.Count);
        Assert.Null(measure.Show(rows[..3], Given.Run()));
        Assert.Equal([new(MissingKind.Blank, "kind")], measure.Gaps([Given.Row("d", "date=2013-01-01")], Given.Run()));
    }

    private static Fact Event(string date, string kind) => Given.Row("d", $"date={date}, kind={kind}");

    private static Fact[] Rows(string terms, params string[] fields) =>
        [.. terms.Split(' ').Zip([Autumn12, Spring13, Summer13, Autumn13, Spring14]).Index().Where(term => term.Item.First != ".").Select(term => Given.Row(
            "school-attendance",
            string.Join(", ", fields.Zip(term.Item.First.Split('/')).Select(pair => $"{pair.First}={pair.Second}").Append($"term_starts={term.Item.Second}")),
            row: term.Index))];
}
