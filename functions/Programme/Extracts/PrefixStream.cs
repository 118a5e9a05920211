namespace TfFlow.Programme.Extracts;

/// <summary>Reads bytes taken from a stream before, then the rest of it, in large pieces. Leaves the stream open.</summary>
/// <remarks>A file that is read in small pieces makes its reader wait for another thread at each of them.</remarks>
internal sealed class PrefixStream(ReadOnlyMemory<byte> prefix, Stream rest) : Stream
{
    private const int Piece = 1 << 19;

    private readonly byte[] piece = new byte[Piece];
    private ReadOnlyMemory<byte> ahead = prefix;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (ahead.IsEmpty)
        {
            ahead = piece.AsMemory(0, rest.Read(piece));
        }

        return Take(buffer);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ahead.IsEmpty ? ReadOnAsync(buffer, cancellationToken) : ValueTask.FromResult(Take(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // It held personal data.
        Array.Clear(piece);
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadOnAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ahead = piece.AsMemory(0, await rest.ReadAsync(piece, cancellationToken));
        return Take(buffer.Span);
    }

    private int Take(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, ahead.Length);
        ahead.Span[..length].CopyTo(buffer);
        ahead = ahead[length..];
        return length;
    }
}
