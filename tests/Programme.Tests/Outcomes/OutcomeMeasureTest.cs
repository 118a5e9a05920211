using System.Globalization;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;
using static TfFlow.Programme.Outcomes.OutcomeStanding;
using static TfFlow.Programme.Tests.Outcomes.Measured;

namespace TfFlow.Programme.Tests.Outcomes;

/// <summary>How a single outcome is measured.</summary>
public class OutcomeMeasureTest
{
    [Theory]
    [InlineData(150, Yes, "85.0 % (850 of 1,000; 85 % is asked)")]
    [InlineData(151, No, "84.9 % (849 of 1,000; 85 % is asked)")]
    [InlineData(0, Yes, "100.0 % (1,000 of 1,000; 85 % is asked)")]
    public void Attendance_is_85_per_cent_of_the_sessions_of_one_whole_academic_year(int missed, OutcomeStanding expected, string figure)
    {
        var found = Attendance(Term(0, 400, missed - Math.Min(missed, 100)), Term(1, 400, Math.Min(missed, 100)), Term(2, 200, 0));

        Assert.Equal(expected, found.Standing);
        Assert.Equal(figure, Assert.Single(found.Figures).Words);
        Assert.Equal(3, found.Figures[0].Sources.Count);
    }

    /// <summary>Not enough is not rounded up to enough: 84.96 % reads as 84.9 %.</summary>
    [Fact]
    public void A_figure_that_is_not_enough_never_reads_as_if_it_were() =>
        Assert.StartsWith("84.9 %", Assert.Single(Attendance(Term(0, 391, 59), Term(1, 391, 58), Term(2, 391, 59)).Figures).Words,
            StringComparison.Ordinal);

    public static TheoryData<string, Fact[], string> NotEnough => new()
    {
        { "a term is missing", [Term(0, 130, 0), Term(2, 130, 0)], "the term from 5 January 2026 is not known, or not wholly" },
        { "a term of a few days", [Term(0, 130, 0), Term(1, 20, 0), Term(2, 130, 0)],
            "the term from 5 January 2026 is not known, or not wholly" },
        { "another child has a row of one term alone",
            [Term(0, 130, 0), Term(1, 130, 0), Term(2, 130, 0), Term(0, 130, 0, "other", asAt: "2025-12-25")], "Of other the term" },
        { "a blank", [Term(0, 130, 0), Term(1, 130, 0),
            Row(Source("school-attendance", "2026-07-20"), "term_starts=2026-04-13, possible_sessions=130")], "13 April 2026" },
        { "nobody's row", [Term(0, 130, 0), Term(1, 130, 0), Term(2, 130, 0), Term(2, 130, 0) with { Person = null }],
            "cannot be given to anybody" },
        { "no row at all", [], "No row of school-attendance is about a child" },
    };

    [Theory]
    [MemberData(nameof(NotEnough))]
    public void What_is_missing_is_not_shown_and_says_what(string what, Fact[] facts, string missing)
    {
        var found = Attendance(facts);

        Assert.True(found.Standing == NotShown, what);
        Assert.Contains(found.Missing, line => line.Contains(missing, StringComparison.Ordinal));
    }

    [Fact]
    public void A_year_that_began_before_the_family_entered_or_that_the_calendar_does_not_have_is_not_shown()
    {
        Fact[] facts = [Term(0, 130, 0), Term(1, 130, 0), Term(2, 130, 0)];
        Assert.Equal(NotShown, Find("attends", facts, Run() with { EnteredOn = Day("2025-10-01") }).Standing);
        Assert.Equal(NotShown, Find("attends", facts, Run() with { Terms = new([new(Day("2025-09-01"), Day("2025-12-19"))]) }).Standing);
        Assert.Equal(NotShown, Find("attends", facts, Run() with { On = Day("2026-07-16") }).Standing);
        Assert.Equal(NotShown, Find("attends", facts, Run() with { Withheld = ["school-attendance"] }).Standing);
        Assert.Equal(Yes, Find("attends", facts, Run() with { On = Day("2026-07-17") }).Standing);
    }

