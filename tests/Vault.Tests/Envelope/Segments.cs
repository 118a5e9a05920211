using System.Security.Cryptography;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Tests.Envelope;

/// <summary>Seals and opens in memory.</summary>
internal static class Segments
{
    public const string Blob = "personal/7c0ffee";
    public const string Originator = "northshire-police";
    public const int Small = SegmentWriter.MinSegmentSize;

    /// <summary>Bytes of the header that names <see cref="Blob"/> and <see cref="Originator"/>.</summary>
    public static int HeaderSize => SealedHeader.SizeFor(Blob, Originator);

    /// <summary>Bytes a full segment takes.</summary>
    public static int Stride(int segmentSize = Small) => SegmentFrame.Size + segmentSize + SealedHeader.TagSize;

    public static DataKey NewKey(string blob = Blob, string originator = Originator, byte[]? bytes = null) =>
        new("test", blob, originator, KeyGrain.Blob, bytes ?? RandomNumberGenerator.GetBytes(32), isNew: true);

    public static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    public static async Task<byte[]> SealAsync(byte[] content, DataKey key, int segmentSize = Small)
    {
        using var output = new MemoryStream();
        await using var writer = new SegmentWriter(output, key, segmentSize);
        await writer.WriteAsync(content);
        await writer.CompleteAsync(CancellationToken.None);
        return output.ToArray();
    }

    public static byte[] Seal(byte[] content, DataKey key, int segmentSize = Small) => SealAsync(content, key, segmentSize).GetAwaiter().GetResult();

    public static byte[] Open(byte[] sealedContent, DataKey key)
    {
        var (content, refusal) = TryOpen(sealedContent, key);
        return refusal is null ? content : throw refusal;
    }

    /// <summary>Reads until the end or the refusal, and tells what came before it.</summary>
    public static (byte[] Content, SealException? Refusal) TryOpen(byte[] sealedContent, DataKey key)
    {
        using var content = new MemoryStream();
        using var reader = new SegmentReader(new MemoryStream(sealedContent), key);
        try
        {
            reader.CopyTo(content);
            return (content.ToArray(), null);
        }
        catch (SealException refusal)
        {
            return (content.ToArray(), refusal);
        }
    }

    public static byte[] FlipBit(byte[] bytes, long bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        return flipped;
    }
}

/// <summary>Gives and takes at most a few bytes at a time.</summary>
internal sealed class ChoppyStream(Stream inner, int seed) : Stream
{
    private readonly Random random = new(seed);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, random.Next(1, 5000)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 5000))], cancellationToken);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
