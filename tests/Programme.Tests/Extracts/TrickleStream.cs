namespace TfFlow.Programme.Tests.Extracts;

/// <summary>Gives its bytes one, two or three at a time, as a slow network does.</summary>
internal sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
{
    private int step;

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, (step++ % 3) + 1));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = new byte[Math.Min(buffer.Length, 3)];
        var length = Read(bytes, 0, bytes.Length);
        bytes.AsMemory(0, length).CopyTo(buffer);
        return ValueTask.FromResult(length);
    }
}