    [Fact]
    public void Every_child_of_school_age_must_attend_and_one_who_is_not_need_not()
    {
        Fact[] good = [Term(0, 130, 0), Term(1, 130, 0), Term(2, 130, 0)];
        Fact[] other = [Term(0, 130, 40, "other"), Term(1, 130, 40, "other"), Term(2, 130, 40, "other")];
        Assert.Equal(No, Attendance([.. good, .. other]).Standing);
        Assert.Equal(Yes, Attendance([.. good, .. other.Select(row => row with { Born = Day("2010-05-01") })]).Standing);

        // A child of that age who is named elsewhere only is not known to attend.
        var elsewhere = Row(Source("youth-offences", "2026-01-01"), "outcome=fine", "third", "2014-01-01");
        Assert.Equal(NotShown, Attendance([.. good, elsewhere]).Standing);
    }

    [Fact]
    public void Two_schools_of_one_term_add_up_and_what_one_of_them_says_later_stands()
    {
        Assert.Equal(Yes, Attendance(Term(0, 130, 0), Term(1, 130, 0), Term(2, 65, 0), Term(2, 65, 0, school: "other-school")).Standing);
        Assert.Equal(No, Attendance(Term(0, 65, 65), Term(0, 65, 30, school: "other-school"), Term(1, 130, 0), Term(2, 130, 0)).Standing);
        Assert.Equal(Yes, Attendance(Term(0, 130, 100), Term(1, 130, 0), Term(2, 130, 0), Term(0, 130, 0, asAt: "2026-08-01")).Standing);
    }

    [Theory]
    [InlineData("85", Yes)]
    [InlineData("85.00", Yes)]
    [InlineData("84.99", No)]
    [InlineData("100", Yes)]
    [InlineData("9.5", No)]
    public void A_percentage_is_read_as_one(string lowest, OutcomeStanding expected)
    {
        var measure = new PercentOfTerms("attendance", 85, "term_starts", 3, 5, 16, "ours");
        Assert.Equal(expected, Year(measure, "attendance", "91.5", lowest, "100"));
        Assert.Equal(NotShown, Year(measure, "attendance", "91.5", "", "100"));
    }

    [Theory]
    [InlineData("expected", Yes)]
    [InlineData("above", Yes)]
    [InlineData("below", No)]
    public void A_code_is_read_as_one(string code, OutcomeStanding expected) =>
        Assert.Equal(expected, Year(new CodeOfTerms("progress", ["expected", "above"], "term_starts", 3, 5, 16, "ours"), "progress",
            "expected", code, "above"));

    [Theory]
    [InlineData(12, No)]
    [InlineData(11, No)]
    [InlineData(6, No)]
    [InlineData(5, Yes)]
    [InlineData(1, Yes)]
    public void No_offence_for_six_months_looks_at_the_last_whole_months_and_the_running_one(int month, OutcomeStanding expected)
    {
        var source = Source("proven-offences-by-month", "2026-08-03", "police");
        Assert.Equal(expected, Find("no-offence", [Row(source, Offences(month))], Run(source)).Standing);
        Assert.Equal(Yes, Find("no-offence", [Row(source, Offences(0))], Run(source)).Standing);
    }

    [Fact]
    public void Without_a_row_that_says_so_there_is_no_month_without_an_offence_and_a_list_of_perpetrators_says_it_by_absence()
    {
        var (offences, perpetrators) = (Source("proven-offences-by-month", "2026-08-03", "police"),
            Source("asb-perpetrators", "2026-08-03", "police"));
        Assert.Equal(NotShown, Find("no-offence", [], Run(offences)).Standing);
        Assert.Equal(Yes, Find("no-asb", [], Run(perpetrators)).Standing);
        Assert.Equal(NotShown, Find("no-asb", [], Run()).Standing);
        Assert.Equal(NotShown, Find("no-asb", [], Run(perpetrators) with { EnteredOn = Day("2026-03-01") }).Standing);
        Assert.Equal(NotShown, Find("no-asb", [],
            Run(perpetrators) with { Senders = Array.Empty<string>().ToLookup(name => name, _ => new Id<Party>("")) }).Standing);
    }

