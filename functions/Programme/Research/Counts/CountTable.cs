namespace TfFlow.Programme.Research.Counts;

/// <summary>A table of counts of people or families: groups down, categories across. A list is a table of one column.</summary>
public sealed class CountTable
{
    private readonly long[] counts;

    /// <param name="counts">Row after row; none negative.</param>
    public CountTable(IReadOnlyList<string> rows, IReadOnlyList<string> columns, IEnumerable<long> counts)
    {
        (Rows, Columns, this.counts) = (rows, columns, [.. counts]);
        if (this.counts.Length != rows.Count * columns.Count || this.counts.Any(count => count < 0))
        {
            throw new ArgumentException("One count is needed for every row and column, and none may be negative.", nameof(counts));
        }
    }

    public IReadOnlyList<string> Rows { get; }

    public IReadOnlyList<string> Columns { get; }

    public long this[Cell cell] => counts[(cell.Row * Columns.Count) + cell.Column];

    /// <summary>Every cell, row after row.</summary>
    public IEnumerable<Cell> Cells => Enumerable.Range(0, counts.Length).Select(i => new Cell(i / Columns.Count, i % Columns.Count));

    public long RowTotal(int row) => Enumerable.Range(0, Columns.Count).Sum(column => this[new(row, column)]);

    public long ColumnTotal(int column) => Enumerable.Range(0, Rows.Count).Sum(row => this[new(row, column)]);

    public long Total => counts.Sum();
}

/// <summary>A place in a table, both from 0.</summary>
public readonly record struct Cell(int Row, int Column);
