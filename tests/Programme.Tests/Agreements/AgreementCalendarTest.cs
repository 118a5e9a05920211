using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Tests.Agreements;

public sealed class AgreementCalendarTest
{
    private static readonly Agreement Trial = Agreements.Trial.Catalogue().Versions[0];

    [Theory]
    [InlineData("monthly", "2025-10-15", "2025-09 2025-09-30 Overdue; 2025-10 2025-10-31 Awaited")]
    [InlineData("monthly", "2025-01-15", "2025-01 2025-01-31 Awaited")] // December is before the agreement
    [InlineData("monthly", "2025-03-31", "2025-02 2025-02-28 Overdue; 2025-03 2025-03-31 Awaited")]
    [InlineData("weekly", "2025-10-15", "week of 2025-10-06 2025-10-12 Overdue; week of 2025-10-13 2025-10-19 Awaited")]
    [InlineData("weekly", "2025-10-13", "week of 2025-10-06 2025-10-12 Overdue; week of 2025-10-13 2025-10-19 Awaited")]
    [InlineData("weekly", "2025-10-12", "week of 2025-09-29 2025-10-05 Overdue; week of 2025-10-06 2025-10-12 Awaited")]
    [InlineData("daily", "2025-10-15", "2025-10-14 2025-10-14 Overdue; 2025-10-15 2025-10-15 Awaited")]
    [InlineData("termly", "2025-10-15", "summer term 2025 2025-08-31 Overdue; autumn term 2025 2025-12-31 Awaited")]
    [InlineData("termly", "2025-05-15", "spring term 2025 2025-03-31 Overdue; summer term 2025 2025-08-31 Awaited")]
    [InlineData("termly", "2026-02-15", "autumn term 2025 2025-12-31 Overdue; spring term 2026 2026-03-31 Awaited")]
    [InlineData("as-required", "2025-10-15", "")]
    [InlineData("once", "2025-10-15", "")]
    [InlineData("", "2025-10-15", "")]
    public void A_rhythm_makes_periods(string often, string day, string expected)
    {
        var agreement = Agreements.Trial.Catalogue(("how_often: monthly", $"how_often: {often}")).Versions[0];
        Assert.Equal(expected, Text(AgreementCalendar.At(Day(day), [agreement], (_, _, _) => [])));
    }

    [Theory]
    [InlineData("", "Overdue Awaited")]
    [InlineData("2025-08-31", "Overdue Awaited")]
    [InlineData("2025-10-01", "Received Awaited")] // late: September's, and October still expects its own
    [InlineData("2025-10-01 2025-10-14", "Received Received")]
    [InlineData("2025-09-10", "Overdue Awaited")] // August's, which was overdue
    [InlineData("2025-09-10 2025-09-30", "Received Awaited")]
    [InlineData("2025-08-10 2025-08-31 2025-09-30", "Received Awaited")]
    [InlineData("2025-08-10 2025-08-20 2025-08-21 2025-08-31", "Overdue Awaited")] // nothing comes so early that a month not begun is answered
    [InlineData("2025-10-14 2025-08-10 2025-10-01 2025-08-31", "Received Received")]
    [InlineData("2025-09-02 2025-10-02", "Received Awaited")] // a day or two late each month
    public void A_file_answers_one_period_the_overdue_one_first(string accepted, string states) => Assert.Equal(
        states,
        string.Join(' ', AgreementCalendar.At(
            new(2025, 10, 15), [Trial], (exchange, agency, _) => (exchange, agency) == ("trial-1", "sender") ? Days(accepted) : []).Select(expectation => expectation.State)));

