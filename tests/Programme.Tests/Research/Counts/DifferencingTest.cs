using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Tests.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Counts;

/// <summary>What a reader works out of several releases, where counts are published as they are: the least protection there is.</summary>
public class DifferencingTest
{
    private static CountRules Exact { get; } = new() { SmallestHidden = 9, Rounding = CountRounding.None, ReaderKnows = KnownTotals.None };

    [Fact]
    public void All_and_all_the_men_but_one_woman_are_flagged()
    {
        // 8 of 20 and 7 of 19: the twentieth is a woman, and she is the eighth.
        var found = Assert.Single(Find([One("r2", Enumerable.Range(0, 19))], [One("r1", Enumerable.Range(0, 20))]));

        Assert.Equal(1, found.People);
        Assert.Equal(["r2", "r1"], found.Tables);
        Assert.False(found.IsSuppressed);
    }

    [Fact]
    public void Rounded_they_say_nothing_of_her() =>
        Assert.Empty(Differencing.Find(
            One("r2", Enumerable.Range(0, 19), CountRounding.ToFive), [One("r1", Enumerable.Range(0, 20), CountRounding.ToFive)],
                Exact with { Rounding = CountRounding.ToFive }));

    [Fact]
    public void Groups_that_differ_in_enough_people_are_not_flagged() =>
        Assert.Empty(Find([One("r2", Enumerable.Range(0, 20))], [One("r1", Enumerable.Range(0, 40))]));

    [Fact]
    public void The_same_group_again_says_nothing_new() =>
        Assert.Empty(Find([One("r2", Enumerable.Range(0, 40))], [One("r1", Enumerable.Range(0, 40))]));

    [Fact]
    public void Groups_of_which_neither_is_inside_the_other_leave_it_open_how_many_they_share() =>
        Assert.Empty(Find([One("r2", Enumerable.Range(1, 30))], [One("r1", Enumerable.Range(0, 30))]));

    [Fact]
    public void Three_releases_together_give_away_what_no_two_do()
    {
        // All (0–59) less north (0–29) less south (30–57) leaves two.
        var found = Assert.Single(Find([One("r3", Enumerable.Range(30, 28))],
            [One("r1", Enumerable.Range(0, 60)), One("r2", Enumerable.Range(0, 30))]));

        Assert.Equal((2, 3), (found.People, found.Tables.Count));
    }

    [Fact]
    public void Four_releases_that_add_up_to_three_times_a_few_people_give_them_away()
    {
        // Four parts, the last of two people; each group leaves out one part. Three of them less twice the fourth is three times the last
        // part.
        int[][] parts = [[.. Enumerable.Range(0, 20)], [.. Enumerable.Range(20, 20)], [.. Enumerable.Range(40, 20)], [60, 61]];
        CountedTable[] tables = [.. parts.Select((left, i) => One($"r{i}", parts.Except([left]).SelectMany(part => part)))];

        Assert.Equal(2, Assert.Single(Find(tables[..1], tables[1..])).People);
    }

    [Fact]
    public void What_was_known_already_is_not_laid_to_the_new_release() =>
        Assert.Empty(Find([One("r3", Enumerable.Range(100, 40))],
            [One("r1", Enumerable.Range(0, 40)), One("r2", Enumerable.Range(0, 39))]));

    [Fact]
    public void A_small_group_is_flagged_by_itself() => Assert.Equal(3, Assert.Single(Find([One("r1", Enumerable.Range(0, 3))], []))
        .People);

    [Fact]
    public void A_count_that_an_earlier_table_suppressed_is_not_told_by_the_complement()
    {
        // Of 30 it suppressed who said yes: 5. Now the others are published apart, and so are all.
        var earlier = new CountedTable("r1", 1, [Cell(Enumerable.Range(0, 5), published: null),
            Cell(Enumerable.Range(5, 25), published: null)]);
        var next = new CountedTable("r2", 1, [Cell(Enumerable.Range(5, 25), 25), Cell(Enumerable.Range(0, 30), 30)]);

        Assert.Contains(Differencing.Find(next, [earlier], Exact), found => found is { People: 5, IsSuppressed: true });
        Assert.Empty(Differencing.Find(next with { Cells = [next.Cells[1]] }, [earlier], Exact));
    }

    [Fact]
    public void Every_part_that_some_sum_of_groups_leaves_alone_is_found() => SmallTables.Holds(Systems, groups =>
    {
        var people = groups.SelectMany(group => group).Distinct().ToArray();
        var parts = people.GroupBy(person => string.Concat(groups.Select(group => group.Contains(person)))).Select(part => part.ToArray())
            .ToArray();
        var table = new CountedTable("r", 1, [.. groups.Select(group => Cell(group, group.Length))]);
        var found = Differencing.Find(table, [], Exact with { SmallestHidden = people.Length + 1 }).Select(one => one.People).ToHashSet();
        foreach (var part in parts.Index().Where(part => IsDetermined(groups, parts, part.Index)))
        {
            Assert.Contains(part.Item.Length, found);
        }
    });

