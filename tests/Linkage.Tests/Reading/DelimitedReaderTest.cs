using System.Text;
using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Reading;

public sealed class DelimitedReaderTest
{
    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a;b\r\n1;2")]
    [InlineData("a\tb\r1\t2\r")]
    [InlineData("a|b\n1|2\n\n\n")]
    [InlineData("sep=;\r\na;b\r\n1;2\r\n")]
    [InlineData("\uFEFFa,b\n1,2\n")]
    [InlineData("a,b\n,\n , \n1,2\n,,\n")]
    [InlineData("\"a\",\"b\"\n\" 1 \",2\u00A0\n")]
    [InlineData("a,b\n1\0,2\n")]
    public void Every_form_of_one_table_is_read_alike(string text) => Assert.Equal("a b/1 2", Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void UTF_16_is_read_with_a_mark_and_without(string encoding, bool mark) =>
        Assert.Equal("a b/1 Zoë", Read([.. mark ? Encoding.GetEncoding(encoding).GetPreamble() : [], .. Encoding.GetEncoding(encoding).GetBytes("a,b\r\n1,Zoë\r\n")]));

    [Fact]
    public void Lines_and_rows_are_counted_right_after_quoted_line_breaks_and_blank_rows()
    {
        var reader = new DelimitedReader(new MemoryStream(Encoding.UTF8.GetBytes("a,b\r\n\"x\r\ny\",1\r\n,\r\n\r\nz,2\r\n")), "file");
        var places = new List<(int Line, int Row)>();
        while (reader.Read())
        {
            places.Add((reader.Line, reader.Row));
        }

        Assert.Equal([(1, 1), (2, 2), (6, 5)], places);
        Assert.Equal(1, reader.BlankRows);
    }

    [Fact]
    public void What_follows_a_closing_quote_is_kept() =>
        Assert.Equal("a b/The Mill Wharf Street x/12 \"Mill\" Street 3 \"The Mill\"", Read("a,b\n\"The Mill\" Wharf Street ,x\n\"12\" \"Mill\" Street,3 \"The Mill\"\n"u8.ToArray()));

    [Fact]
    public void An_unclosed_quote_is_named_by_its_line() =>
        Assert.Contains("line 3", Assert.Throws<LinkageDataException>(() => Read("a,b\n1,2\n\"3,4\n"u8.ToArray())).Message, StringComparison.Ordinal);

    [Fact]
    public void A_row_longer_than_the_buffer_is_read()
    {
        var longest = new string('x', 3_000_000);
        Assert.Equal($"a b/1 {longest}/2 y", Read(Encoding.UTF8.GetBytes($"a,b\n1,\"{longest}\"\n2,y\n")));
    }

    private static string Read(byte[] text)
    {
        var reader = new DelimitedReader(new MemoryStream(text), "file");
        var rows = new List<string>();
        while (reader.Read())
        {
            reader.TrimTo(2);
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => Encoding.UTF8.GetString(reader[i]))));
        }

        return string.Join('/', rows);
    }
}
