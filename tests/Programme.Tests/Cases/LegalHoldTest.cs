using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

public class LegalHoldTest
{
    private static readonly LegalHold Hold = new(LegalHoldState.InForce, "counsel", HoldReason.LegalClaim, new('a', 64), ["x1", "x2"], new(2014, 1, 10), new(2014, 7, 10));
    private static readonly LegalHold Released = Hold with { State = LegalHoldState.Released };

    [Fact]
    public void It_says_who_why_what_exactly_and_when_it_is_reviewed()
    {
        Assert.Empty(Hold.ToPlace());
        Assert.Single((Hold with { By = "" }).ToPlace());
        Assert.Single((Hold with { Why = HoldReason.None }).ToPlace());
        Assert.Single((Hold with { Why = (HoldReason)99 }).ToPlace());
        Assert.Single((Hold with { OrderHash = "" }).ToPlace());
        Assert.Single((Hold with { References = [] }).ToPlace());
        Assert.Single((Hold with { References = ["x*"] }).ToPlace());
        Assert.Single((Hold with { References = [""] }).ToPlace());
        Assert.Empty((Hold with { References = References(LegalHold.MaxThings) }).ToPlace());
        Assert.Single((Hold with { References = References(LegalHold.MaxThings + 1) }).ToPlace());
        Assert.Single((Hold with { ReviewOn = Hold.From }).ToPlace());
        Assert.Empty((Hold with { ReviewOn = new(2015, 1, 10) }).ToPlace());
        Assert.Single((Hold with { ReviewOn = new(2015, 1, 11) }).ToPlace());
    }

    [Theory]
    [InlineData("x1", true)]
    [InlineData("x2", true)]
    [InlineData("x3", false)]
    [InlineData("x", false)]
    public void It_covers_what_it_names_until_released(string thing, bool covers)
    {
        Assert.Equal(covers, Hold.Covers(thing));
        Assert.False(Released.Covers(thing));
    }

    [Theory]
    [InlineData("2014-07-10", false)]
    [InlineData("2014-07-11", true)]
    public void Its_review_is_overdue_the_day_after(string day, bool overdue)
    {
        Assert.Equal(overdue, Hold.IsOverdue(Day(day)));
        Assert.True(Hold.Covers("x1"));
        Assert.False(Released.IsOverdue(Day(day)));
    }

    [Theory]
    [InlineData("2014-07-10", "2015-07-10", true)]
    [InlineData("2014-07-10", "2015-07-11", false)]
    [InlineData("2014-07-10", "2014-07-10", false)]
    // Overdue or not, the year runs from the review.
    [InlineData("2016-02-01", "2017-02-01", true)]
    public void A_review_keeps_it_for_another_year_at_most(string today, string next, bool may) => Assert.Equal(may, Hold.ToReview(Day(today), Day(next)).Count == 0);

    [Fact]
    public void What_is_released_stays_released()
    {
        Assert.Empty(Hold.ToRelease());
        Assert.Single(Released.ToRelease());
        Assert.Single(Released.ToReview(Day("2014-07-10"), Day("2014-12-01")));
    }

    private static List<string> References(int count) => [.. Enumerable.Range(0, count).Select(i => $"x{i}")];

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");
}
