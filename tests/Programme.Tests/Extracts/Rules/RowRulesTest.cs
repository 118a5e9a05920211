using System.Globalization;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts.Rules;

public sealed class RowRulesTest
{
    private static readonly DateOnly AsOf = new(2013, 10, 31);

    [Theory]
    [InlineData("5,2,3", true)]
    [InlineData("5,2,", false)]
    [InlineData("2,2,", true)]
    [InlineData(",2,3", true)]
    [InlineData("4,2,3", false)]
    [InlineData("6,2,3", false)]
    public async Task A_total_is_the_sum_of_its_months(string row, bool holds) =>
        await Expect(Numbers("total", "month_1", "month_2"), "{ rule: sum, total: total, of: [\"month_<n>\"] }", row, holds ? null : "row.sum A2");

    [Theory]
    [InlineData("5,2,3", true)]
    [InlineData("5,0,0", true)]
    [InlineData("4,2,3", false)]
    [InlineData(",2,3", true)]
    [InlineData("1,2,", false)]
    public async Task Parts_do_not_exceed_their_whole(string row, bool holds) =>
        await Expect(Numbers("whole", "a", "b"), "{ rule: parts, whole: whole, of: [a, b] }", row, holds ? null : "row.parts A2");

    [Theory]
    [InlineData("01/02/2013,01/02/2013", true)]
    [InlineData("01/02/2013,02/02/2013", true)]
    [InlineData("02/02/2013,01/02/2013", false)]
    [InlineData(",01/02/2013", true)]
    [InlineData("02/02/2013,", true)]
    public async Task Dates_come_in_their_order(string row, bool holds) =>
        await Expect(Dates("started", "ended"), "{ rule: order, earlier: started, later: ended }", row, holds ? null : "row.date-order B2");

    [Theory]
    [InlineData("31/10/2013", true)]
    [InlineData("01/11/2013", false)]
    [InlineData("31/10/2012", true)]
    [InlineData("30/10/2012", false)]
    public async Task A_date_lies_in_the_last_twelve_months(string row, bool holds) =>
        await Expect(Dates("happened", "x"), "{ rule: window, column: happened, months: 12 }", row + ",", holds ? null : "row.window A2");

    [Theory]
    [InlineData("31/10/2013", true)]
    [InlineData("01/11/2013", false)]
    [InlineData("01/01/1950", true)]
    public async Task A_date_is_not_in_the_future(string row, bool holds) =>
        await Expect(Dates("happened", "x"), "{ rule: not-future, column: happened }", row + ",", holds ? null : "row.future A2");

    [Theory]
    [InlineData("10/05/1995,09/05/2013", true)]
    [InlineData("10/05/1995,10/05/2013", false)]
    [InlineData("29/02/1996,28/02/2014", true)] // of age on 1 March
    [InlineData("29/02/1996,01/03/2014", false)]
    [InlineData("28/02/1996,28/02/2014", false)]
    [InlineData(",09/05/2013", true)]
    [InlineData("10/05/1995,", true)]
    public async Task One_is_under_18_until_the_birthday(string row, bool holds) =>
        await Expect(Dates("born", "at"), "{ rule: under-age, born: born, at: at, years: 18 }", row, holds ? null : "row.age-at-event A2");

