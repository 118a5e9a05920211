using System.Text;
using System.Text.RegularExpressions;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>One row of an export, kept while it is not clear what it is.</summary>
/// <param name="Number">As a spreadsheet numbers it.</param>
/// <param name="Remarks">What is to be told of it, if it is a record.</param>
internal sealed partial record SourceRow(long Number, IReadOnlyList<byte[]> Cells, IReadOnlyList<Rule> Remarks)
{
    public static SourceRow Of(IExportRows rows) =>
        new(rows.Number, [.. Enumerable.Range(0, rows.FieldCount).Select(field => rows[field].ToArray())], [.. rows.Remarks]);

    public int Filled => Cells.Count(cell => cell.Length > 0);

    /// <summary>A label like Total, and hardly anything else of a record.</summary>
    public bool IsTotal(ExportLayout layout) =>
        layout.Known > 3 && Filled * 2 <= layout.Known + 1 && TotalPattern().IsMatch(FirstText);

    /// <summary>One cell alone where a record has many, and no name: a group's heading, a page's foot, a title once more.</summary>
    /// <param name="titles">The cells that stand above the headers.</param>
    public bool IsRemark(ExportLayout layout, IReadOnlySet<string> titles) => Filled == 1 && layout.Columns.Count(column => column is { Required: true }) > 2
        && FirstText is var text && (RemarkPattern().IsMatch(text) || titles.Contains(text));

    /// <summary>Too little for a record: a remark if nothing follows it.</summary>
    public bool MayBeFooter(ExportLayout layout, long before) =>
        (Filled == 1 && layout.Known > 2 && !HoldsCells) || (Filled == 2 && layout.Known > 4 && Number > before + 1)
        || (Filled == 3 && layout.Known > 4 && Number > before + 1 && ReportPattern().IsMatch(FirstText));

    /// <summary>The headers once more, as reports repeat them on every page.</summary>
    public bool IsHeader(ExportLayout layout, Func<IReadOnlyList<byte[]>, int> recognised) => layout.Known > 1
        && ((Cells.Count >= layout.Own.Count(own => own.Length > 0)
                && Enumerable.Range(0, Math.Min(Cells.Count, layout.Row.Count)).All(cell =>
                    Cells[cell].AsSpan().SequenceEqual(layout.Row[cell])))
            || (HasNoFigures && layout.Fits(Cells) && recognised(Cells) > 1));

    /// <summary>Other headers of the dataset, or the same in other places: a second table.</summary>
    public bool IsOtherHeader(ExportLayout layout, Func<IReadOnlyList<byte[]>, int> recognised) =>
        layout.Known > 2 && HasNoFigures && recognised(Cells) is var known && known > 2 && known * 2 >= layout.Known && !layout.Fits(Cells);

    /// <summary>Something, but nothing in a column of the dataset: what stands beside the table.</summary>
    public bool IsOutside(ExportLayout layout) => layout.Known > 0 && Enumerable.Range(0, Cells.Count).All(cell =>
        Cells[cell].Length == 0 || (cell < layout.Columns.Length && !layout.Reads(cell)));

    /// <summary>Words alone where a record has figures, after blank rows: as the headers of another table are.</summary>
    public bool MayBeOtherTable(ExportLayout layout, long before) => Number > before + 1 && Filled > 1 && HasNoFigures
        && Enumerable.Range(0, Math.Min(Cells.Count, layout.Columns.Length)).Any(cell =>
            Cells[cell].Length > 0 && layout.Columns[cell]?.Validator is Validators.DateValidator or Validators.WholeNumberValidator);

    // A whole row in one cell, set apart by another sign than the headers are.
    private bool HoldsCells => FirstText is var text && ";\t|".Any(separator => text.Count(letter => letter == separator) > 2);

    private string FirstText => Encoding.UTF8.GetString(Cells.First(cell => cell.Length > 0));

    private bool HasNoFigures => Cells.All(cell => !cell.AsSpan().ContainsAnyInRange((byte)'0', (byte)'9'));

    // A digit, a colon, a line of signs, or what reports begin a line with; a surname alone is a record that lost its cells.
    [GeneratedRegex(
        @"[0-9:]|\A[*=_-]{2}|\A(page|report|printed|produced|class|form|year|group|house|school|ward|team|end of|continued)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RemarkPattern();

    [GeneratedRegex(
        @"\A(page|report|printed|produced|created|run|exported|generated|filters?|selection|source)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReportPattern();

    [GeneratedRegex(
        @"\A\W*(grand |sub-? ?|overall )?(totals?|sum|count|average|mean|number of|no\. of|total number|records?|rows)\b"
            + @"|\b(sub-? ?|grand )?totals?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TotalPattern();
}
