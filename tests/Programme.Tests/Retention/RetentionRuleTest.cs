using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Tests.Retention;

public sealed class RetentionRuleTest
{
    private static readonly DateTimeOffset Event = new(2014, 1, 31, 15, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("P0D", "2014-01-31T15:30:00Z")] // at once
    [InlineData("P1D", "2014-02-02T00:00:00Z")] // the whole of the next day
    [InlineData("P1M", "2014-03-01T00:00:00Z")] // 28 February is its last day
    [InlineData("P12M", "2015-02-01T00:00:00Z")]
    [InlineData("P7Y", "2021-02-01T00:00:00Z")]
    [InlineData("P1Y2M3D", "2015-04-04T00:00:00Z")]
    public void A_period_is_counted_by_the_calendar(string period, string due) =>
        Assert.Equal(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), Rule(period).Due(Event));

    [Fact]
    public void A_floor_is_never_undercut()
    {
        var rule = Rule("P12M") with { NotBefore = new DateOnly(2015, 6, 1) };
        Assert.Equal(new DateTimeOffset(2015, 6, 1, 0, 0, 0, TimeSpan.Zero), rule.Due(Event));
        Assert.Equal(new DateTimeOffset(2016, 2, 1, 0, 0, 0, TimeSpan.Zero), rule.Due(Event.AddYears(1)));
    }

    [Fact]
    public void An_event_counts_by_its_day_in_UTC() =>
        Assert.Equal(new DateTimeOffset(2014, 2, 2, 0, 0, 0, TimeSpan.Zero), Rule("P1D").Due(new DateTimeOffset(2014, 2, 1, 0, 30, 0, TimeSpan.FromHours(1))));

    [Theory]
    [InlineData("P7Y", 7, 0, 0)]
    [InlineData("P12M", 0, 12, 0)]
    [InlineData("P45D", 0, 0, 45)]
    [InlineData("P0D", 0, 0, 0)]
    [InlineData("P1Y6M15D", 1, 6, 15)]
    public void Periods_are_read_and_written_as_ISO_8601(string text, int years, int months, int days)
    {
        Assert.True(RetentionPeriod.TryParse(text, out var period));
        Assert.Equal(new RetentionPeriod(years, months, days), period);
        Assert.Equal(text, period.ToString());
    }

    [Theory]
    [InlineData("P")]
    [InlineData("")]
    [InlineData("12M")]
    [InlineData("PT1H")]
    [InlineData("P1W")]
    [InlineData("P-1D")]
    [InlineData("P1D\n")]
    [InlineData("P٣D")]
    public void Anything_else_is_no_period(string text) => Assert.False(RetentionPeriod.TryParse(text, out _));

    private static RetentionRule Rule(string period) =>
        new("r", RetentionClass.OnProgramme, ClockEvent.CaseClosed, RetentionPeriod.TryParse(period, out var parsed) ? parsed : default, null, "ours");
}