    [Fact]
    public void A_period_before_anything_could_come_takes_no_file()
    {
        var first = AgreementCalendar.At(new(2025, 10, 15), [Trial], (_, _, _) => Days("2025-10-01"), since: new(2025, 10, 1));
        Assert.Equal(("2025-10", ExpectationState.Received), (Assert.Single(first).Period, first[0].State));

        var signed = Trial with { Parties = [Trial.Party("sender")! with { SignedOn = new(2025, 10, 1) }, Trial.Party("receiver")!] };
        Assert.Equal("2025-10 2025-10-31 Received", Text(AgreementCalendar.At(new(2025, 10, 15), [signed], (_, _, _) => Days("2025-10-02"))));
    }

    [Fact]
    public void An_agreement_not_in_force_expects_nothing()
    {
        Assert.Empty(AgreementCalendar.At(new(2024, 12, 31), [Trial], (_, _, _) => []));
        Assert.Empty(AgreementCalendar.At(new(2025, 10, 15), [Trial with { Ends = new(2025, 10, 14) }], (_, _, _) => []));
        Assert.NotEmpty(AgreementCalendar.At(new(2025, 10, 15), [Trial with { Ends = new(2025, 10, 15) }], (_, _, _) => []));
    }

    [Fact]
    public void Who_has_not_signed_is_not_expected_to_send()
    {
        var party = Trial.Party("sender")!;
        Agreement With(Party sender) => Trial with { Parties = [sender, Trial.Party("receiver")!] };
        Assert.NotEmpty(AgreementCalendar.At(new(2025, 10, 15), [With(party with { SignedOn = new(2025, 10, 15) })], (_, _, _) => []));
        Assert.Empty(AgreementCalendar.At(new(2025, 10, 15), [With(party with { SignedOn = new(2025, 10, 16) })], (_, _, _) => []));
        Assert.Empty(AgreementCalendar.At(new(2025, 10, 15), [With(party with { Tier1SignedOn = null })], (_, _, _) => []));
    }

    [Fact]
    public void Of_each_agreement_the_version_in_force_is_asked()
    {
        Assert.Equal(["leicestershire@2013-10-14"], Names(new(2025, 8, 31)));
        Assert.Equal(["leicestershire@2025-09-01"], Names(new(2025, 9, 1)));
        Assert.Empty(Names(new(2013, 1, 1)));

        static IEnumerable<string> Names(DateOnly day) => AgreementCatalogue.Shipped.InForce(day).Where(agreement => agreement.Id == "leicestershire").Select(agreement => agreement.Name);
    }

    [Fact]
    public void Each_sender_of_a_row_is_expected()
    {
        var leicestershire = AgreementCatalogue.Shipped.Find("leicestershire@2025-09-01")!;
        var districts = AgreementCalendar.At(new(2025, 10, 15), [leicestershire], (_, _, _) => []).Where(expectation => expectation is { Exchange.Text: "leicestershire-8", Period: "2025-10" });
        Assert.Equal(["blaby", "charnwood", "harborough", "hinckley-bosworth", "melton", "north-west-leicestershire", "oadby-wigston"], districts.Select(expectation => expectation.Agency));
    }

    [Fact]
    public void Each_organisation_that_an_agency_submits_for_is_expected()
    {
        var party = Trial.Party("sender")! with { Organisations = ["oak", "elm"] };
        var expected = AgreementCalendar.At(
            new(2025, 10, 15), [Trial with { Parties = [party, Trial.Party("receiver")!] }], (_, _, organisation) => organisation == "elm" ? [new DateOnly(2025, 10, 2)] : []);
        Assert.Equal(
            ["2025-09-30 sender, for elm Received", "2025-09-30 sender, for oak Overdue", "2025-10-31 sender, for elm Awaited", "2025-10-31 sender, for oak Awaited"],
            expected.Select(expectation => $"{expectation.Due:yyyy-MM-dd} {expectation.Sender} {expectation.State}"));
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly[] Days(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Day)];

    private static string Text(IEnumerable<Expectation> expectations) =>
        string.Join("; ", expectations.Select(expectation => $"{expectation.Period} {expectation.Due:yyyy-MM-dd} {expectation.State}"));
}
