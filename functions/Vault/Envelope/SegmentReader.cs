using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Envelope;

/// <summary>Opens what a <see cref="SegmentWriter"/> sealed, a segment at a time; every byte handed out is authentic.</summary>
/// <remarks>Only the stream's end says that the content is whole: act on nothing before. The other stream stays open.</remarks>
/// <exception cref="SealException">From every read after the first refusal, the same.</exception>
public sealed class SegmentReader : Stream
{
    private readonly Stream input;
    private readonly DataKey key;
    private readonly bool ownsKey;
    private readonly byte[] frameBytes = new byte[SegmentFrame.Size];
    private SealedCipher? cipher;
    private SecretBuffer? opened;
    private byte[] sealedSegment = [];
    private int openedLength;
    private int position;
    private uint counter;
    private bool finished;
    private bool disposed;
    private SealException? refusal;

    /// <param name="key">Stays the caller's, and must live until the first read has returned.</param>
    public SegmentReader(Stream input, DataKey key)
        : this(input, key, ownsKey: false)
    {
    }

    internal SegmentReader(Stream input, DataKey key, bool ownsKey)
    {
        this.input = input;
        this.key = key;
        this.ownsKey = ownsKey;
    }

    public override bool CanRead => !disposed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ReadAsync(buffer, synchronous: false, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Synchronous all the way down, so the task is complete.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), synchronous: true, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            disposed = true;
            opened?.Dispose();
            cipher?.Dispose();
            if (ownsKey)
            {
                key.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadAsync(Memory<byte> destination, bool synchronous, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (destination.IsEmpty)
        {
            return 0;
        }

        while (position == openedLength)
        {
            if (refusal is not null)
            {
                throw refusal;
            }

            if (finished)
            {
                return 0;
            }

            try
            {
                await OpenNextAsync(synchronous, cancellationToken);
            }
            catch (SealException refused)
            {
                refusal = refused;
                throw;
            }
        }

        var taken = Math.Min(destination.Length, openedLength - position);
        opened!.Memory.Slice(position, taken).CopyTo(destination);
        position += taken;
        return taken;
    }

    private async ValueTask OpenNextAsync(bool synchronous, CancellationToken cancellationToken)
    {
        if (cipher is null)
        {
            await OpenHeaderAsync(synchronous, cancellationToken);
        }

        if (await FillAsync(frameBytes, synchronous, cancellationToken) < SegmentFrame.Size)
        {
            throw Refuse(SealError.Truncated, "the blob ends before its last segment");
        }

        var frame = SegmentFrame.Read(frameBytes);
        if (frame.IsLast ? frame.Length > opened!.Length : frame.Length != opened!.Length)
        {
            throw Refuse(SealError.Altered, "its length is not one that was written");
        }

        var size = frame.Length + SealedHeader.TagSize;
        if (await FillAsync(sealedSegment.AsMemory(0, size), synchronous, cancellationToken) < size)
        {
            throw Refuse(SealError.Truncated, "the blob ends within this segment");
        }

        Open(frame);
        finished = frame.IsLast;
        if (finished && await FillAsync(frameBytes.AsMemory(0, 1), synchronous, cancellationToken) > 0)
        {
            throw Refuse(SealError.TrailingData, "bytes follow the last segment");
        }

        openedLength = frame.Length;
        position = 0;
        counter++;
    }

    private void Open(SegmentFrame frame)
    {
        var content = sealedSegment.AsSpan(0, frame.Length + SealedHeader.TagSize);
        if (!cipher!.TryOpen(frame.Counter, frame.Flag, content, opened!.Span))
        {
            throw Refuse(SealError.Altered, "it is not what was written, or the key is not this blob's");
        }

        if (frame.Counter != counter)
        {
            throw Refuse(SealError.Reordered, $"segment {frame.Counter} stands in its place");
        }
    }

    private async ValueTask OpenHeaderAsync(bool synchronous, CancellationToken cancellationToken)
    {
        var bytes = new byte[SealedHeader.MaxSize];
        var length = 0;
        SealedHeader? header;
        while ((header = SealedHeader.TryRead(bytes.AsSpan(0, length), SealedKind.Segments, (key.Blob, key.Originator), out var missing)) is null)
        {
            var read = await FillAsync(bytes.AsMemory(length, missing), synchronous, cancellationToken);
            if (read == 0)
            {
                throw new SealException(SealError.Truncated, key.Blob, null, "the blob ends within its header");
            }

            length += read;
        }

        if (header.PartSize is < SegmentWriter.MinSegmentSize or > SegmentWriter.MaxSegmentSize)
        {
            throw new SealException(SealError.Malformed, key.Blob, null, "its header gives a segment size outside 64 KiB to 1 MiB");
        }

        opened = new(header.PartSize);
        sealedSegment = new byte[header.PartSize + SealedHeader.TagSize];
        cipher = new(header, key.Bytes);
    }

    private async ValueTask<int> FillAsync(Memory<byte> buffer, bool synchronous, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = synchronous
                ? input.Read(buffer.Span[filled..])
                : await input.ReadAsync(buffer[filled..], cancellationToken);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    private SealException Refuse(SealError error, string detail)
    {
        openedLength = 0;
        position = 0;
        opened!.Clear();
        return new(error, key.Blob, counter, detail);
    }
}
