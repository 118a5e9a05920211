using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class MatchingPlanTest
{
    [Fact]
    public void The_plan_that_ships_is_read_and_says_what_it_matches_by()
    {
        var plan = MatchingPlan.Shipped;
        Assert.Equal("leicester-city", plan.Authority);
        Assert.Equal("phase-1-002@1", plan.Programme.Name);
        Assert.Equal(28, plan.ReviewDays);
        Assert.Equal(2, plan.Terms.Last(3, new(2025, 11, 3)).Count());
    }

    [Theory]
    [InlineData("programme: phase-9@1", "there is no programme")]
    [InlineData("review_days: 91", "from 1 to 90")]
    [InlineData("keep_months: 0", "at least 1")]
    [InlineData("terms: [{ from: 2025-09-01, to: 2025-08-01 }]", "ends before it starts")]
    [InlineData("surprise: yes", "means anything")]
    public void A_plan_that_cannot_be_is_refused_with_its_line(string line, string why)
    {
        var name = line[..line.IndexOf(':', StringComparison.Ordinal)];
        var text = string.Join('\n', ((string[])["authority: a", "programme: phase-2-001@1"]).Where(other => !other.StartsWith(name, StringComparison.Ordinal)).Append(line));
        var refused = Assert.Throws<DocumentException>(() => MatchingPlan.Read("plan.yaml", new StringReader(text)));
        Assert.Contains("plan.yaml", refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_families_is_the_programmes_unless_the_plan_says_another()
    {
        Assert.Equal(4200, Plan("").Programme.Families!.Families);
        Assert.Equal(new AgreedNumber(60, "ours"), Plan("families: { agreed: 60, source: ours }").Programme.Families);
        Assert.Null(MatchingPlan.Shipped.Programme.Families);

        static MatchingPlan Plan(string line) => MatchingPlan.Read("plan.yaml", new StringReader($"authority: a\nprogramme: phase-2-001@1\n{line}\n"));
    }
}
