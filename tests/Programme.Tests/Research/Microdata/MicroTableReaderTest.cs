using TfFlow.Programme.Research;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Microdata;

public class MicroTableReaderTest
{
    [Theory]
    [InlineData("sex;age\nM;39\nF;50")]
    [InlineData("sex,age\r\nM,39\r\nF,50\r\n")]
    [InlineData("\uFEFF\"sex\" ,\"age\"\n\"M\", 39\nF, \"50\"\n\n")]
    [InlineData("sex\tage\nM\t39\nF\t50")]
    [InlineData("sex|age\nM|39\nF|50")]
    public void Delimiter_quotes_blanks_and_a_byte_order_mark_do_not_matter(string text)
    {
        var table = Read(text, "age", "sex");

        Assert.Equal(2, table.Rows);
        Assert.Equal(["39", "50"], table["age"].Values);
        Assert.Equal(["M", "F"], table["sex"].Values);
    }

    [Fact]
    public void A_blank_a_star_and_a_question_mark_are_values() =>
        Assert.Equal(["", "*", "?"], Read("a;b\n;1\n*;1\n?;1\n;1", "a")["a"].Values);

    [Fact]
    public void A_quoted_cell_may_hold_the_delimiter_and_a_line_break() =>
        Assert.Equal(["[20, 30[", "a\nb"], Read("x,y\n\"[20, 30[\",1\n\"a\nb\",2", "x")["x"].Values);

    [Fact]
    public void A_name_is_found_without_regard_to_case_when_no_other_fits() => Assert.Equal("Age", Read("Age;Sex\n1;2", "age").Columns[0].Name);

    [Theory]
    [InlineData("a;b\n1;2\n3", "row 2")]
    [InlineData("a;b\n1;2;3", "row 1")]
    [InlineData("a;b\n", "no row")]
    [InlineData("b;c\n1;2", "no column 'a'")]
    [InlineData("a;a\n1;2", "2 columns")]
    public void What_is_wrong_is_named_with_its_place(string text, string where)
    {
        var error = Assert.Throws<ResearchDataException>(() => Read(text, "a"));

        Assert.Contains("data.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    private static MicroTable Read(string text, params string[] columns) => MicroTableReader.Read(SmallTables.Utf8(text), "data.csv", null, columns);
}
