using FsCheck;
using FsCheck.Fluent;
using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Tests.Envelope;

public sealed class SegmentTamperingTest
{
    // Three full segments and a short one.
    private const int Length = (3 * Segments.Small) + 1000;

    private static readonly byte[] KeyBytes = [.. Enumerable.Range(7, 32).Select(i => (byte)i)];
    private static readonly byte[] Content = Segments.Content(Length);
    private static readonly byte[] Sealed = Segments.Seal(Content, Segments.NewKey(bytes: KeyBytes));

    [Fact]
    public void Any_flipped_bit_is_refused_and_no_byte_from_its_segment_on_is_returned() =>
        Properties.Hold(600, Gen.Choose(0, (8 * Sealed.Length) - 1), bit =>
        {
            var (content, refusal) = Open(Segments.FlipBit(Sealed, bit));

            var segment = Math.Max(0, ((bit / 8) - Segments.HeaderSize) / Segments.Stride());
            Assert.NotNull(refusal);
            Assert.Equal(Segments.Blob, refusal.Blob);
            Assert.True(refusal.Segment is null ? bit / 8 < Segments.HeaderSize : refusal.Segment == segment);
            Assert.True(content.AsSpan().SequenceEqual(Content.AsSpan(0, segment * Segments.Small)));
        });

