using System.Text;
using CsvHelper;
using TfFlow.Linkage;

namespace TfFlow.Programme.Research.Microdata;

/// <summary>Reads delimited text with a header into a <see cref="MicroTable"/>, keeping only the columns asked for.</summary>
/// <remarks>Liberal in form: any of <c>, ; tab |</c>, quoted or not, with or without a byte order mark, blanks around a cell dropped.
/// Strict in substance: a row with more or fewer cells than the header is refused.</remarks>
public static class MicroTableReader
{
    /// <param name="name">What to call the input in a message.</param>
    /// <param name="delimiter">Null: detected from the first lines.</param>
    /// <param name="columns">The names to keep, in the order they shall have; found exactly, else without regard to case.</param>
    /// <exception cref="ResearchDataException">A column is not there, a row is ragged, a quote is not closed, or there is no row.</exception>
    public static MicroTable Read(Stream text, string name, char? delimiter, IReadOnlyList<string> columns)
    {
        try
        {
            var reader = new DelimitedReader(text, name, delimiter);
            string[] headers = Headers(reader);
            var cells = columns.Select(column => Find(headers, column, name)).ToArray();
            var codes = columns.Select(_ => new List<int>()).ToArray();
            var values = columns.Select(_ => new Interner()).ToArray();
            while (reader.Read())
            {
                reader.TrimTo(headers.Length);
                if (reader.FieldCount != headers.Length)
                {
                    throw new ResearchDataException(
                        $"{name}, row {reader.Row - 1}: {reader.FieldCount} cells where the header has {headers.Length}. Correct the row, or name the delimiter.");
                }

                for (var i = 0; i < cells.Length; i++)
                {
                    codes[i].Add(values[i].Intern(reader[cells[i]]));
                }
            }

            return codes.Length > 0 && codes[0].Count > 0
                ? new(codes[0].Count, [.. cells.Select((cell, i) => new MicroColumn(headers[cell], values[i].Values, [.. codes[i]]))])
                : throw new ResearchDataException($"{name}: no row follows the header. Give a file with at least one record.");
        }
        catch (LinkageDataException e)
        {
            throw new ResearchDataException($"{e.Message} A quote is opened and not closed. Correct the row.");
        }
    }

    /// <summary>The names of the header.</summary>
    /// <param name="text">Delimited text.</param>
    /// <param name="name">What to call the input in a message.</param>
    /// <param name="delimiter">Null: detected from the first lines.</param>
    public static IReadOnlyList<string> Headers(Stream text, string name, char? delimiter)
    {
        try
        {
            return Headers(new DelimitedReader(text, name, delimiter));
        }
        catch (LinkageDataException)
        {
            return [];
        }
    }

    private static string[] Headers(DelimitedReader reader) => reader.Read() ? [.. Enumerable.Range(0, reader.FieldCount).Select(i => Encoding.UTF8.GetString(reader[i]))] : [];

    internal static CsvReaderOptions Options(char? delimiter, bool hasHeader) => new()
    {
        Separator = delimiter,
        HasHeader = hasHeader,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        IncludeValuesInExceptions = false,
    };

    private static int Find(string[] headers, string column, string name)
    {
        var found = Array.FindAll(headers, header => header == column);
        if (found.Length == 0)
        {
            found = Array.FindAll(headers, header => header.Trim().Equals(column.Trim(), StringComparison.OrdinalIgnoreCase));
        }

        return found.Length switch
        {
            1 => Array.IndexOf(headers, found[0]),
            0 => throw new ResearchDataException($"{name}: no column '{column}' among the {headers.Length} of the header. The first line must be the header: look there, or name the delimiter."),
            _ => throw new ResearchDataException($"{name}: {found.Length} columns are called '{column}'. Give each its own name."),
        };
    }

    /// <summary>Distinct UTF-8 cells to codes, decoding each distinct value once.</summary>
    private sealed class Interner
    {
        private readonly Dictionary<byte[], int> places = new(Utf8Cells.Comparer);
        private readonly List<string> values = [];

        public IReadOnlyList<string> Values => values;

        public int Intern(ReadOnlySpan<byte> cell)
        {
            var lookup = places.GetAlternateLookup<ReadOnlySpan<byte>>();
            if (!lookup.TryGetValue(cell, out var code))
            {
                code = values.Count;
                places.Add(cell.ToArray(), code);
                values.Add(Encoding.UTF8.GetString(cell));
            }

            return code;
        }
    }

    private sealed class Utf8Cells : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Utf8Cells Comparer { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] cell) => GetHashCode(cell.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> cell)
        {
            var hash = default(HashCode);
            hash.AddBytes(cell);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
