using TfFlow.Programme.Research;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Microdata;

public class HierarchyTest
{
    [Theory]
    [InlineData(0, "a,b,c")]
    [InlineData(1, "ab,ab,cd")]
    [InlineData(2, "*,*,*")]
    public void A_column_is_read_off_its_level(int level, string expected)
    {
        var column = SmallTables.Pairs().Generalise(MicroColumn.Of("c", ["a", "b", "c"]), level);

        Assert.Equal(expected.Split(','), Enumerable.Range(0, 3).Select(row => column[row]));
        Assert.Equal(expected.Split(',').Distinct(), column.Values);
    }

    [Theory]
    [InlineData("a", 0, 0)]
    [InlineData("a", 1, 1.0 / 3)]
    [InlineData("a", 2, 1)]
    public void Loss_is_the_share_of_other_values_under_the_same_label(string value, int level, double loss) =>
        Assert.Equal(loss, SmallTables.Pairs().Loss(value, level), 12);

    [Theory]
    [InlineData("a,1,*\nb,1,*")]
    [InlineData("a\t1\t*\r\nb\t1\t*\r\n")]
    [InlineData("\uFEFF\"a\" ; \"1\";*\nb;1;*\n\n")]
    [InlineData("a|1|*\nb|1|*")]
    public void Any_delimiter_quotes_and_a_byte_order_mark_are_read(string text) =>
        Assert.Equal(["1"], Hierarchy.Read(SmallTables.Utf8(text), "h.csv", null).Generalise(MicroColumn.Of("c", ["a", "b"]), 1).Values);

    [Theory]
    [InlineData("a;1\nb;1;*", "line 2")]
    [InlineData("a;1\nb;1\na;2", "line 3")]
    [InlineData("", "empty")]
    public void A_broken_file_is_refused_naming_the_line(string text, string where)
    {
        var error = Assert.Throws<ResearchDataException>(() => SmallTables.Hierarchy(text));

        Assert.Contains("h.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_without_a_line_is_refused_naming_its_row_and_not_the_value()
    {
        var error = Assert.Throws<ResearchDataException>(() => SmallTables.Pairs().Generalise(MicroColumn.Of("c", ["a", "Smith", "Smith"]), 1));

        Assert.Contains("data row 2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Smith", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_value_without_a_line_stays_as_it_is() =>
        Assert.Equal(["ab", "?", "*", ""], SmallTables.Pairs().Generalise(MicroColumn.Of("c", ["a", "?", "*", ""]), 1).Values);

    [Fact]
    public void A_level_beyond_the_file_is_refused() =>
        Assert.Throws<ResearchDataException>(() => SmallTables.Pairs().Generalise(MicroColumn.Of("c", ["a"]), 3));

    [Fact]
    public void A_level_that_parts_what_a_lower_joined_is_not_nested()
    {
        Assert.True(SmallTables.Pairs().IsNested);
        Assert.False(SmallTables.Hierarchy("a;x;1\nb;x;2").IsNested);
    }

    [Theory]
    [InlineData("age", "age.csv|adult_hierarchy_age.csv", "age.csv")]
    [InlineData("age", "adult_hierarchy_age.csv|adult_hierarchy_marriage.csv", "adult_hierarchy_age.csv")]
    [InlineData("age", "test_hierarchy_age.csv|adult_hierarchy_age.csv", "adult_hierarchy_age.csv")]
    [InlineData("Age", "ADULT_HIERARCHY_AGE.CSV", "ADULT_HIERARCHY_AGE.CSV")]
    [InlineData("status", "adult_hierarchy_marital-status.csv|adult_hierarchy_status.csv", "adult_hierarchy_status.csv")]
    [InlineData("marital-status", "adult_hierarchy_marital-status.csv", "adult_hierarchy_marital-status.csv")]
    [InlineData("age", "hierarchyage.txt", "hierarchyage.txt")]
    [InlineData("age", "age.md|sex.csv", null)]
    public void The_file_of_a_column_is_found_by_its_name(string column, string files, string? expected) =>
        Assert.Equal(expected, HierarchyNames.Find(column, "adult", files.Split('|')));

    [Fact]
    public void Two_files_that_fit_equally_well_are_refused() =>
        Assert.Throws<ResearchDataException>(() => HierarchyNames.Find("age", "adult", ["old_age.csv", "new_age.csv"]));
}
