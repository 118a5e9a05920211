using System.Text;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

public class CellMemoTest
{
    private static readonly Rule Warning = new("test.warning", "e", "r", "ours", Consequence.Warning);

    [Fact]
    public void What_a_cell_came_to_is_given_back_whatever_its_length()
    {
        var memo = new CellMemo();
        for (var cell = 1; cell <= CellMemo.Longest; cell++)
        {
            for (var value = 0; value <= CellMemo.Longest; value++)
            {
                var written = Bytes(cell, (byte)value);
                memo.Find(written, out var text);
                memo.Keep(text, Warning, Bytes(value, 7), value);

                ref readonly var known = ref memo.Find(written, out text);

                var writer = new ValueWriter();
                Assert.True(known.Is(text));
                known.CopyTo(writer);
                Assert.Equal(Bytes(value, 7), writer.Written.ToArray());
                Assert.Equal(value, writer.Number);
                Assert.Same(Warning, known.Rule);
            }
        }
    }

    [Fact]
    public void A_cell_is_never_taken_for_another_one()
    {
        var memo = new CellMemo();
        for (var number = 0; number < 50_000; number++)
        {
            ref readonly var known = ref memo.Find(Encoding.ASCII.GetBytes($"{number}"), out var text);
            Assert.False(known.Is(text));
            memo.Keep(text, null, Encoding.ASCII.GetBytes($"{number}"), number);
            Assert.True(memo.Find(Encoding.ASCII.GetBytes($"{number}"), out text).Is(text));
        }
    }

    [Fact]
    public void Bytes_that_differ_in_length_or_in_one_place_are_two_cells()
    {
        var memo = new CellMemo();
        for (var length = 1; length <= CellMemo.Longest; length++)
        {
            for (var at = 0; at < length; at++)
            {
                memo.Find(new byte[length], out var text);
                memo.Keep(text, null, [], 0);
                var other = new byte[length];
                other[at] = 1;
                Assert.False(memo.Find(other, out text).Is(text));
            }
        }
    }

    [Fact]
    public void Nothing_is_known_once_it_was_cleared()
    {
        var memo = new CellMemo();
        memo.Find("Marlowe"u8, out var text);
        memo.Keep(text, null, "Marlowe"u8, 0);
        memo.Clear();
        Assert.False(memo.Find("Marlowe"u8, out text).Is(text));
    }

    private static byte[] Bytes(int length, byte first) => [.. Enumerable.Range(0, length).Select(at => (byte)(first + at))];
}
