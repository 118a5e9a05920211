using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Tests.Agreements;

public sealed class AgreementDocumentsTest
{
    [Theory]
    [InlineData("id: trial\n", "", "trial-1.yaml, line 1: 'id' is missing")]
    [InlineData("title: A trial\n", "", "trial-1.yaml, line 1: 'title' is missing")]
    [InlineData("title: A trial", "title:", "trial-1.yaml, line 2: 'title' is missing")]
    [InlineData("title: A trial", "title: [A trial]", "trial-1.yaml, line 2: 'title' is expected to be a text")]
    [InlineData("title: A trial", "titel: A trial\ntitle: A trial", "trial-1.yaml, line 2: 'titel' is not a key that means anything here")]
    [InlineData("dated: 2025-01-01", "dated: 01/01/2025", "trial-1.yaml, line 3: 'dated' is expected to be a date like 2013-10-14, before 2200")]
    [InlineData("dated: 2025-01-01", "dated: 9999-12-31", "trial-1.yaml, line 3: 'dated' is expected to be a date like 2013-10-14, before 2200")]
    [InlineData("marking_ceiling: restricted", "marking_ceiling: hush", "trial-1.yaml, line 8: 'marking_ceiling' is expected to be one of: not-protectively-marked, protect, restricted, confidential, secret, top-secret")]
    [InlineData("batch_ceiling: 200", "batch_ceiling: many", "trial-1.yaml, line 9: 'batch_ceiling' is expected to be a whole number")]
    [InlineData("batch_ceiling: 200", "victims_and_witnesses_with_consent: maybe", "trial-1.yaml, line 9: 'victims_and_witnesses_with_consent' is expected to be true or false")]
    [InlineData("review: { due: 2026-01-01, source: ours }", "review: soon", "trial-1.yaml, line 10: 'review' is expected to be a mapping")]
    [InlineData("review: { due: 2026-01-01, source: ours }\n", "", "trial-1.yaml, line 1: 'review' is missing")]
    [InlineData("gateways: [A gateway]", "gateways: A gateway", "trial-1.yaml, line 13: 'gateways' is expected to be a list")]
    [InlineData("gateways: [A gateway]", "gateways: [[A]]", "trial-1.yaml, line 13: each of 'gateways' is expected to be a text")]
    [InlineData("basis: b, signed: 2025-01-01, tier_1_signed: 2025-01-01 # sender", "basis: c", "trial-1.yaml, line 20: party 'sender' relies on the basis 'c', which is not there")]
    [InlineData("exclusions: []", "exclusions: [nothing]", "trial-1.yaml, line 29: each of 'exclusions' is expected to be a mapping")]
    [InlineData("period: P0D", "period: soon", "trial-1.yaml, line 28: 'period' is expected to be an ISO 8601 calendar period like P12M or P0D")]
    [InlineData("uses: [identification]", "uses: [everything]", "trial-1.yaml, line 37: 'uses' is expected to be one of: identification, baseline, key-worker, management, research, profiling")]
    [InlineData("uses: [identification]", "uses: [research]", "trial-1.yaml, line 37: exchange 'trial-1' has a use no purpose of the agreement answers")]
    [InlineData("dataset: benefits", "dataset: gossip", "trial-1.yaml, line 36: 'dataset' names 'gossip', which has no specification")]
    [InlineData("how_often: monthly", "withheld: [gossip]", "trial-1.yaml, line 38: 'withheld' names 'gossip', which is no column of the dataset")]
    [InlineData("to: [receiver]", "to: [stranger]", "trial-1.yaml, line 34: exchange 'trial-1' names 'stranger', which is no party")]
    [InlineData("retention: [r]", "retention: [s]", "trial-1.yaml, line 40: exchange 'trial-1' names the retention rule 's', which is not there")]
    [InlineData("to: [receiver]", "to: [receiver", "trial-1.yaml, line 34: not valid YAML")]
    [InlineData("title: A trial", "title: A trial\ntitle: Twice", "trial-1.yaml, line 3: 'title' is there twice, first on line 2")]
    [InlineData("title: A trial", "title: &a A trial\nowner: *a", "trial-1.yaml, line 2: anchors and tags are not used in these documents")]
    public void A_faulty_document_is_refused_naming_file_and_line(string line, string changed, string message)
    {
        var exception = Assert.Throws<DocumentException>(() => Trial.Catalogue((line, changed)));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal("trial-1.yaml", exception.File);
        Assert.Equal($"trial-1.yaml, line {exception.Line}: {exception.Problem}", exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a list")]
    [InlineData("just a text")]
    [InlineData("id: a\n---\nid: b")]
    public void What_is_no_document_is_refused(string text) => Assert.Throws<DocumentException>(() => Trial.Load(text));

    [Fact]
    public void Damaged_documents_are_refused_or_read_and_nothing_else() => Prop.ForAll(
        Gen.Choose(0, Trial.Document.Length - 1).Zip(Gen.Elements('[', '{', ':', '-', '"', '\'', '#', '&', '*', '!', '|', '>', '%', '@', '\n', '\t', ' ', '\0', '?', ',')).ToArbitrary(), sample =>
        {
            var (at, c) = sample;
            var exception = Record.Exception(() => Trial.Load(string.Concat(Trial.Document.AsSpan(0, at), [c], Trial.Document.AsSpan(at + 1))));
            return exception is null or DocumentException;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_document_nested_without_end_is_refused() =>
        Assert.Throws<DocumentException>(() => Trial.Load(string.Concat(Enumerable.Repeat("[", 1000)) + string.Concat(Enumerable.Repeat("]", 1000))));

    [Fact]
    public void An_amendment_is_laid_over_what_it_amends()
    {
        var catalogue = Trial.Load(
            """
            amends: trial@2025-01-01
            id: trial
            dated: 2025-06-01
            in_force_from: 2025-06-01
            changes: [Something changed.]
            purposes:
              - { id: research, use: research, words: To know., source: ours }
            exchanges:
              - { id: trial-1, means: [plain-drop], how_often: }
              - { id: trial-2, from: [sender], to: [receiver], information: More, uses: [research], means: [], retention: [], source: ours }
            """, Trial.Document + "\nchanges: [The first.]\nends: 2026-12-31\n");
        Assert.Equal(["trial@2025-01-01", "trial@2025-06-01"], catalogue.Versions.Select(version => version.Name));
        var amended = catalogue.Versions[1];
        Assert.Equal("trial@2025-01-01", amended.BuildsOn);
        Assert.Equal(["Something changed."], amended.Changes); // not inherited
        Assert.Equal(new DateOnly(2026, 12, 31), amended.Ends);
        Assert.Equal(3, amended.Purposes.Count);
        Assert.Equal(2, amended.Exchanges.Count);
        Assert.Equal([Means.PlainDrop], amended.Exchanges[0].Means);
        Assert.Null(amended.Exchanges[0].HowOften);
        Assert.Equal("Something", amended.Exchanges[0].Information);
        Assert.Equal("A trial", amended.Title);
    }

    [Fact]
    public void A_fault_in_an_amendment_is_placed_in_the_amendment()
    {
        var exception = Assert.Throws<DocumentException>(() => Trial.Load(Trial.Document, "amends: trial@2025-01-01\nid: trial\ndated: 2025-06-01\nin_force_from: 2025-06-01\nexchanges:\n  - { id: trial-1, means: [pigeon] }\n"));
        Assert.StartsWith("trial-2.yaml, line 6: 'means' is expected to be one of", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amends: other@2025-01-01", "names 'other@2025-01-01', which is not there")]
    [InlineData("amends: loop@2025-06-01", "builds on itself")]
    public void An_amendment_of_nothing_is_refused(string amends, string message) => Assert.Contains(
        message,
        Assert.Throws<DocumentException>(() => Trial.Load($"{amends}\nid: loop\ndated: 2025-06-01\nin_force_from: 2025-06-01\n")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_exchange_in_two_agreements_is_refused() => Assert.Contains(
        "'trial-1' is in more than one agreement",
        Assert.Throws<DocumentException>(() => Trial.Load(Trial.Document, Trial.Changed(Trial.Document, ("id: trial\n", "id: other\n")))).Message,
        StringComparison.Ordinal);
}
