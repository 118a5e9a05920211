using System.Text;

namespace TfFlow.Linkage;

/// <summary>A small delimited file, whole: truth, decisions, pairs.</summary>
/// <param name="Headers">As written, trimmed.</param>
/// <param name="Rows">Each as long as the headers.</param>
public sealed record CsvRows(string[] Headers, IReadOnlyList<string[]> Rows)
{
    /// <exception cref="LinkageDataException">It is empty, or ragged.</exception>
    public static CsvRows Read(Stream stream, string name)
    {
        var csv = new DelimitedReader(stream, name);
        if (!csv.Read())
        {
            throw new LinkageDataException($"{name}: the file is empty; a header row was expected.");
        }

        var headers = Row(csv, name);
        var rows = new List<string[]>();
        while (csv.Read())
        {
            csv.TrimTo(headers.Length);
            if (csv.FieldCount != headers.Length)
            {
                throw new LinkageDataException($"{name}, line {csv.Line}: {csv.FieldCount} fields where the header has {headers.Length}.");
            }

            rows.Add(Row(csv, name));
        }

        return new(headers, rows);
    }

    /// <summary>The place of a column.</summary>
    /// <exception cref="LinkageDataException">There is none.</exception>
    public int Column(string wanted, string name)
    {
        var at = Array.FindIndex(Headers, h => h.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? at : throw new LinkageDataException($"{name}: there is no column {wanted} among its {Headers.Length}. Its first line must be the header: look there.");
    }

    private static string[] Row(DelimitedReader csv, string name)
    {
        var row = new string[csv.FieldCount];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = RawTable.Decode(csv[i]);
        }

        return row;
    }
}
