using TfFlow.Cli.Demo;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Research.Statistics;
using TfFlow.Programme.Tests.Research.Counts;

namespace TfFlow.Cli.Tests.Demo;

/// <summary>Statistics of the families of the demo's authority, one table after another, read by somebody who has all of them.</summary>
public class DemoStatisticsTest
{
    private static readonly Dictionary<string, string> Senders = new(StringComparer.Ordinal)
    {
        ["crime"] = "police",
        ["attendance"] = "schools",
        ["work"] = "jobcentre",
        ["domestic-abuse"] = "police",
        ["children-needing-help"] = "schools",
        ["health"] = "schools",
    };

    private static readonly string[] Dimensions = ["problems", "children", "agency"];

    [Fact]
    public void Tables_that_are_each_safe_tell_small_counts_together_unless_each_is_held_against_those_that_are_out()
    {
        var families = Families();
        Assert.NotEmpty(IntervalAttacker.Learnt(Release(families, besideEarlier: false)));

        var released = Release(families, besideEarlier: true);
        Assert.True(released.Count >= 8, $"{released.Count} tables can be released");
        Assert.Empty(IntervalAttacker.Learnt(released));
    }

    [Fact]
    public void Of_a_month_in_which_three_families_left_the_difference_tells_nothing()
    {
        var families = Families();
        var later = families.Where((_, i) => i is not (10 or 20 or 30)).ToList();
        var (before, after) = (StatisticsCount.Of(Table("problems"), families), StatisticsCount.Of(Table("problems"), later));

        // On the true counts the subtraction works.
        Assert.Equal(3, before.Table.Cells.Sum(cell => before.Table[cell]) - after.Table.Cells.Sum(cell => after.Table[cell]));

        List<CountedTable> released = [];
        Add(released, before, besideEarlier: true);
        Add(released, after, besideEarlier: true);
        Assert.NotEmpty(released);
        Assert.Empty(IntervalAttacker.Learnt(released));
    }

    private static List<StatisticsUnit> Families() =>
        [.. new SyntheticAuthority(seed: 1, new(2026, 3, 2), people: 20_000, troubled: 0.05, Canaries.For(new(2026, 3, 2))).Households
            .Where(household => household.IsFamily)
            .Select(household => new StatisticsUnit($"f{household.Number}", new Dictionary<string, IReadOnlyList<string>>
            {
                ["problems"] = [$"{household.Problems.Count}"],
                ["children"] = [$"{household.Children.Count}"],
                ["agency"] = [.. household.Problems.Select(problem => Senders[problem]).Distinct()],
            }))];

    /// <summary>Families by each dimension, and by each those of one group of another.</summary>
    private static List<CountedTable> Release(List<StatisticsUnit> families, bool besideEarlier)
    {
        List<CountedTable> released = [];
        foreach (var rows in Dimensions)
        {
            Add(released, StatisticsCount.Of(Table(rows), families), besideEarlier);
            foreach (var other in Dimensions.Where(dimension => dimension != rows))
            {
                foreach (var group in families.SelectMany(family => family.In(other)).Distinct().Order(StringComparer.Ordinal))
                {
                    Add(released, StatisticsCount.Of(Table(rows, other, group), families), besideEarlier);
                }
            }
        }

        return released;
    }

    /// <summary>Releases a table if it can be made safe.</summary>
    private static void Add(List<CountedTable> released, StatisticsCount count, bool besideEarlier)
    {
        var table = count.Protect(besideEarlier ? released : []);
        if (table.Exposed.Count == 0 && table.Differences.Count == 0)
        {
            released.Add(new($"r{released.Count}", count.Table.Columns.Count,
                [.. table.Source.Cells.Zip(count.Members).Select(pair => new CountedCell($"{pair.First}", pair.Second, table[pair.First]))]));
        }
    }

    private static StatisticsDefinition Table(string rows, string only = "", string group = "") =>
        new("families", rows, "", only.Length == 0 ? [] : [new(only, group)]);
}
