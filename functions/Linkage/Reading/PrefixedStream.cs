namespace TfFlow.Linkage;

/// <summary>What was read already, then the rest of a stream.</summary>
internal sealed class PrefixedStream(byte[] prefix, Stream rest) : Stream
{
    private int taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (taken == prefix.Length)
        {
            return rest.Read(buffer, offset, count);
        }

        var length = Math.Min(count, prefix.Length - taken);
        prefix.AsSpan(taken, length).CopyTo(buffer.AsSpan(offset));
        taken += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
