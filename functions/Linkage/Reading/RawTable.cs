using System.Globalization;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>One compared column as read: distinct values, and for each row the number of its value.</summary>
internal sealed record RawColumn(ColumnRole Role, string Header, TextPool<byte> Values, List<int> Rows);

/// <summary>One file as read.</summary>
internal sealed class RawTable
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>From a row on, how far its line is ahead of its number.</summary>
    private readonly List<(int Row, int Ahead)> jumps = [];
    private int ahead;

    private RawTable(string name, IReadOnlyList<string> headers)
    {
        Name = name;
        Headers = headers;
    }

    public string Name { get; }

    public IReadOnlyList<string> Headers { get; }

    public int RowCount { get; private set; }

    /// <summary>Record ids in row order; that none repeats is seen when they are sorted.</summary>
    public IdList Ids { get; } = new();

    public List<RawColumn> Columns { get; } = [];

    /// <summary>Headers of columns that are not compared.</summary>
    public List<string> Unused { get; } = [];

    /// <summary>What a reader of the figures should know of the file.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The header of the id column; empty if rows are named by their number.</summary>
    public string IdHeader { get; private set; } = "";

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="LinkageDataException">It is no table, or its ids repeat.</exception>
    public static RawTable Read(Stream stream, string name, ReadOptions options, Action<long>? progress = null)
    {
        var csv = new DelimitedReader(stream, name);
        if (!csv.Read())
        {
            throw new LinkageDataException($"{name}: the file is empty; a header row was expected.");
        }

        var headers = Header(csv);
        var table = new RawTable(name, headers);
        var lines = new List<int>();
        var sample = Sample(csv, table, lines);
        var id = ColumnChoice.RecordId(headers, sample, options, name);
        var roles = ColumnChoice.Roles(headers, sample, options, id, name);
        table.IdHeader = id < 0 ? "" : headers[id];
        var columns = new RawColumn?[headers.Length];
        for (var i = 0; i < headers.Length; i++)
        {
            columns[i] = roles[i] == ColumnRole.None ? null : new(roles[i], headers[i], new(), []);
        }

        table.Columns.AddRange(columns.OfType<RawColumn>());
        table.Unused.AddRange(headers.Where((_, i) => columns[i] is null && i != id));
        table.Notes.AddRange(ColumnInference.Notes(name, headers, roles, id, named: options.Id is not null));
        foreach (var row in sample)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i]?.Rows.Add(columns[i]!.Values.Add(row[i]));
            }

            table.Named(id < 0 ? Encoding.ASCII.GetBytes($"{table.RowCount + 1}") : row[id], lines[table.RowCount]);
        }

        table.ReadRest(csv, columns, id, progress);
        if (csv.BlankRows > 0)
        {
            table.Notes.Add($"{name}: {csv.BlankRows:N0} blank rows were passed over.");
        }

        return table;
    }

    /// <summary>Records in memory as a table: a column for each thing that any of them says.</summary>
    /// <exception cref="LinkageDataException">Ids are empty or repeat.</exception>
    public static RawTable Of(IEnumerable<PersonRecord> records, string name)
    {
        (ColumnRole Role, Func<PersonRecord, string> Value)[] all =
        [
            (ColumnRole.GivenName, r => r.GivenName), (ColumnRole.MiddleName, r => r.MiddleName), (ColumnRole.Surname, r => r.Surname),
            (ColumnRole.PreviousSurname, r => r.PreviousSurname), (ColumnRole.BirthDate, r => r.Born?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
            (ColumnRole.Sex, r => r.Sex), (ColumnRole.Address, r => r.Address), (ColumnRole.Postcode, r => r.Postcode), (ColumnRole.Phone, r => r.Phone),
            (ColumnRole.Email, r => r.Email), (ColumnRole.NhsNumber, r => r.NhsNumber), (ColumnRole.Uprn, r => r.Uprn),
        ];
        var table = new RawTable(name, [.. all.Select(c => c.Role.ToString())]) { IdHeader = nameof(PersonRecord.Id) };
        var columns = all.Select(c => new RawColumn(c.Role, c.Role.ToString(), new(), [])).ToArray();
        foreach (var record in records)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i].Rows.Add(columns[i].Values.Add(Utf8.GetBytes(all[i].Value(record).Trim())));
            }

            table.Named(Utf8.GetBytes(record.Id), table.RowCount + 1);
        }

        table.Columns.AddRange(columns.Where(c => c.Values.Count > 1));
        return table;
    }

    /// <summary>The first row; or where its cells are no headers, and those of one of the next are, that one: reports have titles above.</summary>
    private static string[] Header(DelimitedReader csv)
    {
        const int TitlesAtMost = 8, Headers = 3;
        var first = Cells(csv);
        if (Recognised(first) >= Math.Min(2, first.Length))
        {
            return first;
        }

        var passed = csv.Ahead(TitlesAtMost, () => Recognised(Cells(csv)) >= Headers);
        return passed ? Cells(csv) : first;
    }

    private static int Recognised(string[] headers) => headers.Count(h => ColumnInference.FromHeader(h) != ColumnRole.None);

    private static string[] Cells(DelimitedReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Decode(csv[i]).Trim().Trim('\uFEFF', '\u200B', '\u200E', '\u200F');
        }

        return cells;
    }

    private void ReadRest(DelimitedReader csv, RawColumn?[] columns, int id, Action<long>? progress)
    {
        Span<byte> number = stackalloc byte[16];
        while (csv.Read())
        {
            if (!Check(csv))
            {
                continue;
            }

            for (var i = 0; i < columns.Length; i++)
            {
                if (columns[i] is { } column)
                {
                    column.Rows.Add(column.Values.Add(csv[i]));
                }
            }

            if (id >= 0)
            {
                Named(csv[id], csv.Line);
            }
            else
            {
                System.Buffers.Text.Utf8Formatter.TryFormat(RowCount + 1, number, out var written);
                Named(number[..written], csv.Line);
            }

            if ((RowCount & 0x3FFF) == 0)
            {
                progress?.Invoke(csv.Position);
            }
        }

        progress?.Invoke(csv.Position);
    }

    private void Named(ReadOnlySpan<byte> id, int line)
    {
        RowCount++;
        if (id.IsEmpty)
        {
            throw new LinkageDataException($"{Name}, line {line}: the id column {IdHeader} is empty. Every record needs an id.");
        }

        Ids.Add(id);
        if (line != RowCount - 1 + ahead)
        {
            // Kept only where it does not follow from the row: quoted newlines, blank rows.
            ahead = line - RowCount + 1;
            jumps.Add((RowCount - 1, ahead));
        }
    }

    /// <summary>What to say of a row whose id an earlier one has.</summary>
    public LinkageDataException Repeats(int row) => new(
        $"{Name}, line {row + jumps.FindLast(j => j.Row <= row).Ahead}: the id column {IdHeader} repeats an earlier id. Name a column that is different in every row.");

    /// <summary>Whether a row is a record: not the line a report ends with, one cell where the header has more than two.</summary>
    /// <exception cref="LinkageDataException">It has other than the header's fields.</exception>
    private bool Check(DelimitedReader csv)
    {
        csv.TrimTo(Headers.Count);
        if (csv.FieldCount == 1 && Headers.Count > 2)
        {
            Notes.Add($"{Name}, line {csv.Line}: one cell where the header has {Headers.Count}; read as a remark, not as a record.");
            return false;
        }

        if (csv.FieldCount == Headers.Count && Headers.Count > 3 && csv[0].Length is >= 5 and <= 12 && IsTotal(csv))
        {
            Notes.Add($"{Name}, line {csv.Line}: read as a row of totals, not as a record.");
            return false;
        }

        return csv.FieldCount == Headers.Count
            ? true
            : throw new LinkageDataException($"{Name}, line {csv.Line} (row {csv.Row}): {csv.FieldCount} fields where the header has {Headers.Count}.");
    }

    private static bool IsTotal(DelimitedReader csv)
    {
        var filled = 0;
        for (var i = 0; i < csv.FieldCount; i++)
        {
            filled += csv[i].Length > 0 ? 1 : 0;
        }

        return filled <= 2 && Encoding.ASCII.GetString(csv[0]).ToUpperInvariant() is "TOTAL" or "TOTALS" or "TOTAL:" or "GRAND TOTAL" or "SUBTOTAL";
    }

    private static List<byte[][]> Sample(DelimitedReader csv, RawTable table, List<int> lines)
    {
        var sample = new List<byte[][]>();
        while (sample.Count < 2000 && csv.Read())
        {
            if (!table.Check(csv))
            {
                continue;
            }

            lines.Add(csv.Line);
            var row = new byte[csv.FieldCount][];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = csv[i].ToArray();
            }

            sample.Add(row);
        }

        return sample;
    }

    /// <summary>A value as text: of UTF-8, or where it is none of Windows-1252, as Excel's plain CSV is.</summary>
    public static string Decode(ReadOnlySpan<byte> value) => Decode(value, out _);

    /// <summary>The same, and whether it was Windows-1252.</summary>
    public static string Decode(ReadOnlySpan<byte> value, out bool windows)
    {
        windows = !System.Text.Unicode.Utf8.IsValid(value);
        return (windows ? Windows : Utf8).GetString(value);
    }
}
