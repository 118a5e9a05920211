using System.Text;
using CsvHelper;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>An agency's own export as the CSV that <see cref="ExtractReader"/> takes, written while it is read: nothing of it rests anywhere.</summary>
/// <remarks>Cells keep their places and rows their numbers, so that a finding names what the agency sees in its spreadsheet.</remarks>
public sealed class ExportStream : Stream
{
    private const int TitleRows = 100;
    private const int Chunk = 1 << 16;

    private readonly IExportRows rows;
    private readonly DatasetSpecification specification;
    private readonly ExportMapping mapping;
    private readonly MemoryStream pending = new();
    private readonly CsvWriter writer;
    private readonly Queue<SourceRow> waiting = new();
    private readonly SourceNotes notes = new();
    private readonly Func<IReadOnlyList<byte[]>, int> recognised;
    private HashSet<string> titles = [];
    private ExportLayout layout = null!;
    private long written;
    private int given;
    private int certain;
    private bool ended;

    private ExportStream(IExportRows rows, DatasetSpecification specification, ExtractReadOptions options, ExportMapping mapping)
    {
        (this.rows, this.specification, this.mapping, Options) = (rows, specification, mapping, options);
        recognised = Recogniser(specification, mapping);
        writer = CsvWriter.Create(pending, new CsvWriterOptions { Separator = ',', WriteByteOrderMark = true, ValidateFieldCount = false }, leaveOpen: true);
    }

    /// <summary>As given, with the row the header was found in.</summary>
    public ExtractReadOptions Options { get; private set; }

    /// <summary>Headers the mapping names and the file does not have.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    /// <summary>The headers as the export has them.</summary>
    public IReadOnlyList<string> Headers => layout.Own;

    /// <summary>What intake would not take about the file, so far as it was read.</summary>
    public bool Unusual => notes.Any;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Finds the header row and begins; the rows are not disposed of.</summary>
    public static ExportStream Open(IExportRows rows, DatasetSpecification specification, ExtractReadOptions options, ExportMapping mapping)
    {
        var stream = new ExportStream(rows, specification, options with { DropUnlisted = true }, mapping);
        stream.Begin();
        return stream;
    }

    /// <summary>How many cells of a row are headers of a dataset.</summary>
    public static Func<IReadOnlyList<byte[]>, int> Recogniser(DatasetSpecification specification, ExportMapping mapping)
    {
        var headers = new HeaderMap(specification);
        return row => ExportLayout.Recognised(row, headers, mapping);
    }

    /// <summary>The outcome of the reading with what was said of the file before it; joined columns are not called left out.</summary>
    public ExtractOutcome Complete(ExtractOutcome outcome) => notes.Complete(outcome, specification, layout, Options.HeaderRow, rows.BrokenAt);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (given == pending.Length && !ended)
        {
            Fill();
        }

        var length = Math.Min(buffer.Length, (int)pending.Length - given);
        pending.GetBuffer().AsSpan(given, length).CopyTo(buffer);
        given += length;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            writer.Dispose();
            Array.Clear(pending.GetBuffer());
            pending.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Begin()
    {
        var first = new List<SourceRow>();
        while (first.Count < TitleRows && rows.Read())
        {
            first.Add(SourceRow.Of(rows));
        }

        var (header, most) = (0, 1);
        for (var row = 0; row < first.Count; row++)
        {
            if (recognised(first[row].Cells) is var count && count > most)
            {
                (header, most) = (row, count);
            }
        }

        // Two rows together may be the headers: with the one above, or with the one below.
        var map = new HeaderMap(specification);
        IReadOnlyList<byte[]>? stacked = null;
        foreach (var lower in (int[])[header, header + 1])
        {
            if (most > 1 && lower > 0 && lower < first.Count
                && ExportLayout.Stacked(first[lower - 1].Cells, first[lower].Cells, map) is var both
                && recognised(both) is var count && count > most)
            {
                (header, most, stacked) = (lower, count, both);
            }
        }

        var own = first.Count == 0 ? [] : first[header].Cells;
        titles = [.. first.Take(header).SelectMany(row => row.Cells).Where(cell => cell.Length > 0).Select(Encoding.UTF8.GetString)];
        (layout, Missing) = ExportLayout.Of(own, stacked ?? own, specification, mapping);
        Options = Options with { HeaderRow = first.Count == 0 ? 1 : (int)first[header].Number };
        foreach (var (rule, expected) in rows.Unusual)
        {
            notes.Add(rule, 0, expected: expected);
        }

        if (Options.HeaderRow > 1)
        {
            notes.Add(SourceRules.TitleRows, Options.HeaderRow);
        }

        if (stacked is not null)
        {
            notes.Add(SourceRules.TwoHeaderRows, Options.HeaderRow);
        }

        layout.Told.ForEach(told => notes.Add(told.What, Options.HeaderRow, told.Cell));
        if (layout.Mapped)
        {
            notes.Add(SourceRules.Mapped, 0);
        }
        else if (layout.Joins.Count > 0)
        {
            notes.Add(SourceRules.Joined, Options.HeaderRow, layout.Joins.Keys.First());
        }

        written = Options.HeaderRow;
        if (first.Count > 0)
        {
            WriteHeader();
        }

        first.Skip(header + 1).ToList().ForEach(waiting.Enqueue);
    }

