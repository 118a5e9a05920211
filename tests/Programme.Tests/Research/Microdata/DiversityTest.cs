using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Microdata;

public class DiversityTest
{
    [Fact]
    public void The_least_diverse_class_decides()
    {
        // Class x: flu, flu, cold, gout. Class y: flu, cold.
        var classes = EquivalenceClasses.Of(6, [MicroColumn.Of("q", ["x", "x", "x", "x", "y", "y"])]);

        var found = Diversity.Of(classes, MicroColumn.Of("s", ["flu", "flu", "cold", "gout", "flu", "cold"]));

        Assert.Equal(2, found.DistinctL);
        // Entropy of y is ln 2; of x it is 1.5 ln 2.
        Assert.Equal(2, found.EntropyL, 12);
        // Whole: 1/2, 1/3, 1/6. x: 1/2, 1/4, 1/4 → 1/12. y: 1/2, 1/2, 0 → 1/6.
        Assert.Equal(1.0 / 6, found.T, 12);
    }

    [Fact]
    public void A_class_of_one_value_gives_it_away()
    {
        var classes = EquivalenceClasses.Of(4, [MicroColumn.Of("q", ["x", "x", "y", "y"])]);

        var found = Diversity.Of(classes, MicroColumn.Of("s", ["a", "a", "b", "b"]));

        Assert.Equal((1, 1.0, 0.5), (found.DistinctL, found.EntropyL, found.T));
    }

    [Fact]
    public void It_is_what_the_definitions_say() => SmallTables.Holds(SmallTables.Rows, rows =>
    {
        var table = SmallTables.Table(rows);
        var found = Diversity.Of(EquivalenceClasses.Of(rows.Length, table.Columns.Take(2)), table.Columns[2]);
        var groups = rows.GroupBy(row => row[0] + row[1], row => row[2]).Select(group => group.ToArray()).ToArray();

        Assert.Equal(groups.Min(group => group.Distinct().Count()), found.DistinctL);
        Assert.Equal(groups.Min(group => Math.Exp(-Shares(group).Values.Sum(p => p * Math.Log(p)))), found.EntropyL, 9);
        var whole = Shares([.. rows.Select(row => row[2])]);
        Assert.Equal(groups.Max(group => Distance(Shares(group), whole)), found.T, 9);
    });

    private static Dictionary<string, double> Shares(string[] values) =>
        values.GroupBy(value => value).ToDictionary(group => group.Key, group => (double)group.Count() / values.Length);

    private static double Distance(Dictionary<string, double> one, Dictionary<string, double> other) =>
        one.Keys.Union(other.Keys).Sum(key => Math.Abs(one.GetValueOrDefault(key) - other.GetValueOrDefault(key))) / 2;
}
