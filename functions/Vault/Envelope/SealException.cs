using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Envelope;

/// <summary>Why sealed content cannot be opened.</summary>
public enum SealError
{
    /// <summary>Not sealed content of this kind and format version.</summary>
    Malformed,

    /// <summary>The header names another blob or originator: two blobs were swapped, or the wrong one was read.</summary>
    WrongBlob,

    /// <summary>The end is missing.</summary>
    Truncated,

    /// <summary>Not what was written, or the key is another's: the two cannot be told apart.</summary>
    Altered,

    /// <summary>A genuine part of this blob stands in another part's place.</summary>
    Reordered,

    /// <summary>Bytes follow the last segment.</summary>
    TrailingData,

    /// <summary>The key row was not wrapped under the key-encryption key it names, or was changed.</summary>
    UnwrapFailed,

    /// <summary>The key-encryption key is retired.</summary>
    KeyRetired,

    /// <summary>There is no such key row: the content is erased.</summary>
    KeyDestroyed,
}

/// <summary>Sealed content was refused: which blob, where, and why. No byte of the part it names, or after it, was handed out.</summary>
public sealed class SealException(SealError error, string blob, long? segment, string detail, Exception? inner = null)
    : Exception($"{blob}{(segment is null ? "" : $", segment {segment}")}: {detail} ({CodeOf(error)})", inner), IFailureCode
{
    public SealError Error { get; } = error;

    /// <summary>The blob's id, or the grant's for a drop.</summary>
    public string Blob { get; } = blob;

    /// <summary>The segment, or the group of a persons blob, from 0; null when the failure is in the header, the end or the key.</summary>
    public long? Segment { get; } = segment;

    /// <summary>Stable, for reports and the ledger.</summary>
    public string Code => CodeOf(Error);

    private static string CodeOf(SealError error) => error switch
    {
        SealError.Malformed => "seal.malformed",
        SealError.WrongBlob => "seal.wrong-blob",
        SealError.Truncated => "seal.truncated",
        SealError.Altered => "seal.altered",
        SealError.Reordered => "seal.reordered",
        SealError.TrailingData => "seal.trailing-data",
        SealError.UnwrapFailed => "key.unwrap-failed",
        SealError.KeyRetired => "key.retired",
        SealError.KeyDestroyed => "key.destroyed",
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };
}