    private void WriteHeader()
    {
        foreach (var header in layout.Headers.Concat(layout.Set.Select(pair => pair.Header)))
        {
            writer.WriteField(header);
        }

        writer.EndRecord();
    }

    private void Fill()
    {
        pending.SetLength(0);
        given = 0;
        while (pending.Length < Chunk && !ended)
        {
            if (Next() is { } row)
            {
                WriteRow(row);
            }
            else
            {
                ended = true;
            }

            writer.Flush();
        }
    }

    // What may be a remark is held back until it is clear whether records follow.
    private SourceRow? Next()
    {
        var held = new List<SourceRow>();
        if (certain > 0)
        {
            certain--;
            return waiting.Dequeue();
        }

        while (Take() is { } row)
        {
            if (row.IsTotal(layout))
            {
                notes.Add(SourceRules.Total, row.Number);
            }
            else if (row.IsHeader(layout, recognised))
            {
                notes.Add(SourceRules.HeaderAgain, row.Number);
            }
            else if (row.IsOtherHeader(layout, recognised))
            {
                notes.Add(SourceRules.OtherHeader, row.Number);
            }
            else if (row.IsOutside(layout))
            {
                notes.Add(SourceRules.Outside, row.Number);
            }
            else if (row.MayBeFooter(layout, held.Count > 0 ? held[^1].Number : written) || (held.Count > 0 && row.Filled <= 2))
            {
                held.Add(row);
            }
            else if (held.Count == 0)
            {
                return row;
            }
            else
            {
                held.FindAll(IsRemark).ForEach(remark => notes.Add(SourceRules.Remark, remark.Number));
                Return([.. held.Where(before => !IsRemark(before)), row]);
                return waiting.Dequeue();
            }
        }

        held.ForEach(row => notes.Add(SourceRules.Footer, row.Number));
        return null;
    }

    private bool IsRemark(SourceRow row) => row.IsRemark(layout, titles);

    // Rows held back are records after all: the first of them is next, whatever it looks like.
    private void Return(List<SourceRow> held)
    {
        var rest = waiting.ToList();
        waiting.Clear();
        held.Concat(rest).ToList().ForEach(waiting.Enqueue);
        certain = held.Count - 1;
    }

    private SourceRow? Take() => waiting.Count > 0 ? waiting.Dequeue() : rows.Read() ? SourceRow.Of(rows) : null;

    private void WriteRow(SourceRow row)
    {
        var before = written;
        for (; written + 1 < row.Number; written++)
        {
            writer.WriteField("");
            writer.EndRecord();
        }

        if (row.MayBeOtherTable(layout, before))
        {
            notes.Add(SourceRules.OtherTable, row.Number);
        }

        foreach (var remark in row.Remarks)
        {
            notes.Add(remark, row.Number);
        }

        written = row.Number;
        for (var cell = 0; cell < Math.Max(row.Cells.Count, layout.Set.Count > 0 ? layout.Own.Count : 0); cell++)
        {
            writer.WriteField(Value(row, cell));
        }

        foreach (var (_, value) in layout.Set)
        {
            writer.WriteField(value);
        }

        writer.EndRecord();
    }

    private ReadOnlySpan<byte> Value(SourceRow row, int cell)
    {
        if (layout.Joins.TryGetValue(cell, out var parts))
        {
            return Joined(row, parts);
        }

        ReadOnlySpan<byte> value = cell < row.Cells.Count && !layout.Unwritten.Contains(cell) ? row.Cells[cell] : [];
        if (cell < layout.Columns.Length && layout.Columns[cell] is not null && ExcelText.Strip(ref value))
        {
            notes.Add(SourceRules.ExcelText, row.Number, cell);
        }

        return value;
    }

    private byte[] Joined(SourceRow row, IReadOnlyList<int> parts)
    {
        var (text, afterNumber) = (new StringBuilder(), false);
        foreach (var part in parts.Where(part => part < row.Cells.Count))
        {
            ReadOnlySpan<byte> value = row.Cells[part];
            if (ExcelText.Strip(ref value))
            {
                notes.Add(SourceRules.ExcelText, row.Number, part);
            }

            if (value.IsEmpty || BlankWords.IsBlank(value))
            {
                continue;
            }

            // A house number alone goes with its street: 12 Wharf Street; a flat's number alone is none: Flat 3.
            var flat = value.Length <= 4 && char.IsAsciiDigit((char)value[0]) && AddressParts.IsFlat(layout.Own[part]) ? "Flat " : "";
            var number = flat.Length == 0 && Number(Encoding.UTF8.GetString(value));
            text.Append(text.Length == 0 ? "" : afterNumber ? " " : ", ").Append(flat).Append(Encoding.UTF8.GetString(value));
            afterNumber = number;
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static bool Number(string value) => value.All(letter => char.IsAsciiDigit(letter) || letter == '-');
}
