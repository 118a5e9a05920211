using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Storage;
using TfFlow.Vault.Tests.Envelope;

namespace TfFlow.Vault.Tests.Households;

public sealed class PersonsTamperingTest : IAsyncLifetime
{
    // Three groups of four households, a message each, all of one length.
    private const int Groups = 3;
    private const int PerGroup = 4;
    private const int Message = 104 + SealedHeader.TagSize;
    private const int GroupSize = (PerGroup * (Message + IndexEntry.Size)) + SealedHeader.TagSize;

    private static readonly int HeaderSize = SealedHeader.SizeFor(Persons.Address.ToString(), Persons.Originator);
    private static readonly int[] All = [.. Enumerable.Range(0, Groups * PerGroup)];

    private Persons persons = null!;

    public async Task InitializeAsync() =>
        persons = await Persons.SealAsync(All.Select(i => (i, Enumerable.Repeat((byte)i, 100).ToArray())), PerGroup);

    public Task DisposeAsync()
    {
        persons.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_flipped_bit_of_any_byte_is_refused_when_all_is_opened()
    {
        Assert.Equal(HeaderSize + (Groups * GroupSize) + (Groups * GroupEntry.Size) + SealedHeader.TagSize + PersonsFormat.TrailerSize, persons.Sealed.Length);
        for (var bit = 0; bit < 8 * persons.Sealed.Length; bit += 7)
        {
            var refusal = await persons.RefusalAsync(Segments.FlipBit(persons.Sealed, bit), All);

            var group = ((bit / 8) - HeaderSize) / GroupSize;
            Assert.Equal(Persons.Address.ToString(), refusal.Blob);
            Assert.Equal(bit / 8 >= HeaderSize && group < Groups ? group : null, refusal.Segment);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_flipped_byte_of_a_message_is_refused_as_altered_naming_blob_and_group(int group)
    {
        var refusal = await persons.RefusalAsync(Segments.FlipBit(persons.Sealed, 8L * (HeaderSize + (group * GroupSize) + 50)), All);

        Assert.Equal((SealError.Altered, Persons.Address.ToString(), group), (refusal.Error, refusal.Blob, refusal.Segment));
    }

    [Fact]
    public async Task A_blob_cut_anywhere_is_refused_as_truncated()
    {
        for (var length = 0; length < persons.Sealed.Length; length++)
        {
            Assert.Equal(SealError.Truncated, (await persons.RefusalAsync(persons.Sealed[..length], All)).Error);
        }
    }

    [Fact]
    public async Task Bytes_put_behind_the_end_are_refused() =>
        Assert.Equal(SealError.Truncated, (await persons.RefusalAsync([.. persons.Sealed, 0], All)).Error);

    [Fact]
    public async Task Two_swapped_groups_are_refused_as_reordered()
    {
        var tampered = Swap(HeaderSize, HeaderSize + GroupSize, GroupSize);

        var refusal = await persons.RefusalAsync(tampered, All);

        Assert.Equal((SealError.Reordered, 0L), (refusal.Error, refusal.Segment));
    }

    [Fact]
    public async Task The_messages_of_two_groups_or_of_two_households_swapped_are_refused()
    {
        var groups = await persons.RefusalAsync(Swap(HeaderSize, HeaderSize + GroupSize, PerGroup * Message), All);
        var households = await persons.RefusalAsync(Swap(HeaderSize, HeaderSize + Message, Message), All);

        Assert.Equal((SealError.Altered, 0L), (groups.Error, groups.Segment));
        Assert.Equal((SealError.Altered, 0L), (households.Error, households.Segment));
    }

    [Fact]
    public async Task A_group_left_out_is_refused_even_with_the_trailer_set_right()
    {
        byte[] tampered = [.. persons.Sealed[..(HeaderSize + GroupSize)], .. persons.Sealed[(HeaderSize + (2 * GroupSize))..]];
        BinaryPrimitives.WriteInt64BigEndian(tampered.AsSpan(tampered.Length - PersonsFormat.TrailerSize), HeaderSize + (2 * GroupSize));

        Assert.Equal(SealError.Truncated, (await persons.RefusalAsync(tampered, All)).Error);
    }

    [Fact]
    public async Task The_tail_of_another_version_of_the_blob_is_refused()
    {
        using var other = await Persons.SealAsync(All.Select(i => (i, new byte[100])), PerGroup);

        Assert.Equal(SealError.Altered, (await persons.RefusalAsync([.. persons.Sealed[..^80], .. other.Sealed[^80..]], All)).Error);
    }

    [Fact]
    public async Task Of_two_swapped_blobs_each_is_refused_as_the_wrong_one()
    {
        using var other = await Persons.SealAsync([(1, [1])], address: new BlobAddress("personal", "0the0ther"));

        var refusal = await persons.RefusalAsync(other.Sealed, 1);

        Assert.Equal((SealError.WrongBlob, Persons.Address.ToString()), (refusal.Error, refusal.Blob));
    }

    [Fact]
    public async Task A_blob_of_segments_is_refused_as_malformed()
    {
        using var key = Segments.NewKey(Persons.Address.ToString());

        Assert.Equal(SealError.Malformed, (await persons.RefusalAsync(Segments.Seal([1], key), 1)).Error);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_before_any_record()
    {
        using var other = await Persons.SealAsync([(1, [1])]);

        Assert.Equal(SealError.Altered, (await other.RefusalAsync(persons.Sealed, All)).Error);
    }

    [Fact]
    public void Arbitrary_bytes_are_refused_with_and_without_a_genuine_header_and_trailer() =>
        Properties.Hold(300, from length in Gen.Choose(0, 2000) from seed in Gen.Choose(0, int.MaxValue - 1) from form in Gen.Choose(0, 2) select (length, seed, form), shape =>
        {
            var bytes = new byte[shape.length];
            new Random(shape.seed).NextBytes(bytes);
            byte[] content = shape.form switch
            {
                0 => bytes,
                1 => [.. persons.Sealed[..HeaderSize], .. bytes],
                _ => [.. persons.Sealed[..HeaderSize], .. bytes, .. persons.Sealed[^PersonsFormat.TrailerSize..]],
            };

            var refusal = persons.RefusalAsync(content, All).GetAwaiter().GetResult();

            Assert.True(refusal.Error is SealError.Malformed or SealError.Truncated or SealError.Altered);
        });

    private byte[] Swap(int one, int other, int length)
    {
        var swapped = (byte[])persons.Sealed.Clone();
        persons.Sealed.AsSpan(one, length).CopyTo(swapped.AsSpan(other));
        persons.Sealed.AsSpan(other, length).CopyTo(swapped.AsSpan(one));
        return swapped;
    }
}
