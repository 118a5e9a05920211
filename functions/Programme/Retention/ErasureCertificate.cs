using System.Globalization;

namespace TfFlow.Programme.Retention;

/// <summary>What an erasure proves to the agency the data came from. Opaque references only.</summary>
/// <param name="Id">Of this certificate, and of the ledger act behind it.</param>
/// <param name="Reference">The extract's reference.</param>
/// <param name="Blobs">Each erased blob: what was destroyed, by the SHA-256 of its ciphertext.</param>
/// <param name="Records">Records that were in them.</param>
/// <param name="Agreement">The agreement whose rule asked for it.</param>
/// <param name="Rule">The rule, with its source.</param>
/// <param name="DueAt">When the rule asked for it.</param>
/// <param name="EffectiveAt">When keys and blobs were gone and their absence was verified.</param>
/// <param name="Method">What destroyed means.</param>
/// <param name="ResidualCopies">Copies that may remain elsewhere, why they cannot be read, and when they lapse.</param>
/// <param name="ApprovedBy">The rule itself, or the person who confirmed it.</param>
public sealed record ErasureCertificate(
    string Id,
    string Reference,
    IReadOnlyList<ErasedBlob> Blobs,
    long Records,
    string Agreement,
    string AgreementVersion,
    string Exchange,
    string Rule,
    DateTimeOffset DueAt,
    DateTimeOffset EffectiveAt,
    string Method,
    string ResidualCopies,
    string ApprovedBy) : IReadableDocument
{
    /// <summary>Of those records, how many matching had sealed anew for families it kept: each has a certificate of its own when its time comes.</summary>
    public long SealedAnew { get; init; }

    /// <summary>The same as sentences, for the agency that receives it.</summary>
    public IReadOnlyList<string> Sentences =>
    [
        string.Create(CultureInfo.InvariantCulture, $"On {EffectiveAt.UtcDateTime:d MMMM yyyy} at {EffectiveAt.UtcDateTime:HH:mm} UTC {Records:N0} record{(Records == 1 ? " was" : "s were")} erased ({Reference}), in {Blobs.Count:N0} blob{(Blobs.Count == 1 ? "" : "s")}."),
        .. Exchange.Length > 0 ? [$"{(Records == 1 ? "It" : "They")} came under {Exchange} of {Agreement}, version {AgreementVersion}."] : Array.Empty<string>(),
        .. SealedAnew > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{SealedAnew:N0} of them had been sealed anew for families that were kept, and have certificates of their own.")] : Array.Empty<string>(),
        string.Create(CultureInfo.InvariantCulture, $"{(Records == 1 ? "It was" : "They were")} due by the end of {RetentionRule.LastDay(DueAt):d MMMM yyyy}, by this rule: {Rule}."),
        Method,
        ResidualCopies,
        $"Approved by: {ApprovedBy}.",
    ];

    public const string KeyDestroyed =
        "The blob's data key, which existed only in wrapped form in the key table, was deleted and its absence verified; then the blob was deleted and its absence verified.";

    public const string NoReadableResidue =
        "Copies of the ciphertext that a store or a backup may still hold cannot be read: the only key is destroyed. The key table is in no backup. "
        + "A key row restored from the store itself could be opened while its key-encryption key exists.";
}

/// <param name="Sha256">Of the ciphertext, lower-case hex.</param>
/// <param name="Length">Bytes.</param>
public sealed record ErasedBlob(string Name, string Sha256, long Length);
