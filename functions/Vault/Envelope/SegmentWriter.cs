using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Envelope;

/// <summary>Seals what is written into AES-256-GCM segments on another stream, in one pass and bounded memory.</summary>
/// <remarks>The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015); docs/vault-format.md, Segments.
/// Only <see cref="CompleteAsync"/> writes the last segment: content without it is refused as truncated. The other stream stays open.</remarks>
public sealed class SegmentWriter : Stream
{
    public const int MinSegmentSize = 64 * 1024;
    public const int DefaultSegmentSize = 512 * 1024;
    public const int MaxSegmentSize = 1024 * 1024;

    private readonly Stream output;
    private readonly SealedHeader header;
    private readonly SealedCipher cipher;
    private readonly SecretBuffer pending;
    private readonly byte[] sealedSegment;
    private int pendingLength;
    private uint counter;
    private bool completed;

    /// <param name="key">A new key of <see cref="KeyGrain.Blob"/>: it seals this blob, once.</param>
    /// <param name="segmentSize">Plaintext bytes a segment, 64 KiB to 1 MiB.</param>
    public SegmentWriter(Stream output, DataKey key, int segmentSize = DefaultSegmentSize)
        : this(output, key, SealedHeader.Create(SealedKind.Segments, key.Blob, key.Originator, CheckSize(segmentSize)))
    {
    }

    internal SegmentWriter(Stream output, DataKey key, SealedHeader header)
    {
        key.TakeForSealing(KeyGrain.Blob);
        this.output = output;
        this.header = header;
        cipher = new(header, key.Bytes);
        pending = new(header.PartSize);
        sealedSegment = new byte[SegmentFrame.Size + header.PartSize + SealedHeader.TagSize];
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !completed;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The bytes that <paramref name="plaintextLength"/> bytes become: known before anything is written.</summary>
    public static long SealedLength(long plaintextLength, string blob, string originator, int segmentSize = DefaultSegmentSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plaintextLength);
        var segments = Math.Max(1, (plaintextLength + CheckSize(segmentSize) - 1) / segmentSize);
        return SealedHeader.SizeFor(blob, originator) + plaintextLength + (segments * (SegmentFrame.Size + SealedHeader.TagSize));
    }

    /// <summary>Seals what is left as the last segment.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        completed = true;
        await SealAsync(pending.Memory[..pendingLength], isLast: true, synchronous: false, cancellationToken);
        Release();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        WriteAsync(buffer, synchronous: false, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        // Synchronous all the way down, so the task is complete.
        WriteAsync(buffer.AsMemory(offset, count), synchronous: true, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Nothing: a segment is written when it is full.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            completed = true;
            Release();
        }

        base.Dispose(disposing);
    }

    private static int CheckSize(int segmentSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentSize, MinSegmentSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segmentSize, MaxSegmentSize);
        return segmentSize;
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> data, bool synchronous, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        while (!data.IsEmpty)
        {
            // A full segment waits for the byte after it: it might be the last.
            if (pendingLength == pending.Length)
            {
                await SealAsync(pending.Memory, isLast: false, synchronous, cancellationToken);
                pendingLength = 0;
            }

            if (pendingLength == 0 && data.Length > pending.Length)
            {
                await SealAsync(data[..pending.Length], isLast: false, synchronous, cancellationToken);
                data = data[pending.Length..];
                continue;
            }

            var taken = Math.Min(data.Length, pending.Length - pendingLength);
            data[..taken].CopyTo(pending.Memory[pendingLength..]);
            pendingLength += taken;
            data = data[taken..];
        }
    }

    private async ValueTask SealAsync(ReadOnlyMemory<byte> plaintext, bool isLast, bool synchronous, CancellationToken cancellationToken)
    {
        var frame = new SegmentFrame(counter, plaintext.Length, isLast);
        frame.Write(sealedSegment);
        var size = SegmentFrame.Size + plaintext.Length + SealedHeader.TagSize;
        cipher.Seal(counter, frame.Flag, plaintext.Span, sealedSegment.AsSpan(SegmentFrame.Size));
        if (counter++ == 0)
        {
            await PutAsync(header.Memory, synchronous, cancellationToken);
        }

        await PutAsync(sealedSegment.AsMemory(0, size), synchronous, cancellationToken);
    }

    private ValueTask PutAsync(ReadOnlyMemory<byte> bytes, bool synchronous, CancellationToken cancellationToken)
    {
        if (!synchronous)
        {
            return output.WriteAsync(bytes, cancellationToken);
        }

        output.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    private void Release()
    {
        pending.Dispose();
        cipher.Dispose();
    }
}
