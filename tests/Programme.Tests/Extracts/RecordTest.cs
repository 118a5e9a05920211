using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

public class RecordTest
{
    [Fact]
    public void Any_fields_come_back_as_they_were_written() => Prop.ForAll<byte[][]>(fields =>
    {
        var writer = new RecordWriter();
        foreach (var field in fields)
        {
            writer.Field(field);
        }

        var reader = new RecordReader(writer.Written.Span);
        foreach (var field in fields)
        {
            if (!reader.Field().SequenceEqual(field))
            {
                return false;
            }
        }

        return reader.AtEnd;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(2_100_000)]
    public void A_field_of_any_length_comes_back_and_a_cut_one_is_not_taken_for_whole(int length)
    {
        var writer = new RecordWriter().Field(new byte[length]).Field(-42);

        var whole = new RecordReader(writer.Written.Span);
        Assert.Equal(length, whole.Field().Length);
        Assert.Equal(-42, whole.Number());

        var cut = new RecordReader(writer.Written.Span[..(length == 0 ? 0 : length)]);
        Assert.False(cut.TryField(out _));
    }

    [Fact]
    public void Arbitrary_bytes_never_read_beyond_their_end() => Prop.ForAll<byte[]>(bytes =>
    {
        var reader = new RecordReader(bytes);
        try
        {
            while (reader.TryField(out _))
            {
            }
        }
        catch (InvalidDataException)
        {
        }
    }).QuickCheckThrowOnFailure();
}
