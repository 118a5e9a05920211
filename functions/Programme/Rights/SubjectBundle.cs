using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Rights;

/// <summary>What a part of the answer is about.</summary>
public enum BundleSection
{
    /// <summary>What others said of the person.</summary>
    Records = 1,

    /// <summary>What was done for the person's family, and what the person said and signed.</summary>
    Case,

    /// <summary>Who was told or given something.</summary>
    Disclosures,

    /// <summary>Who looked, and what was done with it.</summary>
    History,
}

/// <summary>A named value, as people read it. Personal data.</summary>
public sealed record BundleField(string Name, string Value);

/// <summary>One part of what is held about a person. Personal data.</summary>
/// <param name="Reference">Names the part, for whoever marks an exemption: <c>extract-…</c>, <c>judgement-…</c>.</param>
/// <param name="Source">Where it comes from; empty: from the authority's own work.</param>
/// <param name="AsAt">The day it describes.</param>
/// <param name="Words">Whole sentences.</param>
/// <param name="Rows">Each a record or an event, field by field.</param>
/// <param name="LeftOut">Why it, or something of it, is not given; empty when all is.</param>
public sealed record BundlePart(
    string Reference,
    BundleSection Section,
    string Title,
    string Source,
    DateOnly? AsAt,
    IReadOnlyList<string> Words,
    IReadOnlyList<IReadOnlyList<BundleField>> Rows,
    string LeftOut = "");

/// <summary>All that is held about a person, in plain words: what they asked for. Personal data.</summary>
/// <remarks>ours: UK GDPR Art 15; seeds/002 §17, App A sixth principle.</remarks>
/// <param name="Request">The request's reference.</param>
/// <param name="Organisation">Who answers.</param>
/// <param name="AsAt">The day it describes.</param>
/// <param name="Words">Whole sentences: what this is, and which rights there are.</param>
public sealed record SubjectBundle(string Request, string Organisation, DateOnly AsAt, IReadOnlyList<string> Words,
    IReadOnlyList<BundlePart> Parts)
{
    /// <summary>The same without what is exempt: said to be left out, or not said at all.</summary>
    public SubjectBundle Without(IReadOnlyList<PartExemption> exemptions)
    {
        PartExemption? Of(BundlePart part) => exemptions.LastOrDefault(exemption => exemption.PartReference == part.Reference);
        return this with
        {
            Parts =
            [
                .. Parts.Where(part => Of(part) is not { Unsaid: true }).Select(part => Of(part) is not { } exempt ? part : part with
                {
                    Words = [],
                    Rows = [],
                    LeftOut = $"This part is not given: {Exemptions.WordsOf(exempt.Exemption)} ({Exemptions.SourceOf(exempt.Exemption)}).",
                }),
            ],
        };
    }
}

/// <summary>That somebody read the answer whole and agrees that it goes to the person.</summary>
/// <param name="Hash">SHA-256 of what they read, lower-case hex.</param>
/// <param name="By">The account.</param>
public sealed record BundleRelease(string Hash, string By, DateTimeOffset At);

/// <summary>Who lets the answer out: two people who read the very same.</summary>
/// <remarks>Ours.</remarks>
public static class BundleReleases
{
    /// <summary>What stands in the way of releasing it.</summary>
    /// <param name="hash">Of what was read; empty for none.</param>
    public static IReadOnlyList<Obstacle> ToRelease(SubjectRequest request, IReadOnlyList<BundleRelease> releases, string hash,
        string account) => Obstacle.Unless(
        (request is { Kind: SubjectRequestKind.Access, State: SubjectRequestState.Decided },
            "a request for access that is decided and not answered yet", "seeds/002 §17"),
        (hash.Length > 0, "the answer that was read, by its SHA-256", "ours"),
        (!releases.Any(release => release.By == account && release.Hash == hash), "another person than the one who released it first",
            "ours"));

    /// <summary>What stands in the way of giving it to the person.</summary>
    /// <param name="hash">Of what would be given now.</param>
    public static IReadOnlyList<Obstacle> ToExport(SubjectRequest request, IReadOnlyList<BundleRelease> releases, string hash) =>
        Obstacle.Unless(
        (request is { Kind: SubjectRequestKind.Access, State: SubjectRequestState.Decided or SubjectRequestState.Answered },
            "a request for access that is decided", "seeds/002 §17"),
        (releases.Where(release => release.Hash == hash).Select(release => release.By).Distinct(StringComparer.Ordinal).Count() > 1,
            "two people who read the answer as it is now and released it: what is held has changed since, or one of them has not ('tfflow request read', then 'tfflow request release')",
            "ours"));
}