    /// <summary>Two tables of two groups each, rounded or not, some counts suppressed: few enough to try every set of counts.</summary>
    [Fact]
    public void What_is_found_is_what_trying_every_set_of_counts_gives() => SmallTables.Holds(Pairs, given =>
    {
        var (counts, hidden, step) = given;
        var rules = new CountRules { SmallestHidden = 2, Rounding = new CountRounding.Nearest(step), ReaderKnows = KnownTotals.None };
        int[][] cells = [[0, 1], [2, 3], [0, 2], [1, 3]];
        var sums = cells.Select(cell => cell.Sum(part => counts[part])).ToArray();
        long?[] published = [.. sums.Select((sum, i) => rules.IsSmall(sum) || (hidden[i] && sum > 0) ? null
            : (long?)rules.Rounding.Apply(sum))];
        CountedTable Table(int first) => new($"r{first}", 1,
            [.. Enumerable.Range(first, 2)
                .Select(i => Cell(cells[i].SelectMany(part => Enumerable.Range(100 * part, counts[part])), published[i]))]);

        // Where nobody is, the reader knows it.
        int[][] Possible(int tables) => [.. Every(10).Where(tried => tried.Zip(counts).All(part => part.Second > 0 || part.First == 0)
            && cells[..(2 * tables)].Index().All(cell =>
                Fits(cell.Item.Sum(part => tried[part]), sums[cell.Index], published[cell.Index], rules)))];
        var (before, after) = (Possible(1), Possible(2));
        var expected = cells.Select(cell => (Parts: cell, IsSuppressed: true))
            .Concat(Enumerable.Range(0, 4).Select(part => (Parts: (int[])[part], IsSuppressed: false)))
            .Where(target => rules.IsSmall(target.Parts.Sum(part => counts[part])))
            .Where(target =>
            {
                var (least, most, known) = Left(before, target.Parts, target.IsSuppressed);
                var (low, high, given) = Left(after, target.Parts, target.IsSuppressed);
                return known ? low > Math.Max(1, least) || high < Math.Min(2, most) : given;
            })

            // A group of one part alone is a count of the table: that is how it is judged.
            .Where(target => target.IsSuppressed || !cells.Any(cell => cell.Where(part => counts[part] > 0).SequenceEqual(target.Parts)))
            .Select(target => (target.Parts.Sum(part => counts[part]), target.IsSuppressed)).ToHashSet();
        var known = Differencing.Find(Table(2), [], rules).Count + Differencing.Find(Table(0), [], rules).Count;
        Assert.Equal(0, known);
        Assert.Equal(expected, Differencing.Find(Table(2), [Table(0)], rules).Select(found => (found.People, found.IsSuppressed))
            .ToHashSet());
    }, times: 150);

    /// <summary>What is left open of a number, and whether that gives it away.</summary>
    private static (int Low, int High, bool Given) Left(int[][] possible, int[] parts, bool isSuppressed)
    {
        var (low, high) = (possible.Min(tried => parts.Sum(part => tried[part])), possible.Max(tried => parts.Sum(part => tried[part])));
        return (low, high, isSuppressed ? low > 1 || high < 2 : low >= 1 && high <= 2 && (low > 1 || high < 2));
    }

    private static Arbitrary<int[][]> Systems { get; } =
        Gen.Choose(1, 255).ArrayOf().Where(masks => masks.Length is > 0 and < 5)
            .Select(masks => masks.Distinct().Select(mask => Enumerable.Range(0, 8).Where(bit => (mask & (1 << bit)) != 0).ToArray())
                .ToArray()).ToArbitrary();

    private static Arbitrary<(int[] Counts, bool[] Hidden, int Step)> Pairs { get; } =
        (from counts in Gen.Choose(0, 4).ArrayOf(4)
         from hidden in Gen.Elements(false, false, true).ArrayOf(4)
         from step in Gen.Elements(1, 3)
         select (counts, hidden, step)).ToArbitrary();

    private static IEnumerable<int[]> Every(int most)
    {
        for (var i = 0; i < most * most * most * most; i++)
        {
            yield return [i % most, i / most % most, i / most / most % most, i / most / most / most];
        }
    }

    private static bool Fits(int tried, int sum, long? published, CountRules rules) => published is null ? tried > 0
        : !rules.IsSmall(tried) && rules.Rounding.Apply(tried) == rules.Rounding.Apply(sum);

    /// <summary>Whether some ±1, ±2 or 0 of each group adds up to the part alone, once, twice or three times.</summary>
    /// <remarks>Enough for four groups by Cramer's rule: a determinant of zeros and ones is at most 2 for three rows and 3 for
    /// four.</remarks>
    private static bool IsDetermined(int[][] groups, int[][] parts, int wanted)
    {
        int[] factors = [0, 1, -1, 2, -2];
        var scales = Enumerable.Range(1, 3);
        return Combine([]).Any(lambda => scales.Any(scale => parts.Index().All(part =>
            groups.Index().Sum(group => group.Item.Contains(part.Item[0]) ? lambda[group.Index] : 0) == (part.Index == wanted ? scale
                : 0))));

        IEnumerable<int[]> Combine(int[] chosen) =>
            chosen.Length == groups.Length ? [chosen] : factors.SelectMany(factor => Combine([.. chosen, factor]));
    }

    private static IReadOnlyList<Difference> Find(CountedTable[] next, CountedTable[] earlier) =>
        Differencing.Find(Assert.Single(next), earlier, Exact);

    private static CountedTable One(string release, IEnumerable<int> people, CountRounding? rounding = null) =>
        new(release, 1, [Cell(people, (rounding ?? CountRounding.None).Apply(people.Count()))]);

    private static CountedCell Cell(IEnumerable<int> people, long? published) =>
        new("", people.Select(person => $"p{person}").ToHashSet(), published);
}
