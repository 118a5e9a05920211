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
    string ApprovedBy)
{
    /// <summary>Of those records, how many matching had sealed anew for families it kept: each has a certificate of its own when its time comes.</summary>
    public long SealedAnew { get; init; }

    public const string KeyDestroyed =
        "The blob's data key, which existed only in wrapped form in the key table, was deleted and its absence verified; then the blob was deleted and its absence verified.";

    public const string NoReadableResidue =
        "Copies of the ciphertext that a store or a backup may still hold cannot be read: the only key is destroyed. The key table is in no backup. "
        + "A key row restored from the store itself would need its key-encryption key, which rotation retires.";
}

/// <param name="Sha256">Of the ciphertext, lower-case hex.</param>
/// <param name="Length">Bytes.</param>
public sealed record ErasedBlob(string Name, string Sha256, long Length);
