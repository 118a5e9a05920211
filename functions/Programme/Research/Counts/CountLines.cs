using System.Globalization;
using System.Text;

namespace TfFlow.Programme.Research.Counts;

/// <summary>A protected table as comma-separated lines, with the totals of what is published.</summary>
public static class CountLines
{
    /// <returns>A header, a line a row, a line of totals; a suppressed count is blank.</returns>
    public static string Write(ProtectedTable table) =>
        Write(table.Source.Rows, table.Source.Columns, [.. table.Source.Cells.Select(cell => table[cell])]);

    /// <param name="cells">What is published, row after row; null: suppressed.</param>
    /// <inheritdoc cref="Write(ProtectedTable)"/>
    public static string Write(IReadOnlyList<string> rows, IReadOnlyList<string> columns, IReadOnlyList<long?> cells)
    {
        var text = new StringBuilder().Append("group,").AppendJoin(',', columns).Append(",total\r\n");
        foreach (var (row, counts) in rows.Zip(cells.Chunk(columns.Count)))
        {
            text.Append(row).Append(',').AppendJoin(',', counts.Select(Text)).Append(',').Append(Text(counts.Sum() ?? 0)).Append("\r\n");
        }

        var totals = Enumerable.Range(0, columns.Count).Select(column => cells.Where((_, i) => i % columns.Count == column).Sum() ?? 0);
        return text.Append("total,").AppendJoin(',', totals.Select(total => Text(total))).Append(',').Append(Text(cells.Sum() ?? 0)).Append("\r\n").ToString();
    }

    private static string Text(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "";
}
