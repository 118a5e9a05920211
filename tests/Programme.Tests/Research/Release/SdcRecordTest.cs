using System.Text.Json;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Research.Release;

namespace TfFlow.Programme.Tests.Research.Release;

public class SdcRecordTest
{
    private static readonly CountRules Rules = new() { ReaderKnows = KnownTotals.None };
    private static readonly DateTimeOffset Now = new(2015, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "two people")]
    [InlineData("ann", "two people")]
    [InlineData("ann ANN", "two people")]
    [InlineData("ann bob", null)]
    [InlineData("ann rita", "cannot approve")]
    [InlineData("ann bob Rita", "cannot approve")]
    public void Two_people_release_and_neither_is_the_requester(string approvers, string? obstacle)
    {
        var record = Record() with { Approvals = [.. approvers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(who => new SdcApproval(who, "asset owner", Now))] };

        if (obstacle is null)
        {
            Assert.Empty(record.Obstacles());
        }
        else
        {
            Assert.Contains(record.Obstacles(), found => found.Contains(obstacle, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_rule_that_did_not_pass_a_finding_or_no_rule_at_all_stands_in_the_way()
    {
        var approved = Record() with { Approvals = [new("ann", "asset owner", Now), new("bob", "information governance", Now)] };

        Assert.Single((approved with { Rules = [new("k-anonymity", "10", "4", Passed: false)] }).Obstacles());
        Assert.Single((approved with { Review = [new(ReviewReason.LowCounts, "t.csv", "2 counts")] }).Obstacles());
        Assert.Single((approved with { Rules = [] }).Obstacles());
    }

    [Fact]
    public void It_is_written_under_stable_names_and_read_back()
    {
        var record = Record() with { Approvals = [new("ann", "asset owner", Now)], Review = [new(ReviewReason.FileType, "t.exe", "no")] };
        var json = JsonDocument.Parse(record.ToJson()).RootElement;

        Assert.Equal(
            ["release", "recipient", "requester", "preparedAt", "tool", "configuration", "rules", "risk", "review", "approvals"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["rule", "threshold", "result", "passed"], json.GetProperty("rules")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("FileType", json.GetProperty("review")[0].GetProperty("reason").GetString());
        Assert.Equal(record.ToJson(), SdcRecord.Parse(record.ToJson()).ToJson());
    }

    [Fact]
    public void Reviewers_reasons_are_looked_for_in_their_order()
    {
        ReleaseFile file = new() { Name = "table.xlsx", Counts = [12, 5, null, 0], Figures = 3, FiguresWithCounts = 1 };

        Assert.Equal(Enum.GetValues<ReviewReason>(), ReleaseReview.Check([file], Rules).Select(finding => finding.Reason));
        Assert.Equal(
            [ReviewReason.UnroundedCounts, ReviewReason.MissingContext, ReviewReason.LowCounts, ReviewReason.MissingUnderlyingData, ReviewReason.FileType],
            Enum.GetValues<ReviewReason>());
    }

    [Fact]
    public void A_file_as_it_should_be_is_not_sent_back() => Assert.Empty(ReleaseReview.Check(
        [new() { Name = "table.csv", Context = "Families on the programme, 2014, by outcome.", Counts = [20, null, 0], Figures = 1, FiguresWithCounts = 1 }], Rules));

    [Fact]
    public void No_finding_quotes_a_count() =>
        Assert.All(ReleaseReview.Check([new() { Name = "t.csv", Counts = [7777, 3] }], Rules), finding => Assert.DoesNotContain("7777", finding.What, StringComparison.Ordinal));

    private static SdcRecord Record() => new()
    {
        Release = "r1",
        Recipient = "evaluation",
        Requester = "rita",
        PreparedAt = Now,
        Tool = "tfflow 0.1.0",
        Configuration = "national evaluation 1",
        Rules = [new("k-anonymity", "10", "12", Passed: true)],
    };
}
