using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Tests.Agreements;

/// <summary>A small agreement of a sender and a receiver, to be changed line by line.</summary>
internal static class Trial
{
    public const string Document = """
        id: trial
        title: A trial
        dated: 2025-01-01
        in_force_from: 2025-01-01
        tier_1: The protocol above
        owner: An owner
        source: ours
        marking_ceiling: restricted
        batch_ceiling: 200
        review: { due: 2026-01-01, source: ours }
        bases:
          - id: b
            gateways: [A gateway]
            uk_gdpr_6: A condition
            uk_gdpr_9_or_10: Another condition
            dpa_2018: A third condition
            article_8: A ground
            source: ours
        parties:
          - { id: sender, name: Sender, source: ours, basis: b, signed: 2025-01-01, tier_1_signed: 2025-01-01 # sender
            }
          - { id: receiver, name: Receiver, source: ours, signed: 2025-01-01, tier_1_signed: 2025-01-01 # receiver
            }
        purposes:
          - { id: identify, use: identification, words: To identify., source: ours }
          - { id: measure, use: baseline, words: To measure., source: ours }
        retention:
          - { id: r, class: unmatched, clock: received, period: P0D, source: ours }
        exclusions: []
        consent: []
        exchanges:
          - id: trial-1
            from: [sender]
            to: [receiver]
            information: Something
            dataset: benefits
            uses: [identification]
            how_often: monthly
            means: [sealed-drop]
            retention: [r]
            source: ours
        """;

    private static readonly DateTimeOffset Now = new(2025, 10, 10, 9, 0, 0, TimeSpan.Zero);

    public static GateRequest Intake => new()
    {
        Act = GateAct.Intake,
        Exchange = "trial-1",
        Agency = "sender",
        At = Now,
        Notices = [],
        Means = Means.SealedDrop,
    };

    public static GateRequest Disclosure => Intake with { Act = GateAct.Disclosure, Recipient = "receiver", Use = Use.Identification };

    public static GateRequest Opening => Intake with { Act = GateAct.Opening, Agency = "receiver", Use = Use.Identification };

    public static AgreementCatalogue Catalogue(params (string Line, string Changed)[] changes) => Load(Changed(Document, changes));

    public static string Changed(string document, params (string Line, string Changed)[] changes)
    {
        foreach (var (line, changed) in changes)
        {
            Assert.Contains(line, document, StringComparison.Ordinal);
            document = document.Replace(line, changed, StringComparison.Ordinal);
        }

        return document;
    }

    public static AgreementCatalogue Load(params string[] documents) =>
        AgreementCatalogue.Load(documents.Select((text, index) => ($"trial-{index + 1}.yaml", (TextReader)new StringReader(text))));
}
