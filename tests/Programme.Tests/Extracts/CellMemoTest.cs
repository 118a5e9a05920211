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
                memo.Keep(new(written), Warning, Bytes(value, 7), value);

                var known = Find(memo, new(written));

                var writer = new ValueWriter();
                Assert.Equal(new(written), known.Cell);
                known.Value.CopyTo(writer);
                Assert.Equal(Bytes(value, 7), writer.Written.ToArray());
                Assert.Equal(value, known.Number);
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
            var cell = new ShortText(Encoding.ASCII.GetBytes($"{number}"));
            Assert.NotEqual(cell, Find(memo, cell).Cell);
            memo.Keep(cell, null, Encoding.ASCII.GetBytes($"{number}"), number);
            Assert.Equal(cell, Find(memo, cell).Cell);
        }
    }

    [Fact]
    public void Bytes_that_differ_in_length_or_in_one_place_are_two_cells()
    {
        var seen = new HashSet<ShortText>();
        for (var length = 0; length <= CellMemo.Longest; length++)
        {
            Assert.True(seen.Add(new(new byte[length])));
            for (var at = 0; at < length; at++)
            {
                foreach (var value in (byte[])[1, 0x80, 0xFF])
                {
                    var bytes = new byte[length];
                    bytes[at] = value;
                    Assert.True(seen.Add(new(bytes)));
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_known_once_it_was_cleared()
    {
        var memo = new CellMemo();
        var cell = new ShortText("Marlowe"u8);
        memo.Keep(cell, null, "Marlowe"u8, 0);
        memo.Clear();
        Assert.NotEqual(cell, Find(memo, cell).Cell);
    }

    [Fact]
    public void A_memo_of_cells_that_hardly_repeat_is_given_up_but_for_those_of_one_byte()
    {
        var memo = new CellMemo();
        for (var number = 0; number < 10_000; number++)
        {
            memo.Keep(new(Encoding.ASCII.GetBytes($"{number}")), null, [], number);
        }

        Assert.False(memo.IsGivenUp);
        memo.Settle(10_000);

        var one = new ShortText("7"u8);
        Assert.True(memo.IsGivenUp);
        Assert.Equal(one, Find(memo, one).Cell);
    }

    // As the checker looks for it: a cell of one byte has a place of its own.
    private static CellMemo.Known Find(CellMemo memo, ShortText cell) =>
        cell.IsOne(out var letter) && letter > 0 ? memo.FindOne(letter) : memo.Find(cell);

    private static byte[] Bytes(int length, byte first) => [.. Enumerable.Range(0, length).Select(at => (byte)(first + at))];
}
