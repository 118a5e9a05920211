using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Tests.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Counts;

public class ProtectedTableTest
{
    [Fact]
    public void Counts_are_rounded_and_the_total_is_that_of_the_rounded()
    {
        var table = List(KnownTotals.None, 18, 23, 31, 44);

        Assert.Equal([20, 25, 30, 45], Published(table));
        Assert.Equal(120, table.Total);
    }

    [Fact]
    public void Small_counts_are_suppressed_before_any_is_rounded() =>
        Assert.Equal([null, 10, 15, 25], Published(List(KnownTotals.None, 3, 8, 16, 23)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(6, null)]
    [InlineData(7, null)]
    [InlineData(8, 10)]
    public void Seven_is_the_highest_that_is_suppressed(long count, int? published) =>
        Assert.Equal(published, Published(List(KnownTotals.Exact, count))[0]);

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, 10)]
    public void Below_ten_by_setting(long count, int? published) =>
        Assert.Equal(published, Published(ProtectedTable.Of(Rows(1, count), new() { SmallestHidden = 9, ReaderKnows = KnownTotals.None }))[0]);

    [Fact]
    public void A_suppressed_count_adds_nothing_to_the_printed_totals()
    {
        var table = ProtectedTable.Of(Rows(2, 3, 18, 23, 44), new() { ReaderKnows = KnownTotals.None });

        Assert.Equal((20, 70, 25, 65, 90), (table.RowTotal(0), table.RowTotal(1), table.ColumnTotal(0), table.ColumnTotal(1), table.Total));
    }

    [Fact]
    public void One_suppressed_count_beside_a_known_total_takes_a_second_with_it()
    {
        // 50 − (8 to 12) − (13 to 17) − (23 to 27) leaves 0 to 6, so that it is not 7 would be known.
        var table = List(KnownTotals.Exact, 3, 8, 16, 23);

        Assert.Equal([null, null, 15, 25], Published(table));
        Assert.Equal((1, 13), table.Interval(new(0, 0)));
    }

    [Fact]
    public void Rounding_may_be_protection_enough_against_rounded_totals()
    {
        var table = List(KnownTotals.Rounded, 3, 8, 16, 23);

        Assert.Empty(table.Secondary);
        Assert.Equal((1, 8), table.Interval(new(0, 0)));
    }

    [Fact]
    public void In_two_dimensions_a_small_count_is_hidden_in_a_rectangle()
    {
        var table = ProtectedTable.Of(Rows(3, 3, 40, 50, 60, 20, 70, 80, 90, 30), new() { Rounding = CountRounding.None, ReaderKnows = KnownTotals.Exact });

        Assert.Equal([new Cell(0, 0)], table.Primary);
        Assert.Equal([new(0, 1), new(1, 0), new(1, 1)], table.Secondary.Order(Comparer<Cell>.Create((a, b) => (a.Row, a.Column).CompareTo((b.Row, b.Column)))));
        Assert.Empty(table.Exposed);
    }

    [Fact]
    public void A_known_total_that_is_small_itself_cannot_be_hidden() =>
        Assert.Equal([new Cell(0, 0)], List(KnownTotals.Exact, 3, 0, 0).Exposed);

    [Fact]
    public void Without_known_totals_nothing_bounds_a_suppressed_count()
    {
        var table = List(KnownTotals.None, 3, 40);

        Assert.Empty(table.Secondary);
        Assert.Equal((1, null), table.Interval(new(0, 0)));
    }

    [Fact]
    public void Intervals_are_what_trying_every_table_gives() => SmallTables.Holds(Tables, given =>
    {
        var table = ProtectedTable.Of(given.Table, given.Rules);
        var possible = Possible(given.Table, given.Rules, table).ToArray();
        foreach (var (cell, i) in given.Table.Cells.Select((cell, i) => (cell, i)).Where(pair => table[pair.cell] is null))
        {
            Assert.Equal((possible.Min(counts => counts[i]), (long?)possible.Max(counts => counts[i])), table.Interval(cell));
        }
    });

    [Fact]
    public void Every_small_count_is_hidden_or_named_as_exposed() => SmallTables.Holds(Tables, given =>
    {
        var table = ProtectedTable.Of(given.Table, given.Rules);
        Assert.All(table.Primary.Except(table.Exposed), cell => Assert.True(table.Interval(cell) is (1, var high) && high >= given.Rules.SmallestHidden));
        Assert.All(table.Exposed, cell => Assert.Contains(cell, table.Primary));
        Assert.All(given.Table.Cells, cell => Assert.Equal(given.Rules.IsSmall(given.Table[cell]), table.Primary.Contains(cell)));
    });

    [Fact]
    public void What_is_exposed_would_be_so_with_every_count_suppressed() => SmallTables.Holds(Tables, given =>
    {
        var table = ProtectedTable.Of(given.Table, given.Rules);
        var all = Possible(given.Table, given.Rules, cell => given.Table[cell] > 0).ToArray();
        foreach (var (cell, i) in given.Table.Cells.Select((cell, i) => (cell, i)).Where(pair => table.Primary.Contains(pair.cell)))
        {
            var hidden = all.Min(counts => counts[i]) == 1 && all.Max(counts => counts[i]) >= given.Rules.SmallestHidden;
            Assert.Equal(!hidden, table.Exposed.Contains(cell));
        }
    }, times: 60);

    [Fact]
    public void No_secondary_suppression_could_be_left_out_alone() => SmallTables.Holds(Tables, given =>
    {
        var table = ProtectedTable.Of(given.Table, given.Rules);
        foreach (var left in table.Secondary)
        {
            var possible = Possible(given.Table, given.Rules, cell => cell != left && table[cell] is null).ToArray();
            Assert.Contains(table.Primary.Except(table.Exposed), cell =>
            {
                var i = (cell.Row * given.Table.Columns.Count) + cell.Column;
                return possible.Min(counts => counts[i]) > 1 || possible.Max(counts => counts[i]) < given.Rules.SmallestHidden;
            });
        }
    });

    /// <summary>Two by two or two by three, counts to 7, "small" to 2, rounding to 1 or 3: few enough to try every table.</summary>
    private static Arbitrary<(CountTable Table, CountRules Rules)> Tables { get; } =
        (from columns in Gen.Choose(2, 3)
         from counts in Gen.Choose(0, 7).Select(count => (long)count).ArrayOf(2 * columns)
         from step in Gen.Elements(1, 3)
         from known in Gen.Elements(KnownTotals.Rounded, KnownTotals.Exact)
         select (Rows(columns, counts), new CountRules { SmallestHidden = 2, Rounding = new CountRounding.Nearest(step), ReaderKnows = known })).ToArbitrary();

    private static IEnumerable<long[]> Possible(CountTable table, CountRules rules, ProtectedTable published) =>
        Possible(table, rules, cell => published[cell] is null);

    /// <summary>Every table that a reader cannot rule out.</summary>
    private static IEnumerable<long[]> Possible(CountTable table, CountRules rules, Func<Cell, bool> suppressed)
    {
        var cells = table.Cells.ToArray();
        var most = table.Total + (2 * table.Cells.Count());
        IEnumerable<long[]> all = [[]];
        foreach (var cell in cells)
        {
            var row = cell.Row;
            var limit = Enumerable.Range(0, 100).Last(total => Same(table.RowTotal(row), total, rules));
            var candidates = Enumerable.Range(0, limit + 1).Select(count => (long)count)
                .Where(count => suppressed(cell) ? count > 0 : !rules.IsSmall(count) && rules.Rounding.Apply(count) == rules.Rounding.Apply(table[cell])).ToArray();
            all = all.SelectMany(counts => candidates.Where(count => counts.Skip(row * table.Columns.Count).Sum() + count <= limit).Select(count => counts.Append(count).ToArray()));
        }

        return all.Where(counts =>
        {
            var other = Rows(table.Columns.Count, counts);
            return Same(table.Total, other.Total, rules)
                && Enumerable.Range(0, table.Rows.Count).All(row => Same(table.RowTotal(row), other.RowTotal(row), rules))
                && Enumerable.Range(0, table.Columns.Count).All(column => Same(table.ColumnTotal(column), other.ColumnTotal(column), rules));
        });
    }

    private static bool Same(long total, long other, CountRules rules) =>
        rules.ReaderKnows == KnownTotals.Exact ? total == other : rules.Rounding.Apply(total) == rules.Rounding.Apply(other);

    private static CountTable Rows(int columns, params long[] counts) =>
        new([.. Enumerable.Range(0, counts.Length / columns).Select(i => $"r{i}")], [.. Enumerable.Range(0, columns).Select(i => $"c{i}")], counts);

    private static ProtectedTable List(KnownTotals known, params long[] counts) => ProtectedTable.Of(Rows(1, counts), new() { ReaderKnows = known });

    private static long?[] Published(ProtectedTable table) => [.. table.Source.Cells.Select(cell => table[cell])];
}
