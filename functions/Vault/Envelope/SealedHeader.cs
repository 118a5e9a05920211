using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TfFlow.Vault.Envelope;

internal enum SealedKind : byte
{
    Segments = 1,
    Persons = 2,
}

/// <summary>The first bytes of sealed content, in the clear; the associated data of everything sealed behind it.</summary>
/// <remarks>docs/vault-format.md, Header.</remarks>
internal sealed class SealedHeader
{
    public const int NonceSize = 12;
    public const int TagSize = 16;
    public const int MaxSize = FixedSize + 255 + 1 + 255;

    // Magic and version 4, kind 1, part size 4, nonce prefix 7, length of the blob's id 1.
    private const int FixedSize = 17;
    private const int PrefixAt = 9;
    private const int PrefixSize = 7;

    private readonly byte[] bytes;

    private SealedHeader(byte[] bytes, string blob, string originator)
    {
        this.bytes = bytes;
        Blob = blob;
        Originator = originator;
    }

    private static ReadOnlySpan<byte> Magic => "TFV\u0001"u8;

    public string Blob { get; }

    public string Originator { get; }

    /// <summary>Plaintext bytes of every segment but the last; of a persons blob, the most in one group.</summary>
    public int PartSize => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(5));

    public ReadOnlySpan<byte> Bytes => bytes;

    public ReadOnlyMemory<byte> Memory => bytes;

    public static int SizeFor(string blob, string originator) => FixedSize + blob.Length + 1 + originator.Length;

    public static SealedHeader Create(SealedKind kind, string blob, string originator, int partSize)
    {
        Span<byte> prefix = stackalloc byte[PrefixSize];
        RandomNumberGenerator.Fill(prefix);
        return Create(kind, blob, originator, partSize, prefix);
    }

    /// <remarks>A given prefix is for test vectors only.</remarks>
    public static SealedHeader Create(SealedKind kind, string blob, string originator, int partSize, ReadOnlySpan<byte> prefix)
    {
        CheckName(blob, nameof(blob));
        CheckName(originator, nameof(originator));
        var bytes = new byte[SizeFor(blob, originator)];
        Magic.CopyTo(bytes);
        bytes[4] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), partSize);
        prefix.CopyTo(bytes.AsSpan(PrefixAt, PrefixSize));
        bytes[FixedSize - 1] = (byte)blob.Length;
        Encoding.ASCII.GetBytes(blob, bytes.AsSpan(FixedSize));
        bytes[FixedSize + blob.Length] = (byte)originator.Length;
        Encoding.ASCII.GetBytes(originator, bytes.AsSpan(FixedSize + blob.Length + 1));
        return new(bytes, blob, originator);
    }

    /// <summary>Reads the header that <paramref name="content"/> begins with.</summary>
    /// <param name="expected">What the content is meant to be.</param>
    /// <param name="missing">Bytes to read before asking again; 0 when there is a header.</param>
    /// <exception cref="SealException"><see cref="SealError.Malformed"/> or <see cref="SealError.WrongBlob"/>.</exception>
    public static SealedHeader? TryRead(ReadOnlySpan<byte> content, SealedKind kind, (string Blob, string Originator) expected, out int missing)
    {
        var known = content[..Math.Min(content.Length, Magic.Length)];
        if (!Magic.StartsWith(known) || (content.Length > Magic.Length && content[Magic.Length] != (byte)kind))
        {
            throw new SealException(SealError.Malformed, expected.Blob, null, "it does not begin as sealed content of this kind and version begins");
        }

        var size = SizeKnownFrom(content);
        missing = Math.Max(0, size - content.Length);
        if (missing > 0)
        {
            return null;
        }

        var blobLength = content[FixedSize - 1];
        if (!Ascii.Equals(content.Slice(FixedSize, blobLength), expected.Blob) || !Ascii.Equals(content[(FixedSize + blobLength + 1)..size], expected.Originator))
        {
            throw new SealException(SealError.WrongBlob, expected.Blob, null, $"its header does not name this blob of {expected.Originator}: another blob is in its place");
        }

        return new(content[..size].ToArray(), expected.Blob, expected.Originator);
    }

    /// <summary>Nonce prefix ‖ counter ‖ flag: unique under one key as long as (counter, flag) is.</summary>
    public void WriteNonce(Span<byte> nonce, uint counter, byte flag)
    {
        bytes.AsSpan(PrefixAt, PrefixSize).CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[PrefixSize..], counter);
        nonce[NonceSize - 1] = flag;
    }

    private static int SizeKnownFrom(ReadOnlySpan<byte> content)
    {
        if (content.Length < FixedSize)
        {
            return FixedSize;
        }

        var untilOriginator = FixedSize + content[FixedSize - 1] + 1;
        return content.Length < untilOriginator ? untilOriginator : untilOriginator + content[untilOriginator - 1];
    }

    private static void CheckName(string name, string parameter)
    {
        if (name.Length is 0 or > 255 || name.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"'{name}' is not 1 to 255 printable ASCII characters without blanks.", parameter);
        }
    }
}