    [Fact]
    public void A_claim_that_goes_on_or_ends_in_the_six_months_is_one_and_every_day_must_be_told_of()
    {
        FactSource[] monthly = [.. Enumerable.Range(1, 8).Select(month => Source("benefits", $"2026-{month:D2}-05", "dwp"))];
        Assert.Equal(Yes, Find("off-benefits", [], Run(monthly)).Standing);
        Assert.Equal(Yes, Find("off-benefits", [Claim("started=2025-01-01, ended=2026-01-31")], Run(monthly)).Standing);
        Assert.Equal(No, Find("off-benefits", [Claim("started=2025-01-01, ended=2026-02-01")], Run(monthly)).Standing);
        Assert.Equal(No, Find("off-benefits", [Claim("started=2025-01-01")], Run(monthly)).Standing);

        // Blank at the end, it went on on the day of the extract, and nothing is known of later.
        Assert.Equal(Yes, Find("off-benefits", [Row(monthly[0], "started=2025-01-01", "adult", "1990-01-01")], Run(monthly)).Standing);
        Assert.Equal(NotShown, Find("off-benefits", [], Run([.. monthly.Where((_, place) => place is not (3 or 4))])).Standing);
        Assert.Equal(NotShown, Find("off-benefits", [], Run([.. monthly.SkipLast(1)])).Standing);

        static Fact Claim(string fields) => Row(Source("benefits", "2026-08-05", "dwp"), fields, "adult", "1990-01-01");
    }

    [Theory]
    [InlineData("2026-01-05", "2026-07-05", Yes)]
    [InlineData("2026-01-05", "2026-07-04", No)]
    [InlineData("2024-01-05", "2025-12-29", Yes)]
    [InlineData("2024-01-05", "2025-12-28", No)]
    public void Work_is_continuous_from_26_weeks_on_that_were_not_before_the_entry(string from, string to, OutcomeStanding expected) =>
        Assert.Equal(expected, Find("works", [Job(from, to)], Run()).Standing);

    [Fact]
    public void A_day_between_two_jobs_breaks_work_and_two_jobs_in_a_row_do_not()
    {
        Assert.Equal(Yes, Find("works", [Job("2025-10-01", "2026-01-31"), Job("2026-02-01", "2026-06-01")], Run()).Standing);
        Assert.Equal(No, Find("works", [Job("2025-10-01", "2026-01-31"), Job("2026-02-02", "2026-06-01")], Run()).Standing);
        Assert.Equal(No, Find("works", [Job("2025-10-01", "2026-01-31"), Job("2026-02-01", "2026-06-01", "another")], Run()).Standing);
        Assert.Equal(NotShown, Find("works", [], Run()).Standing);
    }

    private static OutcomeStanding Year(OutcomeMeasure measure, string field, params string[] values)
    {
        Fact[] facts = [.. values.Select((value, term) =>
            Row(Source("progress", $"2026-07-{term + 10}"),
                $"term_starts={Starts[term]}{(value.Length > 0 ? $", {field}={value}" : "")}"))];
        var outcome = new PlannedOutcome("one", "One", "progress", [], measure, "", "ours");
        return measure.Measure(outcome, facts, Run()).Standing;
    }

    /// <param name="month">With an offence; 0: none.</param>
    private static string Offences(int month) =>
        string.Join(", ", Enumerable.Range(1, 12)
            .Select(at => string.Create(CultureInfo.InvariantCulture, $"offences_month_{at}={(at == month ? 1 : 0)}")));

    private static Fact Job(string from, string to, string person = "adult") =>
        Row(Source("employment-programmes", "2026-08-10", "dwp"), $"item=employment, started={from}, ended={to}", person, "1990-01-01");
}
