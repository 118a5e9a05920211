using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

public class ConsentTest
{
    [Theory]
    [InlineData("p1:Given p2:Given", false, SupportBasis.Consent)]
    [InlineData("p1:Given p2:Given", true, SupportBasis.Consent)]
    [InlineData("p1:Given", false, SupportBasis.None)]
    [InlineData("p1:Given p2:Sought", false, SupportBasis.None)]
    [InlineData("p1:Given p2:Refused", false, SupportBasis.None)]
    [InlineData("p1:Given p2:Lapsed", false, SupportBasis.None)]
    [InlineData("p1:Given p2:Withdrawn", false, SupportBasis.None)]
    [InlineData("p1:Given p2:Withdrawn", true, SupportBasis.Duty)]
    [InlineData("", true, SupportBasis.Duty)]
    [InlineData("p1:Given p2:Given p3:Refused", false, SupportBasis.Consent)]
    public void Everyone_involved_consents_or_there_is_a_duty(string consents, bool duty, SupportBasis expected) =>
        Assert.Equal(expected, ConsentRules.Basis(["p1", "p2"], Parse(consents), duty ? Families.Duty : null));

    [Fact]
    public void Nobody_involved_is_nobodys_consent() => Assert.Equal(SupportBasis.None, ConsentRules.Basis([], [], null));

    [Fact]
    public void Consent_is_given_on_a_signed_form_after_the_notice()
    {
        var given = Families.Given("p1");

        Assert.Empty(given.ToGive());
        Assert.Single((given with { NoticeVersion = "" }).ToGive());
        Assert.Single((given with { SignedOn = null }).ToGive());
        Assert.Single((given with { SignedBy = "" }).ToGive());
        Assert.Single((given with { SignedOn = given.NoticeGivenOn.AddDays(-1) }).ToGive());
        Assert.Empty((given with { SignedOn = given.NoticeGivenOn }).ToGive());
    }

    [Fact]
    public void It_lapses_after_28_days() =>
        Assert.Equal(new(2014, 3, 14, 9, 0, 0, TimeSpan.Zero), Consent.Lapses(new(2014, 2, 14, 9, 0, 0, TimeSpan.Zero)).At);

    [Fact]
    public void Information_about_a_victim_needs_consent_sought_for_it()
    {
        var sought = Families.Given("p1") with { VictimInformation = true };

        Assert.True(ConsentRules.MayConsiderVictimInformation("p1", [sought]));
        Assert.False(ConsentRules.MayConsiderVictimInformation("p1", [Families.Given("p1")]));
        Assert.False(ConsentRules.MayConsiderVictimInformation("p1", [sought with { State = ConsentState.Withdrawn }]));
        Assert.False(ConsentRules.MayConsiderVictimInformation("p2", [sought]));
    }

    [Fact]
    public void A_gateway_is_not_a_duty()
    {
        string[] gateways = ["Crime and Disorder Act 1998 s115", "Children Act 2004 s10"];

        Assert.Empty(Families.Duty.ToRelyOn(gateways));
        Assert.Single((Families.Duty with { Enactment = "Crime and disorder Act 1998 S115" }).ToRelyOn(gateways));
        Assert.Single((Families.Duty with { Why = "" }).ToRelyOn(gateways));
        Assert.Equal(2, (Families.Duty with { Enactment = "", RecordedBy = "" }).ToRelyOn(gateways).Count);
    }

    [Theory]
    [InlineData(SupportBasis.None, true)]
    [InlineData(SupportBasis.Duty, false)]
    public void Withdrawal_stops_sharing_takes_the_marker_off_and_ends_support_without_a_duty(SupportBasis remains, bool ends)
    {
        var consequences = ConsentRules.OnWithdrawal(remains);

        Assert.Contains(WithdrawalConsequence.StopSharingThePerson, consequences);
        Assert.Contains(WithdrawalConsequence.RemoveMarker, consequences);
        Assert.Equal(ends, consequences.Contains(WithdrawalConsequence.EndSupport));
    }

    private static Consent[] Parse(string consents) =>
        [.. consents.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':')).Select(one => Families.Given(one[0]) with { State = Enum.Parse<ConsentState>(one[1]) })];
}
