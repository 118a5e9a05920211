using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Tests.Agreements;

public sealed class AgreementNoticeTest
{
    private static readonly DateTimeOffset Given = new(2025, 10, 10, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_days_of_the_agreement_are_these() =>
        Assert.Equal((45, 14, 30), (AgreementNotice.SuspensionDays, AgreementNotice.MeetingDays, AgreementNotice.NoticeDays));

    [Fact]
    public void A_suspension_begins_at_once_and_lapses()
    {
        var notice = AgreementNotice.Suspend("a", "b", Given);
        Assert.Equal((NoticeKind.Suspension, Given, Given.AddDays(45)), (notice.Kind, notice.From, notice.Until));
        Assert.False(notice.Holds(Given.AddTicks(-1)));
        Assert.True(notice.Holds(Given));
        Assert.False(notice.Holds(Given.AddDays(45)));
    }

    [Fact]
    public void Withdrawal_and_termination_begin_after_30_days_for_good()
    {
        foreach (var notice in new[] { AgreementNotice.Withdraw("a", "b", Given), AgreementNotice.Terminate("a", "b", Given) })
        {
            Assert.False(notice.Holds(Given.AddDays(30).AddTicks(-1)));
            Assert.True(notice.Holds(Given.AddDays(30)));
            Assert.True(notice.Holds(Given.AddYears(100)));
            Assert.Equal(("a", "b"), (notice.Agreement, notice.By.Text));
        }
    }

    [Theory]
    [InlineData("leicestershire@2013-10-14", "2014-10-14", 60, 0)]
    [InlineData("bristol@2015-04-13", "2016-04-13", 12, 3)]
    public void Reviews_are_due_as_the_documents_say(string name, string due, int months, int questions)
    {
        var review = AgreementCatalogue.Shipped.Find(name)!.Review;
        Assert.Equal((DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), months, questions), (review.Due, review.EveryMonths, review.Questions.Count));
    }

    [Theory]
    [InlineData("national-police@2013-04-01", "2015-05-31")]
    [InlineData("bristol@2015-04-13", "2020-03-31")]
    [InlineData("leicestershire@2013-10-14", null)]
    public void Agreements_end_as_the_documents_say(string name, string? end) => Assert.Equal(
        end is null ? null : DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
        AgreementCatalogue.Shipped.Find(name)!.Ends);
}
