using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Tests.Agreements;

public sealed class AgreementComparisonTest
{
    [Theory]
    [InlineData("uses: [identification]", "uses: [identification, baseline]", ChangeKind.BecameAllowed, "trial-1", "used for baseline")]
    [InlineData("uses: [identification]", "uses: [baseline]", ChangeKind.BecameRefused, "trial-1", "used for identification")]
    [InlineData("means: [sealed-drop]", "means: []", ChangeKind.BecameRefused, "trial-1", "by sealed-drop")]
    [InlineData("means: [sealed-drop]", "means: [sealed-drop, plain-drop]", ChangeKind.BecameAllowed, "trial-1", "by plain-drop")]
    [InlineData("from: [sender]", "from: [sender, receiver]", ChangeKind.BecameAllowed, "trial-1", "sent by receiver")]
    [InlineData("to: [receiver]", "to: []", ChangeKind.BecameRefused, "trial-1", "sent to receiver")]
    [InlineData("dataset: benefits", "dataset:", ChangeKind.BecameRefused, "trial-1", "dataset benefits")]
    [InlineData("how_often: monthly", "how_often: weekly", ChangeKind.Changed, "trial-1", "how often: weekly instead of monthly")]
    [InlineData("how_often: monthly", "how_often:", ChangeKind.Changed, "trial-1", "how often: blank instead of monthly")]
    [InlineData("how_often: monthly", "judgement: true", ChangeKind.BecameRefused, "trial-1", "without the sender's judgement")]
    [InlineData("how_often: monthly", "withheld: [ended]", ChangeKind.BecameRefused, "trial-1", "column ended")]
    [InlineData("how_often: monthly", "scope: allocated", ChangeKind.BecameRefused, "trial-1", "about allocated instead of anyone")]
    [InlineData("retention: [r]", "retention: []", ChangeKind.Changed, "trial-1", "retention rules:  instead of r")]
    [InlineData("batch_ceiling: 200", "batch_ceiling: 100", ChangeKind.BecameRefused, "agreement", "batches up to 100 rows instead of 200 rows")]
    [InlineData("batch_ceiling: 200", "", ChangeKind.BecameAllowed, "agreement", "batches up to any size instead of 200 rows")]
    [InlineData("marking_ceiling: restricted", "marking_ceiling: protect", ChangeKind.BecameRefused, "agreement", "marking up to protect instead of restricted")]
    [InlineData("marking_ceiling: restricted", "marking_ceiling: secret", ChangeKind.BecameAllowed, "agreement", "marking up to secret instead of restricted")]
    [InlineData("owner: An owner", "owner: An owner\nvictims_and_witnesses_with_consent: true", ChangeKind.BecameAllowed, "agreement", "rows about victims and witnesses whose consent was specifically sought")]
    [InlineData("owner: An owner", "owner: An owner\nends: 2026-01-01", ChangeKind.Changed, "agreement", "end: 2026-01-01 instead of none")]
    [InlineData("period: P0D", "period: P7Y", ChangeKind.Changed, "r", "retention: 7 years after it was received instead of at once when it was received")]
    [InlineData("period: P0D", "period: P0D, not_before: 2026-01-01", ChangeKind.Changed, "r", "retention: at once when it was received, and not before 1 January 2026 instead of at once when it was received")]
    [InlineData("signed: 2025-01-01, tier_1_signed: 2025-01-01 # sender", "signed: 2025-01-01", ChangeKind.BecameRefused, "sender", "is no longer a party that has signed")]
    [InlineData("gateways: [A gateway]", "gateways: [Another gateway]", ChangeKind.Changed, "sender", "basis: Another gateway; A condition; Another condition; A third condition; A ground instead of A gateway; A condition; Another condition; A third condition; A ground")]
    public void A_changed_line_is_told_for_what_it_does(string line, string changed, ChangeKind kind, string subject, string words)
    {
        var earlier = Trial.Catalogue().Versions[0];
        var later = Trial.Catalogue((line, changed)).Versions[0];
        Assert.Contains(new AgreementChange(kind, subject, words), AgreementComparison.Compare(earlier, later));
        var opposite = kind switch
        {
            ChangeKind.BecameAllowed => ChangeKind.BecameRefused,
            ChangeKind.BecameRefused => ChangeKind.BecameAllowed,
            _ => ChangeKind.Changed,
        };
        Assert.Contains(AgreementComparison.Compare(later, earlier), change => change.Kind == opposite && change.Subject == subject);
    }

    [Fact]
    public void An_agreement_does_not_differ_from_itself() =>
        Assert.All(AgreementCatalogue.Shipped.Versions, agreement => Assert.Empty(AgreementComparison.Compare(agreement, agreement)));

    [Fact]
    public void An_exchange_that_comes_or_goes_is_told()
    {
        var (earlier, later) = (Trial.Catalogue().Versions[0], Trial.Catalogue(("id: trial-1", "id: trial-2")).Versions[0]);
        Assert.Equal(
            [new(ChangeKind.BecameRefused, "trial-1", "sender to receiver: Something"), new(ChangeKind.BecameAllowed, "trial-2", "sender to receiver: Something")],
            AgreementComparison.Compare(earlier, later));
    }
}
