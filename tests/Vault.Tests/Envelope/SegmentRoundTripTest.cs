using FsCheck;
using FsCheck.Fluent;
using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Tests.Envelope;

public sealed class SegmentRoundTripTest
{
    private static readonly Gen<(int Length, int SegmentSize, int Seed)> Shapes =
        from segmentSize in Gen.Choose(SegmentWriter.MinSegmentSize, 3 * SegmentWriter.MinSegmentSize)
        from segments in Gen.Choose(0, 3)
        from off in Gen.Frequency((2, Gen.Elements(-1, 0, 1)), (1, Gen.Choose(0, segmentSize)))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select (Math.Max(0, (segments * segmentSize) + off), segmentSize, seed);

    [Fact]
    public void What_was_sealed_opens_again_at_any_size_in_chunks_of_any_size() => Properties.Hold(100, Shapes, shape =>
    {
        using var key = Segments.NewKey();
        var content = Segments.Content(shape.Length);
        var random = new Random(shape.Seed);
        using var output = new MemoryStream();
        using (var writer = new SegmentWriter(output, key, shape.SegmentSize))
        {
            for (var at = 0; at < content.Length;)
            {
                var size = Math.Min(random.Next(1, 2 * shape.SegmentSize), content.Length - at);
                writer.Write(content, at, size);
                at += size;
            }

            writer.CompleteAsync(CancellationToken.None).GetAwaiter().GetResult();
        }

        Assert.Equal(SegmentWriter.SealedLength(content.Length, Segments.Blob, Segments.Originator, shape.SegmentSize), output.Length);

        output.Position = 0;
        using var reader = new SegmentReader(new ChoppyStream(output, shape.Seed), key);
        using var opened = new MemoryStream();
        var buffer = new byte[2 * shape.SegmentSize];
        while (reader.Read(buffer, 0, random.Next(1, buffer.Length)) is > 0 and var read)
        {
            opened.Write(buffer, 0, read);
        }

        Assert.True(opened.ToArray().AsSpan().SequenceEqual(content));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SegmentWriter.DefaultSegmentSize)]
    [InlineData((3 * SegmentWriter.DefaultSegmentSize) + 17)]
    public async Task Content_opens_again_asynchronously_at_the_default_segment_size(int length)
    {
        using var key = Segments.NewKey();
        var content = Segments.Content(length);
        var sealedContent = await Segments.SealAsync(content, key, SegmentWriter.DefaultSegmentSize);

        await using var reader = new SegmentReader(new MemoryStream(sealedContent), key);
        using var opened = new MemoryStream();
        await reader.CopyToAsync(opened);

        Assert.Equal(content, opened.ToArray());
    }

    [Fact]
    public void Sealed_content_shows_nothing_of_the_plaintext()
    {
        using var key = Segments.NewKey();
        var content = "Ottoline Featherstonehaugh-Quill "u8.ToArray();
        var repeated = Enumerable.Repeat(content, 4000).SelectMany(bytes => bytes).ToArray();

        var sealedContent = Segments.Seal(repeated, key);

        Assert.Equal(-1, sealedContent.AsSpan().IndexOf("Ottoline"u8));
    }

    [Fact]
    public void The_same_content_never_seals_to_the_same_bytes()
    {
        using var one = Segments.NewKey();
        using var other = Segments.NewKey();
        var content = Segments.Content(1000);

        Assert.NotEqual(Segments.Seal(content, one), Segments.Seal(content, other));
    }

    [Fact]
    public void A_data_key_seals_once()
    {
        using var key = Segments.NewKey();
        Segments.Seal([1, 2, 3], key);

        Assert.Throws<InvalidOperationException>(() => new SegmentWriter(new MemoryStream(), key));
    }

    [Fact]
    public async Task Nothing_can_be_written_after_the_last_segment()
    {
        using var key = Segments.NewKey();
        await using var writer = new SegmentWriter(new MemoryStream(), key);
        await writer.CompleteAsync(CancellationToken.None);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.WriteAsync(new byte[1]).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.CompleteAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(SegmentWriter.MinSegmentSize - 1)]
    [InlineData(SegmentWriter.MaxSegmentSize + 1)]
    public void A_segment_size_out_of_range_is_refused(int segmentSize)
    {
        using var key = Segments.NewKey();

        Assert.Throws<ArgumentOutOfRangeException>(() => new SegmentWriter(new MemoryStream(), key, segmentSize));
    }

    [Fact]
    public void Plaintext_buffers_and_keys_are_zeroed_when_done()
    {
        var secret = SecretBuffer.CopyOf([1, 2, 3]);
        secret.Dispose();
        Assert.All(secret.Array, b => Assert.Equal(0, b));

        var grown = SecretBuffer.CopyOf([1, 2, 3]);
        var before = grown.Array;
        grown.Grow(100, used: 3);
        Assert.All(before, b => Assert.Equal(0, b));
        Assert.Equal([1, 2, 3], grown.Span[..3].ToArray());

        var key = Segments.NewKey();
        var view = key.Bytes;
        key.Dispose();
        Assert.Equal(new byte[32], view.ToArray());
    }
}