    [Theory]
    [InlineData("2013-10-31", true)]
    [InlineData("2013-11-01", false)]
    [InlineData("1893-10-31", true)]
    [InlineData("1893-10-30", false)]
    public async Task A_date_of_birth_is_a_living_persons(string born, bool holds)
    {
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + Reading.Row(born: born) + Reading.Row(surname: "Vane"));
        Assert.Equal(holds ? [] : ["row.lifespan C2"], outcome.Places());
    }

    [Theory]
    [InlineData("2013-09-02", "2013-10-31", true)] // this term and the two before it
    [InlineData("2013-04-15", "2013-10-31", true)]
    [InlineData("2013-01-07", "2013-10-31", true)]
    [InlineData("2012-12-31", "2013-10-31", true)] // a spring term that begins in December
    [InlineData("2012-09-03", "2013-10-31", false)]
    [InlineData("2014-01-06", "2013-10-31", false)]
    [InlineData("2013-10-31", "2013-10-31", true)]
    [InlineData("2013-11-01", "2013-10-31", false)]
    [InlineData("2012-09-03", "2013-07-31", true)]
    [InlineData("2012-08-27", "2013-07-31", true)]
    [InlineData("2012-04-16", "2013-07-31", false)]
    [InlineData("2012-04-16", "2013-03-31", true)]
    [InlineData("2012-01-09", "2013-03-31", false)]
    [InlineData("2012-04-16", "2012-12-31", true)]
    [InlineData("2012-01-09", "2012-11-30", true)]
    [InlineData("2011-09-05", "2012-11-30", false)]
    public async Task A_term_is_one_of_the_last_three(string starts, string asOf, bool holds) =>
        await Expect(Dates("starts", "x"), "{ rule: terms, column: starts }", starts + ",", holds ? null : "row.terms A2", DateOnly.Parse(asOf, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-01-05", "2026-12-01", true)] // autumn runs: it and the two before
    [InlineData("2025-12-16", "2026-12-01", true)] // a school's first day may lie three weeks off
    [InlineData("2025-12-14", "2026-12-01", false)]
    [InlineData("2026-01-05", "2027-01-31", true)] // no later term is known yet
    [InlineData("2026-01-05", "2027-02-13", false)] // the plan is over: by the months
    [InlineData("2026-04-13", "2027-02-13", true)]
    [InlineData("2026-12-02", "2026-12-01", false)]
    [InlineData("2025-09-01", "2026-07-15", true)] // the plan knows two terms only
    public async Task The_authoritys_own_terms_decide_where_its_plan_gives_them(string starts, string asOf, bool holds)
    {
        Programme.Eligibility.TermCalendar terms = new(
        [
            new(new(2026, 1, 5), new(2026, 3, 27)), new(new(2026, 4, 13), new(2026, 7, 10)), new(new(2026, 9, 1), new(2026, 12, 18)),
        ]);
        var (outcome, _) = await Reading.ReadAsync(
            $"starts,x\n{starts},\n", Dataset(Dates("starts", "x"), "{ rule: terms, column: starts }"), new() { AsOf = DateOnly.Parse(asOf, CultureInfo.InvariantCulture), Terms = terms });
        Assert.Equal(holds ? [] : ["row.terms A2"], outcome.Places());
    }

    [Theory]
    [InlineData("2013-10-31", "01/12/2012 to 31/10/2013")]
    [InlineData("2013-12-01", "01/04/2013 to 01/12/2013")]
    [InlineData("2013-03-31", "01/04/2012 to 31/03/2013")]
    [InlineData("2013-07-31", "01/08/2012 to 31/07/2013")]
    public async Task The_sender_is_told_which_days_a_term_may_start_on(string asOf, string days) =>
        Assert.EndsWith($"up to the day of the extract: {days}", await ExpectedAsync(Dates("starts", "x"), "{ rule: terms, column: starts }", "02/01/1999,", DateOnly.Parse(asOf, CultureInfo.InvariantCulture)), StringComparison.Ordinal);

    [Fact]
    public async Task The_sender_is_told_the_bounds_and_the_other_columns_a_rule_reads()
    {
        Assert.Equal("a date within the months the exchange covers, up to the day of the extract: 31/10/2012 to 31/10/2013", await ExpectedAsync(Dates("at", "x"), "{ rule: window, column: at, months: 12 }", "01/01/1999,"));
        Assert.Equal("a person under 18 on the day of at", await ExpectedAsync(Dates("born", "at"), "{ rule: under-age, born: born, at: at, years: 18 }", "01/01/1980,01/01/2013"));
        Assert.Equal("a number no smaller than a and b together", await ExpectedAsync(Numbers("whole", "a", "b"), "{ rule: parts, whole: whole, of: [a, b] }", "1,1,1"));
        Assert.Equal("a date not after the day of the extract, 31/10/2013", await ExpectedAsync(Dates("at", "x"), "{ rule: not-future, column: at }", "01/11/2013,"));
        Assert.EndsWith("; it stands beside a, b, c", await ExpectedAsync(Numbers("total", "a", "b", "c"), "{ rule: sum, total: total, of: [a, b, c] }", "9,1,1,1"), StringComparison.Ordinal);
        Assert.EndsWith("; it stands beside a to d", await ExpectedAsync(Numbers("total", "a", "b", "c", "d"), "{ rule: sum, total: total, of: [a, b, c, d] }", "9,1,1,1,1"), StringComparison.Ordinal);
        var (lifespan, _) = await Reading.ReadAsync(Reading.Header + Reading.Row(born: "1893-10-30") + Reading.Row(surname: "Vane"));
        Assert.EndsWith(": 31/10/1893 to 31/10/2013", lifespan.Findings[0].Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("H,18/08/2024", true)]
    [InlineData("H,19/08/2024", false)]
    [InlineData("K,19/08/2024", true)]
    [InlineData("H,", true)]
    [InlineData(",19/08/2024", true)]
    public async Task Former_attendance_codes_ended_in_August_2024(string row, bool holds) =>
        await Expect(Columns(("code", "attendance-code"), ("session", "date")), "{ rule: attendance-code, code: code, session: session }", row, holds ? null : "attendance.code-not-in-use A2", new DateOnly(2024, 9, 30));

    [Theory]
    [InlineData("31/10/2013", true)]
    [InlineData("30/10/2013", false)]
    public async Task A_row_past_its_own_agencys_schedule_is_refused(string keepUntil, bool holds) =>
        await Expect(Dates("keep_until", "x"), "{ rule: source-schedule, keep_until: keep_until }", keepUntil + ",", holds ? null : "never.past-schedule A2");

    [Theory]
    [InlineData("ppo,", true)]
    [InlineData("dv,3", true)]
    [InlineData("dv,", false)]
    public async Task A_cell_can_make_another_necessary(string row, bool holds) =>
        await Expect(
            """
              - { name: category, header: category, type: code, codes: { ppo: [], dv: [], other: [] }, role: indicator, sensitivity: personal, description: d, source: ours }
              - { name: incidents, header: incidents, type: whole-number, role: indicator, sensitivity: personal, description: d, source: ours }
            """, "{ rule: required-when, column: incidents, when: category, is: [other, dv] }", row, holds ? null : "row.required-when B2");

    [Theory]
    [InlineData("restricted", Programme.Agreements.Marking.Restricted, true)]
    [InlineData("protect", Programme.Agreements.Marking.Restricted, true)]
    [InlineData("confidential", Programme.Agreements.Marking.Restricted, false)]
    [InlineData("restricted", Programme.Agreements.Marking.Protect, false)]
    [InlineData("official-sensitive", Programme.Agreements.Marking.Restricted, true)]
    [InlineData("official-sensitive", Programme.Agreements.Marking.Official, false)]
    [InlineData("restricted", Programme.Agreements.Marking.OfficialSensitive, true)]
    [InlineData("official", Programme.Agreements.Marking.Protect, true)]
    [InlineData("secret", Programme.Agreements.Marking.OfficialSensitive, false)]
    [InlineData("", Programme.Agreements.Marking.Protect, true)]
    public async Task A_marking_above_the_ceiling_quarantines_the_file(string marking, Programme.Agreements.Marking ceiling, bool holds)
    {
        var specification = Dataset(
            """
              - { name: marking, header: marking, type: code, codes: { protect: [], restricted: [], confidential: [], secret: [], official: [], official-sensitive: [] }, role: check, sensitivity: personal, description: d, source: ours }
              - { name: n, header: n, type: whole-number, role: indicator, sensitivity: personal, description: d, source: ours }
            """, "{ rule: marking, column: marking }");
        var (outcome, _) = await Reading.ReadAsync($"marking,n\n{marking},1\n", specification, new() { AsOf = AsOf, MarkingCeiling = ceiling });
        Assert.Equal(holds ? [] : ["never.marking A2"], outcome.Places());
        Assert.Equal(holds ? ExtractState.Accepted : ExtractState.Quarantined, outcome.State);
    }

    [Theory]
    [InlineData("member,", false, null)]
    [InlineData("victim,yes", false, "never.victim-or-witness A2")]
    [InlineData("witness,yes", false, "never.victim-or-witness A2")]
    [InlineData("victim,yes", true, null)]
    [InlineData("witness,yes", true, null)]
    [InlineData("victim,no", true, "never.consent-not-sought A2")]
    [InlineData("witness,", true, "never.consent-not-sought A2")]
    [InlineData("complainant,yes", true, "never.complainant A2")]
    [InlineData("complainant,yes", false, "never.complainant A2")]
    public async Task Victims_and_witnesses_come_only_with_consent_and_complainants_never(string row, bool allowed, string? place)
    {
        var specification = Dataset(
            """
              - { name: subject_role, header: subject, type: code, codes: { member: [], victim: [], witness: [] }, never: { never.complainant: [complainant] }, role: indicator, sensitivity: sensitive, description: d, source: ours }
              - { name: consent, header: consent, type: yes-no, role: check, sensitivity: personal, description: d, source: ours }
            """, "{ rule: subject, subject: subject_role, consent: consent }");
        var (outcome, rows) = await Reading.ReadAsync($"subject,consent\n{row}\n", specification, new() { AsOf = AsOf, VictimsAndWitnessesWithConsent = allowed });
        Assert.Equal(place is null ? [] : [place], outcome.Places());
        Assert.Equal(place is null ? ExtractState.Accepted : ExtractState.Quarantined, outcome.State);
        Assert.Equal(place is null ? 1 : 0, rows.Count);
    }

    [Fact]
    public async Task Test_NHS_numbers_are_refused_unless_the_reading_allows_them()
    {
        var specification = Dataset("  - { name: nhs, header: nhs, type: nhs-number, role: identity, sensitivity: personal, description: d, source: ours }", null);
        var (outcome, _) = await Reading.ReadAsync("nhs\n9990548609\n", specification);
        Assert.Equal(1, outcome.Counts["nhs-number.test-only"]);
        (outcome, var rows) = await Reading.ReadAsync("nhs\n9990548609\n", specification, new() { AsOf = AsOf, TestNhsNumbers = true });
        Assert.Equal(ExtractState.Accepted, outcome.State);
        Assert.Equal(["2:9990548609"], rows);
    }

    [Fact]
    public async Task A_rule_is_silent_where_one_of_its_cells_is_refused_already()
    {
        var specification = Dataset(Dates("started", "ended"), "{ rule: order, earlier: started, later: ended }");
        var (outcome, _) = await Reading.ReadAsync("started,ended\n02/02/2013,x\n02/02/2013,01/02/2013\n", specification);
        Assert.Equal(["date.format B2", "row.date-order B3"], outcome.Places());
    }

    [Theory]
    [InlineData("{ rule: sum, total: total, of: [a, b] }", "3,1,x", "number.format C2")]
    [InlineData("{ rule: required-when, column: a, when: kind, is: [one] }", "3,x,1,one", "number.format B2")]
    public async Task A_rule_does_not_take_a_refused_cell_for_a_blank_one(string rule, string row, string place)
    {
        var columns = Numbers("total", "a", "b") + "\n  - { name: kind, header: kind, type: code, codes: { one: [], two: [] }, role: indicator, sensitivity: personal, description: d, source: ours }";
        var (outcome, _) = await Reading.ReadAsync($"total,a,b,kind\n{row}\n", Dataset(columns, rule));
        Assert.Equal([place], outcome.Places().Where(found => !found.StartsWith("row.trailing", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rule_is_told_where_another_cell_or_an_earlier_row_is_refused()
    {
        var specification = Dataset(Dates("started", "ended", "other"), "{ rule: order, earlier: started, later: ended }");
        var (outcome, _) = await Reading.ReadAsync("started,ended,other\nx,01/02/2013,\n02/02/2013,01/02/2013,x\n", specification);
        Assert.Equal(["date.format A2", "date.format C3", "row.date-order B3"], outcome.Places());
    }

    private static async Task Expect(string columns, string rule, string row, string? place, DateOnly? asOf = null)
    {
        var specification = Dataset(columns, rule);
        var header = string.Join(',', specification.Columns.Select(column => column.Header));
        var (outcome, rows) = await Reading.ReadAsync($"{header}\n{row}\n", specification, new() { AsOf = asOf ?? AsOf });
        Assert.Equal(place is null ? [] : [place], outcome.Places());
        Assert.Equal(place is null ? 1 : 0, rows.Count);
    }

    private static async Task<string> ExpectedAsync(string columns, string rule, string row, DateOnly? asOf = null)
    {
        var specification = Dataset(columns, rule);
        var (outcome, _) = await Reading.ReadAsync($"{string.Join(',', specification.Columns.Select(column => column.Header))}\n{row}\n", specification, new() { AsOf = asOf ?? AsOf });
        return Assert.Single(outcome.Findings).Expected;
    }

    private static string Numbers(params string[] names) => Columns([.. names.Select(name => (name, "whole-number"))]);

    private static string Dates(params string[] names) => Columns([.. names.Select(name => (name, "date"))]);

    private static string Columns(params (string Name, string Type)[] columns) => string.Join('\n', columns.Select(column =>
        $"  - {{ name: {column.Name}, header: {column.Name}, type: {column.Type}, role: indicator, sensitivity: personal, description: d, source: ours }}"));

    private static DatasetSpecification Dataset(string columns, string? rule) => Reading.Specification(
        "dataset: rules\nversion: 1\ntitle: t\nsource: ours\nrefusals: { max_percent: 100 }\ncolumns:\n" + columns + (rule is null ? "\n" : $"\nrules:\n  - {rule}\n"));
}
