using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Microdata;

public class EquivalenceClassesTest
{
    [Fact]
    public void Classes_are_the_groups_that_comparing_every_pair_gives() => SmallTables.Holds(SmallTables.Rows, rows =>
    {
        var classes = EquivalenceClasses.Of(rows.Length, SmallTables.Table(rows).Columns);
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows.Count(row => row.SequenceEqual(rows[i])), classes.Sizes[classes.ClassOf[i]]);
            for (var j = 0; j < i; j++)
            {
                Assert.Equal(rows[i].SequenceEqual(rows[j]), classes.ClassOf[i] == classes.ClassOf[j]);
            }
        }
    });

    [Fact]
    public void Classes_are_numbered_in_order_of_first_appearance()
    {
        var classes = EquivalenceClasses.Of(5, [MicroColumn.Of("c", ["x", "y", "x", "z", "y"])]);

        Assert.Equal([0, 1, 0, 2, 1], classes.ClassOf);
        Assert.Equal([2, 2, 1], classes.Sizes);
    }

    [Fact]
    public void Columns_whose_combinations_exceed_64_bits_are_still_told_apart_exactly()
    {
        // 12 columns of 400 values: 400^12 is about 2^104.
        var cells = Enumerable.Range(0, 800).Select(row => $"{row / 2}").ToArray();
        var columns = Enumerable.Range(0, 12).Select(c => MicroColumn.Of($"c{c}", cells)).ToArray();

        var classes = EquivalenceClasses.Of(800, columns);

        Assert.Equal(400, classes.Count);
        Assert.All(classes.Sizes, size => Assert.Equal(2, size));
    }

    [Fact]
    public void Over_no_column_all_records_are_one_class() => Assert.Equal([3], EquivalenceClasses.Of(3, []).Sizes);

    [Fact]
    public void No_records_are_no_class() => Assert.Equal(0, EquivalenceClasses.Of(0, [MicroColumn.Of("c", [])]).Count);
}
