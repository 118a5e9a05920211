using System.Globalization;
using System.Text;

namespace TfFlow.Programme.Research.Counts;

/// <summary>A protected table as comma-separated lines, with the totals of what is published.</summary>
public static class CountLines
{
    /// <returns>A header, a line a row, a line of totals; a suppressed count is blank.</returns>
    public static string Write(ProtectedTable table)
    {
        var (rows, columns) = (table.Source.Rows, table.Source.Columns);
        var text = new StringBuilder().Append("group,").AppendJoin(',', columns).Append(",total\r\n");
        for (var row = 0; row < rows.Count; row++)
        {
            text.Append(rows[row]).Append(',')
                .AppendJoin(',', Enumerable.Range(0, columns.Count).Select(column => Text(table[new(row, column)])))
                .Append(',').Append(Text(table.RowTotal(row))).Append("\r\n");
        }

        return text.Append("total,").AppendJoin(',', Enumerable.Range(0, columns.Count).Select(column => Text(table.ColumnTotal(column))))
            .Append(',').Append(Text(table.Total)).Append("\r\n").ToString();
    }

    private static string Text(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "";
}