    [Fact]
    public void Any_flipped_bit_of_header_and_frame_is_refused()
    {
        for (var bit = 0; bit < 8 * (Segments.HeaderSize + SegmentFrame.Size); bit++)
        {
            var (content, refusal) = Open(Segments.FlipBit(Sealed, bit));

            Assert.NotNull(refusal);
            Assert.Empty(content);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_flipped_byte_is_refused_as_altered_naming_blob_and_segment(int segment)
    {
        var tampered = (byte[])Sealed.Clone();
        tampered[Segments.HeaderSize + (segment * Segments.Stride()) + SegmentFrame.Size + 500] ^= 0xff;

        var (content, refusal) = Open(tampered);

        Assert.Equal((SealError.Altered, "seal.altered", Segments.Blob, segment), (refusal!.Error, refusal.Code, refusal.Blob, refusal.Segment));
        Assert.Contains($"{Segments.Blob}, segment {segment}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Content[..(segment * Segments.Small)], content);
    }

    [Fact]
    public void A_truncated_tail_is_refused_naming_the_segment_wherever_it_is_cut() =>
        Properties.Hold(300, Gen.Choose(0, Sealed.Length - 1), AssertTruncated);

    [Fact]
    public void A_tail_truncated_at_a_segment_border_or_next_to_it_is_refused()
    {
        for (var segment = 0; segment <= 3; segment++)
        {
            var border = Segments.HeaderSize + (segment * Segments.Stride());
            foreach (var length in new[] { border - 1, border, border + 1, border + SegmentFrame.Size, border + SegmentFrame.Size + 1 })
            {
                AssertTruncated(length);
            }
        }
    }

    [Fact]
    public void A_blob_of_full_segments_without_its_last_is_refused_as_truncated()
    {
        using var key = Segments.NewKey();
        var sealedContent = Segments.Seal(Segments.Content(2 * Segments.Small), key);

        var (content, refusal) = Segments.TryOpen(sealedContent[..(Segments.HeaderSize + Segments.Stride())], key);

        Assert.Equal((SealError.Truncated, 1L), (refusal!.Error, refusal.Segment));
        Assert.Equal(Segments.Small, content.Length);
    }

    [Fact]
    public void A_writer_that_was_not_completed_leaves_a_truncated_blob()
    {
        using var key = Segments.NewKey();
        using var output = new MemoryStream();
        using (var writer = new SegmentWriter(output, key, Segments.Small))
        {
            writer.Write(Content);
        }

        var (_, refusal) = Segments.TryOpen(output.ToArray(), key);

        Assert.Equal((SealError.Truncated, 3L), (refusal!.Error, refusal.Segment));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    public void Two_swapped_segments_are_refused_as_reordered(int one, int other)
    {
        var tampered = (byte[])Sealed.Clone();
        Segment(Sealed, one).CopyTo(Segment(tampered, other));
        Segment(Sealed, other).CopyTo(Segment(tampered, one));

        var (content, refusal) = Open(tampered);

        Assert.Equal((SealError.Reordered, "seal.reordered", one), (refusal!.Error, refusal.Code, refusal.Segment));
        Assert.Equal(one * Segments.Small, content.Length);
    }

    [Fact]
    public void Two_swapped_segments_with_their_frames_set_right_are_refused()
    {
        var tampered = (byte[])Sealed.Clone();
        Segment(Sealed, 0)[SegmentFrame.Size..].CopyTo(Segment(tampered, 1)[SegmentFrame.Size..]);
        Segment(Sealed, 1)[SegmentFrame.Size..].CopyTo(Segment(tampered, 0)[SegmentFrame.Size..]);

        var (content, refusal) = Open(tampered);

        Assert.Equal((SealError.Altered, 0L), (refusal!.Error, refusal.Segment));
        Assert.Empty(content);
    }

    [Fact]
    public void A_segment_left_out_or_put_in_twice_is_refused_as_reordered()
    {
        var (start, stride) = (Segments.HeaderSize, Segments.Stride());

        var (_, missing) = Open([.. Sealed[..(start + stride)], .. Sealed[(start + (2 * stride))..]]);
        var (_, twice) = Open([.. Sealed[..(start + (2 * stride))], .. Sealed[(start + stride)..]]);

        Assert.Equal((SealError.Reordered, 1L), (missing!.Error, missing.Segment));
        Assert.Equal((SealError.Reordered, 2L), (twice!.Error, twice.Segment));
    }

    [Fact]
    public void Bytes_after_the_last_segment_are_refused_and_the_last_segment_with_them()
    {
        var (content, refusal) = Open([.. Sealed, 0]);

        Assert.Equal((SealError.TrailingData, 3L), (refusal!.Error, refusal.Segment));
        Assert.Equal(3 * Segments.Small, content.Length);
    }

    [Fact]
    public void Of_two_swapped_blobs_each_is_refused_as_the_wrong_one()
    {
        using var one = Segments.NewKey("personal/one");
        using var other = Segments.NewKey("personal/two");
        var (sealedOne, sealedOther) = (Segments.Seal([1], one), Segments.Seal([2], other));

        var (_, first) = Segments.TryOpen(sealedOther, one);
        var (_, second) = Segments.TryOpen(sealedOne, other);

        Assert.Equal((SealError.WrongBlob, "seal.wrong-blob", "personal/one"), (first!.Error, first.Code, first.Blob));
        Assert.Equal((SealError.WrongBlob, "personal/two"), (second!.Error, second.Blob));
    }

    [Fact]
    public void Swapped_blobs_are_refused_even_when_their_headers_are_swapped_back()
    {
        using var one = Segments.NewKey("personal/one");
        using var other = Segments.NewKey("personal/two");
        var (sealedOne, sealedOther) = (Segments.Seal([1], one), Segments.Seal([2], other));
        var header = SealedHeader.SizeFor("personal/one", Segments.Originator);

        var (_, refusal) = Segments.TryOpen([.. sealedOne[..header], .. sealedOther[header..]], one);

        Assert.Equal((SealError.Altered, 0L), (refusal!.Error, refusal.Segment));
    }

    [Fact]
    public void A_blob_of_another_originator_is_refused()
    {
        using var key = Segments.NewKey(originator: "westshire-school", bytes: KeyBytes);

        var (_, refusal) = Segments.TryOpen(Sealed, key);

        Assert.Equal(SealError.WrongBlob, refusal!.Error);
    }

    [Fact]
    public void A_wrong_key_is_refused_at_the_first_segment()
    {
        using var key = Segments.NewKey();

        var (content, refusal) = Segments.TryOpen(Sealed, key);

        Assert.Equal((SealError.Altered, 0L), (refusal!.Error, refusal.Segment));
        Assert.Empty(content);
    }

    [Fact]
    public void A_refused_stream_refuses_again()
    {
        using var key = Segments.NewKey(bytes: KeyBytes);
        using var reader = new SegmentReader(new MemoryStream(Segments.FlipBit(Sealed, 8L * (Segments.HeaderSize + Segments.Stride() + 100))), key);
        var first = Assert.Throws<SealException>(() => reader.CopyTo(Stream.Null));

        Assert.Same(first, Assert.Throws<SealException>(() => reader.ReadByte()));
    }

    [Fact]
    public void Arbitrary_bytes_are_refused() =>
        Properties.Hold(300, from length in Gen.Choose(0, 2000) from bytes in Gen.Choose(0, 255).ArrayOf(length) select bytes, bytes =>
        {
            var (content, refusal) = Open([.. bytes.Select(b => (byte)b)]);

            Assert.True(refusal!.Error is SealError.Malformed or SealError.Truncated);
            Assert.Empty(content);
        });

    [Fact]
    public void Arbitrary_bytes_after_a_genuine_header_are_refused() =>
        Properties.Hold(300, from length in Gen.Choose(0, 100_000) from seed in Gen.Choose(0, int.MaxValue - 1) select (length, seed), tail =>
        {
            var bytes = new byte[tail.length];
            new Random(tail.seed).NextBytes(bytes);

            var (content, refusal) = Open([.. Sealed[..Segments.HeaderSize], .. bytes]);

            Assert.NotNull(refusal);
            Assert.Empty(content);
        });

    [Fact]
    public void A_persons_blob_or_a_later_format_is_refused_as_malformed()
    {
        var persons = (byte[])Sealed.Clone();
        persons[4] = (byte)SealedKind.Persons;
        var later = (byte[])Sealed.Clone();
        later[3]++;

        Assert.Equal(SealError.Malformed, Open(persons).Refusal!.Error);
        Assert.Equal(SealError.Malformed, Open(later).Refusal!.Error);
    }

    [Fact]
    public void Every_error_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<SealError>().Select(error => new SealException(error, "blob", null, "").Code).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    private static (byte[] Content, SealException? Refusal) Open(byte[] bytes)
    {
        using var key = Segments.NewKey(bytes: KeyBytes);
        return Segments.TryOpen(bytes, key);
    }

    private static void AssertTruncated(int length)
    {
        var (content, refusal) = Open(Sealed[..length]);

        var segment = Math.Max(0, (length - Segments.HeaderSize) / Segments.Stride());
        Assert.Equal((SealError.Truncated, "seal.truncated"), (refusal!.Error, refusal.Code));
        Assert.Equal(length < Segments.HeaderSize ? null : segment, refusal.Segment);
        Assert.Equal(segment * Segments.Small, content.Length);
    }

    private static Span<byte> Segment(byte[] bytes, int segment) =>
        bytes.AsSpan(Segments.HeaderSize + (segment * Segments.Stride()), Segments.Stride());
}
