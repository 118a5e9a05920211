using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Microdata;

public class RiskTest
{
    [Fact]
    public void Seven_records_in_classes_of_four_two_and_one()
    {
        var risk = ReidentificationRisk.Of(EquivalenceClasses.Of(7, [MicroColumn.Of("c", ["a", "a", "b", "a", "c", "b", "a"])]));

        Assert.Equal((7, 3, 1, 1), (risk.Records, risk.Classes, risk.SmallestClass, risk.SampleUniques));
        Assert.Equal(3.0 / 7, risk.Average);
        Assert.Equal(1, risk.Maximum);
        Assert.Equal([1, 3, 7, 7, 7, 7], ReidentificationRisk.Sizes.Select(below => risk.RecordsInClassesBelow[below]));
    }

    [Fact]
    public void Average_risk_is_the_mean_over_records_of_one_in_the_class_size() => SmallTables.Holds(SmallTables.Rows, rows =>
    {
        var risk = ReidentificationRisk.Of(EquivalenceClasses.Of(rows.Length, SmallTables.Table(rows).Columns));
        var sizes = rows.Select(row => rows.Count(other => other.SequenceEqual(row))).ToArray();

        Assert.Equal(sizes.Average(size => 1.0 / size), risk.Average, 12);
        Assert.Equal(1.0 / sizes.Min(), risk.Maximum);
        Assert.Equal(sizes.Count(size => size == 1), risk.SampleUniques);
        Assert.All(ReidentificationRisk.Sizes, below => Assert.Equal(sizes.Count(size => size < below), risk.RecordsInClassesBelow[below]));
    });

    [Theory]
    [InlineData("sex", 0.4, 0.6)]
    [InlineData("state", 0.6, 0.7)]
    [InlineData("age", 0.6, 0.8)]
    [InlineData("sex state", 0.8, 0.9)]
    [InlineData("age sex", 1.0, 1.0)]
    [InlineData("age state", 1.0, 1.0)]
    public void Distinction_and_separation_of_a_five_row_table(string columns, double distinction, double separation)
    {
        var table = MicroTable.Of(
            MicroColumn.Of("age", ["20", "30", "40", "20", "40"]),
            MicroColumn.Of("sex", ["F", "F", "F", "M", "M"]),
            MicroColumn.Of("state", ["CA", "CA", "TX", "NY", "CA"]));

        var found = Distinguishing.Of(EquivalenceClasses.Of(5, columns.Split(' ').Select(name => table[name])));

        Assert.Equal((distinction, separation), (found.Distinction, found.Separation));
    }

    [Fact]
    public void Separation_counts_the_pairs_that_differ() => SmallTables.Holds(SmallTables.Rows, rows =>
    {
        var pairs = rows.SelectMany((row, i) => rows[..i].Select(other => !row.SequenceEqual(other))).ToArray();
        var found = Distinguishing.Of(EquivalenceClasses.Of(rows.Length, SmallTables.Table(rows).Columns));

        Assert.Equal(pairs.Length == 0 ? 0 : (double)pairs.Count(differ => differ) / pairs.Length, found.Separation, 12);
    });
}
