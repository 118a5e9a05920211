using System.Text;
using System.Text.RegularExpressions;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>One row of an export, kept while it is not clear what it is.</summary>
/// <param name="Number">As a spreadsheet numbers it.</param>
internal sealed partial record SourceRow(long Number, IReadOnlyList<byte[]> Cells)
{
    public static SourceRow Of(IExportRows rows) =>
        new(rows.Number, [.. Enumerable.Range(0, rows.FieldCount).Select(field => rows[field].ToArray())]);

    public int Filled => Cells.Count(cell => cell.Length > 0);

    /// <summary>A label like Total, and hardly anything else of a record.</summary>
    public bool IsTotal(ExportLayout layout) =>
        layout.Known > 3 && Filled * 2 <= layout.Known + 1 && TotalPattern().IsMatch(Encoding.UTF8.GetString(Cells.First(cell => cell.Length > 0)));

    /// <summary>One cell alone where a record has many, and no name: a group's heading, a page's foot, a title once more.</summary>
    /// <param name="titles">The cells that stand above the headers.</param>
    public bool IsRemark(ExportLayout layout, IReadOnlySet<string> titles) => Filled == 1 && layout.Columns.Count(column => column is { Required: true }) > 2
        && Encoding.UTF8.GetString(Cells.First(cell => cell.Length > 0)) is var text && (RemarkPattern().IsMatch(text) || titles.Contains(text));

    /// <summary>Too little for a record: a remark if nothing follows it.</summary>
    public bool MayBeFooter(ExportLayout layout, long before) =>
        (Filled == 1 && layout.Known > 2) || (Filled == 2 && layout.Known > 4 && Number > before + 1);

    /// <summary>The headers once more, as reports repeat them on every page.</summary>
    public bool IsHeader(ExportLayout layout) => layout.Known > 1
        && Cells.Count >= layout.Own.Count(own => own.Length > 0) && Enumerable.Range(0, Math.Min(Cells.Count, layout.Row.Count)).All(cell => Cells[cell].AsSpan().SequenceEqual(layout.Row[cell]));

    // A digit, a colon, a line of signs, or what reports begin a line with; a surname alone is a record that lost its cells.
    [GeneratedRegex(@"[0-9:]|\A[*=_-]{2}|\A(page|report|printed|produced|class|form|year|group|house|school|ward|team|end of|continued)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RemarkPattern();

    [GeneratedRegex(@"\A\W*(grand |sub-? ?|overall )?(totals?|sum|count|average|mean|number of|no\. of|total number|records?|rows)\b|\b(sub-? ?|grand )?totals?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TotalPattern();
}
