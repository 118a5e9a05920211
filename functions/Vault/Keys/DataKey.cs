using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Keys;

/// <summary>The 256-bit key of one blob, in memory until disposed; only the segment and persons writers and readers see its bytes.</summary>
/// <remarks>It knows whose it is, so what it seals names that blob and originator, and what it opens must.</remarks>
public sealed class DataKey : IDisposable
{
    private readonly SecretBuffer key;
    private readonly KeyGrain grain;
    private int used;

    internal DataKey(string reference, string blob, string originator, KeyGrain grain, ReadOnlySpan<byte> key, bool isNew)
    {
        this.grain = grain;
        Reference = reference;
        Blob = blob;
        Originator = originator;
        this.key = SecretBuffer.CopyOf(key);
        used = isNew ? 0 : 1;
    }

    /// <summary>Random: names the key row.</summary>
    public string Reference { get; }

    /// <summary>The id of the one blob this key is for.</summary>
    public string Blob { get; }

    public string Originator { get; }

    internal ReadOnlySpan<byte> Bytes => key.Span;

    /// <summary>Lets a key seal once, so that a nonce is never used twice under it, and only what its row can open again.</summary>
    internal void TakeForSealing(KeyGrain by)
    {
        if (grain != by)
        {
            throw new InvalidOperationException($"The data key of {Blob} opens by {grain}: what is sealed by {by} could not be opened again.");
        }

        if (Interlocked.Exchange(ref used, 1) != 0)
        {
            throw new InvalidOperationException($"The data key of {Blob} has sealed its blob already: a data key is never reused. Create another.");
        }
    }

    public void Dispose() => key.Dispose();
}
