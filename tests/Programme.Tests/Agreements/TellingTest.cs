using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Tests.Agreements;

/// <summary>What is told at a meeting, at the gate: seeds/002 App B row 18, §4.3.2.</summary>
public sealed class TellingTest
{
    private static readonly AgreementGate Gate = new(AgreementCatalogue.Shipped);

    private static GateRequest Telling => new()
    {
        Act = GateAct.Disclosure,
        Exchange = "leicestershire-18",
        Agency = "leicester-city",
        Recipient = "leicestershire-police",
        At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        Notices = [],
        Means = Means.FaceToFace,
        Use = Use.Management,
        Families = FamilyStanding.Allocated,
    };

    [Fact]
    public void A_party_that_signed_is_told_and_nothing_is_let_out_of_the_store()
    {
        var decision = Gate.Check(Telling);
        Assert.True(decision.Allowed, decision.Words);
        Assert.Null(decision.Grant);
        Assert.Contains("Children Act 2004 s10", decision.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_not_signed_is_told_only_under_the_meetings_confidentiality_agreement()
    {
        Assert.Equal(GateOutcome.NotSigned, Gate.Check(Telling with { Recipient = "a-housing-association" }).Outcome);
        Assert.Equal(GateOutcome.NotSigned, Gate.Check(Telling with { Recipient = GateRequest.Attendees }).Outcome);
        Assert.True(Gate.Check(Telling with { Recipient = GateRequest.Attendees, ConfidentialityAgreed = true }).Allowed);
        Assert.Equal(GateOutcome.WrongRecipient, Gate.Check(Telling with { Recipient = null }).Outcome);
    }

    [Fact]
    public void Only_by_means_of_the_row_about_families_of_the_row_and_by_its_senders()
    {
        Assert.Equal(GateOutcome.MeansNotAgreed, Gate.Check(Telling with { Means = Means.Telephone }).Outcome);
        Assert.Equal(GateOutcome.OutOfScope, Gate.Check(Telling with { Families = FamilyStanding.MeetsCriteria }).Outcome);
        Assert.Equal(GateOutcome.WrongSubmitter, Gate.Check(Telling with { Agency = "dwp" }).Outcome);
    }

    /// <remarks>seeds/002 App B row 18: face to face or secure email.</remarks>
    [Fact]
    public void What_is_told_by_secure_email_goes_to_whom_it_may_be_told_face_to_face()
    {
        var mailed = Telling with { Means = Means.SecureEmail };
        Assert.True(Gate.Check(mailed).Allowed);
        Assert.Equal(GateOutcome.NotSigned, Gate.Check(mailed with { Recipient = "a-housing-association" }).Outcome);
        Assert.Equal(GateOutcome.NotSigned, Gate.Check(mailed with { Recipient = GateRequest.Attendees }).Outcome);
        Assert.Equal(GateOutcome.WrongRecipient, Gate.Check(mailed with { Means = Means.InternalTransfer }).Outcome);
    }
}
