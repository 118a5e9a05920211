namespace TfFlow.Programme.Research.Counts;

/// <summary>A table of counts as it may be published: small counts suppressed, the rest rounded, and what would give a suppressed one away suppressed too.</summary>
public sealed class ProtectedTable
{
    private readonly CountRules rules;
    private readonly HashSet<Cell> primary;
    private readonly HashSet<Cell> secondary = [];

    private readonly ReleaseAudit? releases;

    private ProtectedTable(CountTable table, CountRules rules, ReleaseAudit? releases)
    {
        (Source, this.rules, this.releases) = (table, rules, releases);
        primary = [.. table.Cells.Where(cell => rules.IsSmall(table[cell]))];
        Exposed = Protect();
        Differences = FindDifferences();
    }

    /// <summary>The true counts; not for publication.</summary>
    public CountTable Source { get; }

    /// <summary>Suppressed because the count is small.</summary>
    public IReadOnlySet<Cell> Primary => primary;

    /// <summary>Suppressed because a small count could be worked out otherwise. None could be published alone of them.</summary>
    public IReadOnlySet<Cell> Secondary => secondary;

    /// <summary>Small counts that cannot be hidden by suppressing others, since a total that is known is too small itself: join rows or columns.</summary>
    public IReadOnlyList<Cell> Exposed { get; }

    /// <summary>What it gives away together with earlier releases, and suppressing all of its counts does not hide: do not release it.</summary>
    public IReadOnlyList<Difference> Differences { get; }

    /// <summary>The rounded count; null: suppressed.</summary>
    public long? this[Cell cell] => primary.Contains(cell) || secondary.Contains(cell) ? null : rules.Rounding.Apply(Source[cell]);

    /// <summary>The sum of the published counts of the row; a suppressed one adds nothing.</summary>
    public long RowTotal(int row) => Enumerable.Range(0, Source.Columns.Count).Sum(column => this[new(row, column)] ?? 0);

    /// <summary>The sum of the published counts of the column; a suppressed one adds nothing.</summary>
    public long ColumnTotal(int column) => Enumerable.Range(0, Source.Rows.Count).Sum(row => this[new(row, column)] ?? 0);

    /// <summary>The sum of the published counts.</summary>
    public long Total => Source.Cells.Sum(cell => this[cell] ?? 0);

    /// <summary>Suppresses, rounds, and suppresses again until no reader with the totals of <see cref="CountRules.ReaderKnows"/> learns more
    /// of a small count than that it is from 1 to <see cref="CountRules.SmallestHidden"/>.</summary>
    public static ProtectedTable Of(CountTable table, CountRules rules) => new(table, rules, releases: null);

    /// <summary>Suppresses also what would give a small number away to a reader of earlier releases: see <see cref="Differencing"/>.</summary>
    /// <param name="members">Of each cell, row after row: references of what it counts, as many as its count.</param>
    public static ProtectedTable Of(
        CountTable table, CountRules rules, IReadOnlyList<IReadOnlySet<string>> members, IReadOnlyList<CountedTable> earlier) =>
        new(table, rules, new(new("", table.Columns.Count, [.. members.Select(cell => new CountedCell("", cell, null))]), earlier, rules));

    /// <summary>What a reader can work out of a suppressed count.</summary>
    /// <returns>Highest: null when there is no bound.</returns>
    public (long Low, long? High) Interval(Cell cell)
    {
        var (low, high) = Audit().Interval(cell, TableAudit.Unbounded);
        return (low, high > TableAudit.Unbounded / 2 ? null : high);
    }

    /// <summary>Suppresses from the smallest counts up until all are safe, then publishes again, from the largest down, what is not needed.</summary>
    private List<Cell> Protect()
    {
        var candidates = Source.Cells.Where(cell => Source[cell] > rules.SmallestHidden).OrderBy(cell => Source[cell]).ToArray();
        var (low, high) = (0, candidates.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            Suppress(candidates[..middle]);
            (low, high) = FindExposed().Count == 0 && FindDifferences().Count == 0 ? (low, middle) : (middle + 1, high);
        }

        Suppress(candidates[..low]);
        var (exposed, differences) = (FindExposed(), FindDifferences().Count);
        foreach (var cell in candidates[..low].Reverse())
        {
            secondary.Remove(cell);
            if (FindExposed().Count > exposed.Count || FindDifferences().Count > differences)
            {
                secondary.Add(cell);
            }
        }

        return exposed;
    }

    private IReadOnlyList<Difference> FindDifferences() =>
        releases?.Find(cell => this[new(cell / Source.Columns.Count, cell % Source.Columns.Count)]) ?? [];

    private void Suppress(Cell[] cells)
    {
        secondary.Clear();
        secondary.UnionWith(cells);
    }

    private List<Cell> FindExposed()
    {
        var audit = Audit();
        return [.. primary.Where(cell => audit.Interval(cell, rules.SmallestHidden) is var (low, high) && (low > 1 || high < rules.SmallestHidden))];
    }

    private TableAudit Audit() => new(Source, cell => this[cell] is { } published ? rules.Behind(published) : null, rules.BehindTotal);
}
