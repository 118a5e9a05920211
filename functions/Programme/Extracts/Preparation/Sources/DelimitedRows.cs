using System.Text;
using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>The rows of a text file: whatever stands between its cells, ends its lines and encodes its letters.</summary>
public sealed class DelimitedRows : IExportRows
{
    private const int SampleRows = 100;

    private readonly DelimitedReader reader;
    private readonly List<(Rule Rule, string Expected)> unusual = [];
    private int after;

    /// <param name="file">Can seek; read from its beginning, left open.</param>
    /// <param name="recognised">How many cells of a row are headers of the dataset: tells the separator where titles stand above.</param>
    public DelimitedRows(Stream file, Func<IReadOnlyList<byte[]>, int> recognised)
    {
        file.Position = 0;
        var encoding = ExportEncoding.Of(file);
        var separator = Separator(file, encoding, recognised);
        file.Position = 0;
        reader = new DelimitedReader(ExportEncoding.Read(file, encoding), "the file", separator);
        unusual.AddRange(encoding is null ? [] : [(encoding, encoding.Expected)]);
        if (SeparatorLine(file, encoding))
        {
            unusual.Add((SourceRules.SeparatorLine, SourceRules.SeparatorLine.Expected));
            after = 1;
        }
        else if (separator is not null and not ',')
        {
            unusual.Add((SourceRules.Separator, SourceRules.Separator.Expected));
        }
    }

    public long Number { get; private set; }

    public int FieldCount => reader.FieldCount;

    public IReadOnlyList<(Rule Rule, string Expected)> Unusual => unusual;

    public ReadOnlySpan<byte> this[int field] => reader[field];

    public long BrokenAt { get; private set; }

    public bool Read()
    {
        try
        {
            if (BrokenAt > 0 || !reader.Read())
            {
                return false;
            }
        }
        catch (LinkageDataException)
        {
            BrokenAt = Number + reader.Line - after;
            return false;
        }

        // Lines between this row and the one before are blank rows; a quoted line break is inside a row.
        Number += reader.Line - after;
        after = reader.Line + LinesInside();
        return true;
    }

    public void Dispose()
    {
    }

    private int LinesInside()
    {
        var lines = 0;
        for (var field = 0; field < reader.FieldCount; field++)
        {
            var text = reader[field];
            if (text.ContainsAny((byte)'\n', (byte)'\r'))
            {
                lines += text.Count((byte)'\n') + text.Count((byte)'\r') - text.Count("\r\n"u8);
            }
        }

        return lines;
    }

    // The one by which most headers are found; null leaves it to the reader.
    private static char? Separator(Stream file, Rule? encoding, Func<IReadOnlyList<byte[]>, int> recognised)
    {
        var (best, most) = ((char?)null, 0);
        foreach (var candidate in ",;\t|")
        {
            file.Position = 0;
            var sample = new DelimitedReader(ExportEncoding.Read(file, encoding), "the file", candidate);
            for (var row = 0; row < SampleRows && TryRead(sample); row++)
            {
                var cells = Enumerable.Range(0, sample.FieldCount).Select(field => sample[field].ToArray()).ToList();
                var count = recognised(cells);
                (best, most) = count > most ? (candidate, count) : (best, most);
            }
        }

        return best;
    }

    // A quotation mark that never closes is told when the file is read in earnest.
    private static bool TryRead(DelimitedReader sample)
    {
        try
        {
            return sample.Read();
        }
        catch (LinkageDataException)
        {
            return false;
        }
    }

    private static bool SeparatorLine(Stream file, Rule? encoding)
    {
        var position = file.Position;
        file.Position = 0;
        var start = new byte[32];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = position;
        var text = encoding == SourceRules.Utf16 ? Encoding.UTF8.GetString([.. start[..length].Where(b => b is not 0 and < 0x80)]) : Encoding.UTF8.GetString(start, 0, length);
        return text.TrimStart('\uFEFF', '"').StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
    }
}
