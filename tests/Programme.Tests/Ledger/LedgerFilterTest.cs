using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;

namespace TfFlow.Programme.Tests.Ledger;

public class LedgerFilterTest
{
    [Theory]
    [InlineData("disclosure.tell", "To help. Told by telephone on 2026-03-02: health.", Means.Telephone)]
    [InlineData("disclosure.tell", "To help. Told by secure email on 2026-03-02: health.", Means.SecureEmail)]
    [InlineData("disclosure.tell", "To help. Told face-to-face on 2026-03-02: health.", Means.FaceToFace)]
    [InlineData("list.send", "To help. Given by secure email.", Means.SecureEmail)]
    [InlineData("file.give", "To help. Given by sealed drop.", Means.SealedDrop)]
    public void A_disclosure_is_found_by_its_means_and_among_all_disclosures(string act, string purpose, Means means)
    {
        var entry = Entry(act, purpose);

        Assert.True(new LedgerFilter { Disclosures = true }.Matches(entry));
        Assert.Equal([means], Enum.GetValues<Means>().Where(other => new LedgerFilter { Means = other }.Matches(entry)));
    }

    [Fact]
    public void What_went_to_nobody_is_no_disclosure_whatever_its_purpose_says()
    {
        var entry = Entry("case.read-people", "Told by telephone on 2026-03-02: health.");

        Assert.False(new LedgerFilter { Disclosures = true }.Matches(entry));
        Assert.False(new LedgerFilter { Means = Means.Telephone }.Matches(entry));
        Assert.True(new LedgerFilter().Matches(entry));
    }

    private static LedgerEntry Entry(string act, string purpose) => new(
        new LedgerAct { ActId = act, Act = act, Actor = "a", Purpose = purpose }, EntryKind.Outcome, new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
}
