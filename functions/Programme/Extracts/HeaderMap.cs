using System.Text;

namespace TfFlow.Programme.Extracts;

/// <summary>Which cell of a row holds which column: the header's order is free.</summary>
internal sealed class HeaderMap
{
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);

    public HeaderMap(DatasetSpecification specification)
    {
        for (var index = 0; index < specification.Columns.Count; index++)
        {
            var column = specification.Columns[index];
            foreach (var header in column.Aliases.Append(column.Header))
            {
                columns.TryAdd(Fold(header), index);
            }
        }
    }

    /// <returns>The column's index, or -1.</returns>
    public int Find(ReadOnlySpan<byte> header) => columns.TryGetValue(Fold(Encoding.UTF8.GetString(header)), out var index) ? index : -1;

    /// <summary>Lower case, letters and digits only: <c>Date of Birth</c>, <c>DATE_OF_BIRTH</c> and <c>date-of-birth</c> are one header.</summary>
    public static string Fold(string header) => string.Concat(header.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>A column as a spreadsheet names it: 0 is A, 26 is AA.</summary>
    public static string Letters(int cell)
    {
        var letters = "";
        for (var rest = cell + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }
}
