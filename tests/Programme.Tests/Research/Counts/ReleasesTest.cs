using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Research.Statistics;

namespace TfFlow.Programme.Tests.Research.Counts;

/// <summary>Tables of a made-up authority, released one after the other: what somebody who has them all can work out.</summary>
public class ReleasesTest
{
    private static readonly string[] Agencies = ["police", "schools", "health", "housing"];
    private static readonly string[] Dimensions = ["problems", "children", "state", "agency", "found"];

    /// <summary>All families by problems; then all families of whom the police sent a record. The difference of two true counts is one
    /// family.</summary>
    [Fact]
    public void Subtracting_one_table_from_another_tells_of_one_family_in_the_true_counts_and_of_none_in_those_released()
    {
        var families = Enumerable.Range(0, 120)
            .Select(i => Family($"f{i:D3}", problems: 2 + (i % 3), agency: i == 40 ? "schools" : "police", children: i % 4)).ToList();
        var (all, police) = (Definition("problems"), Definition("problems", only: new("agency", "police")));

        // On the true counts the attack works: of three problems there is one family that the police do not know.
        var (allCounts, policeCounts) = (StatisticsCount.Of(all, families), StatisticsCount.Of(police, families));
        var difference = allCounts.Table.Cells.Select(cell => allCounts.Table[cell] - policeCounts.Table[cell]).ToArray();
        Assert.Equal([0, 1, 0], difference);

        var first = Released("r1", allCounts, allCounts.Protect([]));
        var second = Released("r2", policeCounts, policeCounts.Protect([first]));
        var attacker = new IntervalAttacker([first, second]);
        var (low, high) = attacker.Of(["f040"]);
        Assert.False(low >= 1 && high <= 7, $"it is {low} to {high}");

        // Unrounded, suppressed as they are, the same two would have told: that is what is compared.
        Assert.Contains(
            Differencing.Find(Exact("r2", policeCounts), [Exact("r1", allCounts)],
                StatisticsCount.Rules with { Rounding = CountRounding.None }),
            found => found is { People: 1, IsSuppressed: false });
    }

    /// <summary>A suppressed count, and in another table its group joined with another, whose own count is out.</summary>
    [Fact]
    public void A_group_joined_with_its_neighbour_does_not_tell_a_count_that_was_suppressed()
    {
        var families = Enumerable.Range(0, 48)
            .Select(i => Family($"f{i:D2}", problems: i < 3 ? 5 : i < 12 ? 4 : 2, agency: i < 12 ? "police" : "schools", children: 1))
                .ToList();
        var first = StatisticsCount.Of(Definition("problems"), families);
        var released = Released("r1", first, first.Protect([]));
        Assert.Equal([35, 10, null], released.Cells.Select(cell => cell.Published));

        // The police sent 12: they are the 9 and the 3. Each table is safe alone; 10 and 10 leave at most 4 for the 3.
        var second = StatisticsCount.Of(Definition("agency"), families);
        var alone = Released("r2", second, second.Protect([]));
        Assert.Equal([10, 35], alone.Cells.Select(cell => cell.Published));
        Assert.Equal((1, 4), new IntervalAttacker([released, alone]).Of([.. first.Members[2]]));

        var beside = Released("r2", second, second.Protect([released]));
        Assert.Equal([null, 35], beside.Cells.Select(cell => cell.Published));
        var (low, high) = new IntervalAttacker([released, beside]).Of([.. first.Members[2]]);
        Assert.True(low <= 1 && high >= 7, $"it is {low} to {high}");
    }

    [Fact]
    public void A_table_of_a_few_families_cannot_be_made_safe_and_says_so() =>
        Assert.NotEmpty(Protect(StatisticsCount.Of(Definition("problems"),
            [.. Enumerable.Range(0, 5).Select(i => Family($"f{i}", 2 + (i % 2), "police", 1))])).Exposed);

    /// <summary>Families come, go and change; at every step a table is built by chance and released if it may be. With these seeds the
    /// attack succeeds on tables that are each made safe by itself alone. Held against each other, whatever was suppressed stays hidden,
    /// and no small number between two counts is told.</summary>
    [Theory]
    [InlineData(23)]
    [InlineData(108)]
    [InlineData(140)]
    [InlineData(300)]
    [InlineData(397)]
    public void Whatever_is_released_together_no_small_count_can_be_worked_out(int seed)
    {
        Assert.NotEmpty(IntervalAttacker.Learnt(Release(seed, besideEarlier: false)));

        var released = Release(seed, besideEarlier: true);
        Assert.True(released.Count >= 2, "nearly all were refused: nothing is left to share");
        Assert.All(released.SelectMany(table => table.Cells).Where(cell => cell.Members.Count is > 0 and <= 7),
            cell => Assert.Null(cell.Published));
        Assert.Empty(IntervalAttacker.Learnt(released));
    }

    /// <remarks>In 209 and 234 a suppressed count of the last table holds two of earlier tables: it is two at least whether that table is
    /// released or not.</remarks>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(209)]
    [InlineData(234)]
    public void Where_tables_tell_nothing_together_either_nothing_is_learnt(int seed) =>
        Assert.Empty(IntervalAttacker.Learnt(Release(seed, besideEarlier: true)));

