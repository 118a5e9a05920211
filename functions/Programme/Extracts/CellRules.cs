namespace TfFlow.Programme.Extracts;

/// <summary>What a row and any cell of it is checked for, whatever the column.</summary>
public static class CellRules
{
    public static readonly Rule Ragged = new("row.cells", "as many cells as the header has", "RFC 4180 §2");
    public static readonly Rule TrailingCells = new("row.trailing-cells", "as many cells as the header has; missing ones at the end are read as blank", "ours", Consequence.Warning);
    public static readonly Rule Dropped = new("column.dropped", "only the columns of the specification; this one is left out", "seeds/002 §1", Consequence.Warning);
    public static readonly Rule Blank = new("cell.blank", "a value: this column may not be blank", "ours");
    public static readonly Rule Formula = new("cell.formula", "a value that a spreadsheet would not run as a formula; it is kept as text and neutralised wherever a file for people is written", "ours", Consequence.Warning);
    public static readonly Rule Duplicate = new("row.duplicate", "each record once: an earlier row has the same key", "ours");

    public static IReadOnlyList<Rule> All { get; } = [Ragged, TrailingCells, Dropped, Blank, Formula, Duplicate];
}
