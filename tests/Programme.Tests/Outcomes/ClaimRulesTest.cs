using TfFlow.Programme.Cases;
using TfFlow.Programme.Outcomes;
using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Tests.Outcomes;

/// <summary>Payment by results: one claim a family, an audited sample, an anonymous return.</summary>
public class ClaimRulesTest
{
    private static readonly FamilyCase Shown =
        new() { Id = "c1", State = FamilyCaseState.OutcomesChecked, Outcome = OutcomeResult.Progress };

    [Fact]
    public void A_family_is_claimed_for_once_and_only_where_its_outcome_was_shown()
    {
        Assert.Empty(ClaimRules.ToMake(Shown, named: true, before: false));
        Assert.Empty(ClaimRules.ToMake(Shown with { State = FamilyCaseState.Reviewed, Outcome = OutcomeResult.Employment }, named: true,
            before: false));
        Assert.NotEmpty(ClaimRules.ToMake(Shown, named: true, before: true));
        Assert.NotEmpty(ClaimRules.ToMake(Shown, named: false, before: false));
        Assert.NotEmpty(ClaimRules.ToMake(Shown with { Outcome = OutcomeResult.NotShown }, named: true, before: false));
        Assert.NotEmpty(ClaimRules.ToMake(Shown with { Outcome = null }, named: true, before: false));
        Assert.NotEmpty(ClaimRules.ToMake(Shown with { State = FamilyCaseState.Completed }, named: true, before: false));
        Assert.NotEmpty(ClaimRules.ToMake(Shown with { State = FamilyCaseState.Erased }, named: true, before: false));
    }

    [Fact]
    public void A_sample_can_be_drawn_again_by_its_seed_in_whatever_order_the_claims_are()
    {
        string[] claims = [.. Enumerable.Range(0, 200).Select(claim => $"claim-{claim}")];
        var sample = ClaimRules.Sample(7, 10, claims);
        Assert.Equal(20, sample.Count);
        Assert.Equal(sample, ClaimRules.Sample(7, 10, [.. claims.Reverse()]));
        Assert.NotEqual(sample, ClaimRules.Sample(8, 10, claims));
        Assert.Single(ClaimRules.Sample(7, 1, ["one"]));
        Assert.Equal(claims.Length, ClaimRules.Sample(7, 100, claims).Count);

        // Over many seeds every claim is drawn about as often as any other.
        var drawn = Enumerable.Range(0, 1000).SelectMany(seed => ClaimRules.Sample(seed, 10, claims)).CountBy(claim => claim)
            .ToDictionary();
        Assert.All(claims, claim => Assert.InRange(drawn.GetValueOrDefault(claim), 60, 140));
    }

    [Fact]
    public void A_return_waits_for_the_internal_audit_and_leaves_out_what_it_did_not_confirm()
    {
        Assert.Empty(ClaimRules.ToReturn([ClaimState.Made, ClaimState.Confirmed, ClaimState.Rejected]));
        Assert.NotEmpty(ClaimRules.ToReturn([ClaimState.Made, ClaimState.Confirmed, ClaimState.Drawn]));
        Assert.NotEmpty(ClaimRules.ToReturn([ClaimState.Made]));
        Assert.NotEmpty(ClaimRules.ToReturn([ClaimState.Rejected]));
        Assert.NotEmpty(ClaimRules.ToReturn([]));
        Assert.Empty(ClaimRules.ToAudit(ClaimState.Drawn));
        Assert.All(Enum.GetValues<ClaimState>().Except([ClaimState.Drawn]), state => Assert.NotEmpty(ClaimRules.ToAudit(state)));
        Assert.False(ClaimStates.Transitions.Allows(ClaimState.Rejected, ClaimState.Returned));
    }

    [Fact]
    public void A_return_counts_by_quarter_and_suppresses_what_is_small()
    {
        CountedClaim[] claims =
        [
            .. Enumerable.Repeat(new CountedClaim(new(2026, 3, 31), OutcomeResult.Progress), 23),
            .. Enumerable.Repeat(new CountedClaim(new(2026, 4, 1), OutcomeResult.Progress), 31),
            .. Enumerable.Repeat(new CountedClaim(new(2026, 3, 1), OutcomeResult.Employment), 3),
            .. Enumerable.Repeat(new CountedClaim(new(2026, 5, 1), OutcomeResult.Employment), 12),
        ];
        var table = ClaimRules.Table(claims);
        Assert.Equal(["2026-Q1", "2026-Q2"], table.Source.Columns);
        Assert.Null(table[new(1, 0)]);
        Assert.DoesNotContain(table.Source.Cells, cell => table[cell] is { } count && count % 5 != 0);
        Assert.Empty(table.Exposed);
    }
}
