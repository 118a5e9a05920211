namespace TfFlow.Programme.Research.Counts;

/// <summary>A table of counts as it may be published: small counts suppressed, the rest rounded, and what would give a suppressed one away suppressed too.</summary>
public sealed class ProtectedTable
{
    private readonly CountRules rules;
    private readonly HashSet<Cell> primary;
    private readonly HashSet<Cell> secondary = [];

    private ProtectedTable(CountTable table, CountRules rules)
    {
        (Source, this.rules) = (table, rules);
        primary = [.. table.Cells.Where(cell => rules.IsSmall(table[cell]))];
        Exposed = Protect();
    }

    /// <summary>The true counts; not for publication.</summary>
    public CountTable Source { get; }

    /// <summary>Suppressed because the count is small.</summary>
    public IReadOnlySet<Cell> Primary => primary;

    /// <summary>Suppressed because a small count could be worked out otherwise. None could be published alone of them.</summary>
    public IReadOnlySet<Cell> Secondary => secondary;

    /// <summary>Small counts that cannot be hidden by suppressing others, since a total that is known is too small itself: join rows or columns.</summary>
    public IReadOnlyList<Cell> Exposed { get; }

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
    public static ProtectedTable Of(CountTable table, CountRules rules) => new(table, rules);

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
            (low, high) = FindExposed().Count == 0 ? (low, middle) : (middle + 1, high);
        }

        Suppress(candidates[..low]);
        var exposed = FindExposed();
        foreach (var cell in candidates[..low].Reverse())
        {
            secondary.Remove(cell);
            if (FindExposed().Count > exposed.Count)
            {
                secondary.Add(cell);
            }
        }

        return exposed;
    }

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

    private TableAudit Audit() => new(Source, KnownOfCell, KnownOfTotal);

    private (long Low, long High)? KnownOfCell(Cell cell)
    {
        if (this[cell] is not { } published)
        {
            return null;
        }

        var (low, high) = rules.Rounding.Behind(published);
        // A count that is published is 0 or above the small ones.
        return Source[cell] == 0 && high <= rules.SmallestHidden ? (0, 0)
            : low == 0 && high > rules.SmallestHidden ? (0, high)
            : (Math.Max(low, rules.SmallestHidden + 1), high);
    }

    private (long Low, long High)? KnownOfTotal(long total) => rules.ReaderKnows switch
    {
        KnownTotals.None => null,
        KnownTotals.Rounded => rules.Rounding.Behind(rules.Rounding.Apply(total)),
        _ => (total, total),
    };
}