    private static List<CountedTable> Release(int seed, bool besideEarlier)
    {
        var random = new Random(seed);
        var (families, released, next) = (new List<StatisticsUnit>(), new List<CountedTable>(), 0);
        for (var step = 0; step < 9; step++)
        {
            // Now and then nobody comes or goes between two tables: then they tell most.
            var still = step > 0 && random.Next(2) == 0;
            families.RemoveAll(_ => !still && random.Next(25) == 0);
            for (var i = step == 0 ? -50 : still ? 8 : random.Next(-2, 8); i < 8; i++)
            {
                families.Add(Chance(random, $"f{next++}"));
            }

            var rows = Dimensions[random.Next(Dimensions.Length)];
            var columns = random.Next(2) == 0 ? "" : Dimensions.Where(name => name != rows).ElementAt(random.Next(Dimensions.Length - 1));
            var only = random.Next(2) == 0 ? FilterOf(random, families[random.Next(families.Count)]) : null;
            var count = StatisticsCount.Of(Definition(rows, columns, only), families);
            var table = count.Protect(besideEarlier ? released : []);
            if (table.Exposed.Count == 0 && table.Differences.Count == 0)
            {
                released.Add(Released($"r{step}", count, table));
            }
        }

        return released;
    }

    private static StatisticsFilter FilterOf(Random random, StatisticsUnit family)
    {
        var dimension = Dimensions[random.Next(Dimensions.Length)];
        return new(dimension, family.In(dimension)[0]);
    }

    [Fact]
    public void A_table_too_fine_or_of_nothing_is_refused()
    {
        Assert.Contains("nothing to count",
            Assert.Throws<Programme.Research.ResearchDataException>(() => StatisticsCount.Of(Definition("problems"), [])).Message,
                StringComparison.Ordinal);
        var fine = Enumerable.Range(0, 30).SelectMany(i => Enumerable.Range(0, 30).Select(j =>
            new StatisticsUnit($"{i}.{j}", new Dictionary<string, IReadOnlyList<string>> { ["found"] = [$"{i}"], ["agency"] = [$"{j}"] })));
        Assert.Contains("at most 300",
            Assert.Throws<Programme.Research.ResearchDataException>(() => StatisticsCount.Of(Definition("found", "agency"), fine)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_to_count_is_told_with_what_is()
    {
        Assert.Contains("families, cases, markers, extracts",
            Assert.Single(new StatisticsDefinition("people", "state", "", []).Obstacles()).What, StringComparison.Ordinal);
        Assert.Contains("problems", Assert.Single(Definition("name").Obstacles()).What, StringComparison.Ordinal);
        Assert.Contains("problems", Assert.Single(Definition("state", only: new("address", "x")).Obstacles()).What,
            StringComparison.Ordinal);
        Assert.Contains("two dimensions", Assert.Single(Definition("state", "state").Obstacles()).What, StringComparison.Ordinal);
        Assert.Empty(Definition("state", "found", new("agency", "police")).Obstacles());
        Assert.Contains("only agency police", Definition("state", "found", new("agency", "police")).InWords(), StringComparison.Ordinal);
    }

    private static ProtectedTable Protect(StatisticsCount count) => count.Protect([]);

    private static StatisticsUnit Chance(Random random, string reference) => Family(
        reference,
        problems: 2 + Math.Min(random.Next(5), random.Next(5)),
        agency: Agencies[Math.Min(random.Next(4), random.Next(4))],
        children: Math.Min(random.Next(5), random.Next(5)),
        more: random.Next(4) == 0 ? Agencies[random.Next(4)] : null,
        state: random.Next(10) == 0 ? "InReview" : "InCohort",
        found: $"2026-Q{1 + random.Next(4)}");

    private static StatisticsUnit Family(string reference, int problems, string agency, int children, string? more = null,
        string state = "InCohort", string found = "2026-Q1") =>
        new(reference, new Dictionary<string, IReadOnlyList<string>>
        {
            ["problems"] = [$"{problems}"],
            ["agency"] = more is null || more == agency ? [agency] : [agency, more],
            ["children"] = [$"{children}"],
            ["state"] = [state],
            ["found"] = [found],
        });

    private static StatisticsDefinition Definition(string rows, string columns = "", StatisticsFilter? only = null) =>
        new("families", rows, columns, only is null ? [] : [only]);

    private static CountedTable Released(string name, StatisticsCount count, ProtectedTable table)
    {
        Assert.Empty(table.Exposed);
        Assert.Empty(table.Differences);
        return new(name, count.Table.Columns.Count,
            [.. table.Source.Cells.Zip(count.Members)
                .Select(pair => new CountedCell($"{name} {pair.First}", pair.Second, table[pair.First]))]);
    }

    private static CountedTable Exact(string name, StatisticsCount count) =>
        new(name, count.Table.Columns.Count, [.. count.Members.Select(cell => new CountedCell(name, cell, cell.Count))]);
}
