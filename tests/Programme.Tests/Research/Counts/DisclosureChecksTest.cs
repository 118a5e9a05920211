using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Tests.Research.Counts;

public class DisclosureChecksTest
{
    [Fact]
    public void A_row_of_nobody_or_of_everybody_in_a_category_is_found()
    {
        var table = new CountTable(["a", "b", "c", "d"], ["yes", "no"], [20, 30, 0, 40, 50, 0, 0, 0]);

        Assert.Equal(
            [new(new(1, 0), ClassShare.None), new(new(1, 1), ClassShare.All), new(new(2, 0), ClassShare.All), new(new(2, 1), ClassShare.None)],
            ClassDisclosure.Find(table));
    }

    [Fact]
    public void A_list_has_no_shares() => Assert.Empty(ClassDisclosure.Find(new CountTable(["a"], ["n"], [20])));

    [Theory]
    // Two largest 90 of 100: not more than 90 %. Without them 10 is not less than 10 % of 50.
    [InlineData("50 40 10", false, false)]
    // 91 of 100. 9 is not less than 5.
    [InlineData("50 41 9", true, false)]
    // 97 of 100; 3 is less than 5.
    [InlineData("50 47 3", true, true)]
    // 4 of 84 remain: 95 % and less than 10 % of 60.
    [InlineData("60 20 4", true, true)]
    [InlineData("10 10 10 10 10", false, false)]
    [InlineData("10", true, true)]
    [InlineData("0 0", false, false)]
    [InlineData("", false, false)]
    public void Dominance_of_two_over_90_per_cent_and_nearness_of_10(string amounts, bool dominated, bool nearlyKnown)
    {
        var (rule, given) = (new Dominance(), amounts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(decimal.Parse).ToArray());

        Assert.Equal((dominated, nearlyKnown), (rule.IsDominated(given), rule.IsNearlyKnown(given)));
        Assert.Equal(!dominated && !nearlyKnown, rule.IsSafe(given));
    }
}
