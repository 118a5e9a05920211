using System.Runtime.Intrinsics;

namespace TfFlow.Programme.Ledger;

/// <summary>A SHA-256 value: 32 bytes that compare by value.</summary>
public readonly record struct Hash256
{
    public const int Length = 32;

    private readonly Vector256<byte> bytes;

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public Hash256(ReadOnlySpan<byte> bytes) => this.bytes = bytes.Length == Length
        ? Vector256.Create(bytes)
        : throw new ArgumentException($"A SHA-256 value has {Length} bytes, not {bytes.Length}.", nameof(bytes));

    public void CopyTo(Span<byte> destination) => bytes.CopyTo(destination);

    public byte[] ToArray()
    {
        var array = new byte[Length];
        CopyTo(array);
        return array;
    }

    /// <summary>Base64, as checkpoints and receipts write it.</summary>
    public string ToBase64() => Convert.ToBase64String(ToArray());

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    /// <summary>Several hashes after one another, as tiles and the head row hold them.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a whole number of hashes.</exception>
    public static Hash256[] ReadAll(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % Length != 0)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are not a whole number of SHA-256 values.");
        }

        var hashes = new Hash256[bytes.Length / Length];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = new Hash256(bytes.Slice(i * Length, Length));
        }

        return hashes;
    }

    public static byte[] WriteAll(IReadOnlyCollection<Hash256> hashes)
    {
        var bytes = new byte[hashes.Count * Length];
        var at = 0;
        foreach (var hash in hashes)
        {
            hash.CopyTo(bytes.AsSpan(at, Length));
            at += Length;
        }

        return bytes;
    }
}
