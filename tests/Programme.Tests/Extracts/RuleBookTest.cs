using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

public sealed class RuleBookTest
{
    [Fact]
    public void Every_rule_says_what_is_expected_what_to_do_and_who_rules_it() => Assert.All(RuleBook.All.Values, rule =>
    {
        Assert.Matches(@"\A[a-z-]+\.[a-z0-9-]+\z", rule.Code);
        Assert.Matches(@"\A\S.*[^.:]\z", rule.Expected);
        Assert.Matches(@"\A[A-Z].+\.\z", rule.Remedy);
        Assert.NotEmpty(rule.Source);
    });
}
