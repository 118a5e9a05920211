using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

public class LegalHoldTest
{
    private static readonly LegalHold Hold = new("h1", LegalHoldState.InForce, "counsel", "a claim is expected", ["x1", "x2"], new(2014, 1, 10), new(2014, 7, 10));

    [Fact]
    public void It_says_who_why_what_exactly_and_when_it_is_reviewed()
    {
        Assert.Empty(Hold.ToOrder());
        Assert.Single((Hold with { By = "" }).ToOrder());
        Assert.Single((Hold with { Why = "" }).ToOrder());
        Assert.Single((Hold with { Things = [] }).ToOrder());
        Assert.Single((Hold with { Things = ["x*"] }).ToOrder());
        Assert.Single((Hold with { ReviewOn = Hold.From }).ToOrder());
        Assert.Empty((Hold with { ReviewOn = new(2015, 1, 10) }).ToOrder());
        Assert.Single((Hold with { ReviewOn = new(2015, 1, 11) }).ToOrder());
    }

    [Theory]
    [InlineData("x1", "2014-01-10", true)]
    [InlineData("x1", "2014-01-09", false)]
    [InlineData("x3", "2014-01-10", false)]
    // Past its review, it is overdue and still holds.
    [InlineData("x2", "2016-01-01", true)]
    public void It_covers_what_it_names_from_its_day_until_released(string thing, string day, bool covers) => Assert.Equal(covers, Hold.Covers(thing, Day(day)));

    [Fact]
    public void Released_it_covers_nothing() => Assert.False((Hold with { State = LegalHoldState.Released }).Covers("x1", Day("2014-02-01")));

    [Theory]
    [InlineData("2014-07-10", false)]
    [InlineData("2014-07-11", true)]
    public void Its_review_is_overdue_the_day_after(string day, bool overdue) => Assert.Equal(overdue, Hold.IsOverdue(Day(day)));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");
}
