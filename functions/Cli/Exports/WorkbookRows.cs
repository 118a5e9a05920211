using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Exports;

/// <summary>The rows of an Excel workbook (.xlsx): of the sheet whose headers are most of all the dataset's.</summary>
/// <remarks>Read in place: nothing is unpacked to a disk. What ExcelDataReader 3.6.0 gets wrong is put right here: date1904="true" (dates four years early)
/// and error cells (read as blanks); see findings/xlsx-date-1904.sh and findings/xlsx-error-cells.sh.</remarks>
internal sealed class WorkbookRows : IExportRows
{
    private const int SampleRows = 100;
    private const int DaysTo1904 = 1462;

    private readonly IExcelDataReader reader;
    private readonly Dictionary<(int Row, int Column), string> errors;
    private readonly List<(Rule Rule, string Expected)> unusual = [];
    private readonly bool shift;
    private readonly List<byte[]> cells = [];
    private readonly List<Rule> remarks = [];
    private MergedCells merged = new([]);

    static WorkbookRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private WorkbookRows(Stream file, Func<IReadOnlyList<byte[]>, int> recognised, int named)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (WorkbookParts.Problem(archive) is { Length: > 0 } problem)
        {
            throw new ExportException(problem);
        }

        var (sheets, date1904) = WorkbookParts.Read(archive);

        // The reader knows 1 only; LibreOffice writes true.
        shift = date1904 is not ("" or "0" or "1" or "false");
        file.Position = 0;
        reader = ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
        errors = [];
        var (fits, hidden) = (new List<int>(), new List<bool>());
        for (var at = 0; at < reader.ResultsCount; at++, reader.NextResult())
        {
            hidden.Add(reader.VisibleState != "visible");
            fits.Add(Best(recognised));
        }

        if (named < 0 || named > fits.Count)
        {
            throw new ExportException($"The workbook has {fits.Count} sheets: --sheet is a number from 1 to {fits.Count}.");
        }

        var sheet = named > 0 ? named - 1 : Math.Max(fits.IndexOf(fits.DefaultIfEmpty().Max()), 0);

        reader.Reset();
        for (var at = 0; at < sheet; at++)
        {
            reader.NextResult();
        }

        merged = new(reader.MergeCells ?? []);

        errors = sheet < sheets.Count ? WorkbookParts.Errors(archive, sheets[sheet]) : errors;
        var seen = hidden.Count > sheet && hidden[sheet] ? ", which is hidden" : "";
        unusual.Add((SourceRules.Workbook,
            $"{SourceRules.Workbook.Expected}, of which sheet {sheet + 1} of {reader.ResultsCount} was read{seen}"));
        // A hidden sheet with the same headers counts half when one is chosen, and is named like any other.
        int Fits(int at) => hidden[at] ? fits[at] : fits[at] / 2;
        int[] others = named == 0 && fits.Count > 1 && Fits(sheet) > 1 ? [.. Enumerable.Range(0, fits.Count).Where(other => other != sheet && Fits(other) == Fits(sheet)).Select(other => other + 1)] : [];
        if (others.Length > 0)
        {
            unusual.Add((SourceRules.OtherSheets, $"{SourceRules.OtherSheets.Expected}: {string.Join(", ", others.Select(other => hidden[other - 1] ? $"{other}, which is hidden" : $"{other}"))}"));
        }

        if (date1904 is "1" || shift)
        {
            unusual.Add((SourceRules.Dates1904, SourceRules.Dates1904.Expected));
        }
    }

    public long Number { get; private set; }

    public int FieldCount => cells.Count;

    public IReadOnlyList<(Rule Rule, string Expected)> Unusual => unusual;

    public IReadOnlyList<Rule> Remarks => remarks;

    public ReadOnlySpan<byte> this[int field] => cells[field];

    /// <param name="sheet">The sheet to read, from 1; 0 for the one that fits best.</param>
    /// <exception cref="ExportException">It is damaged, has no such sheet, or no workbook that can be read.</exception>
    public static WorkbookRows Open(Stream file, Func<IReadOnlyList<byte[]>, int> recognised, int sheet = 0) => Guard(() => new WorkbookRows(file, recognised, sheet));

    public bool Read() => Guard(TryRead);

    public void Dispose() => reader.Dispose();

    // Which exception a damaged workbook raises differs by where it is damaged; their words may hold what stands in cells.
    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is ExcelReaderException or InvalidDataException or XmlException or FormatException or ArgumentException or IndexOutOfRangeException
            or NullReferenceException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            throw new ExportException("This workbook cannot be read: it is damaged, or another kind of file under its name. Open it in Excel and save it as .xlsx or CSV UTF-8.");
        }
    }

    private int Best(Func<IReadOnlyList<byte[]>, int> recognised)
    {
        var best = 0;
        merged = new(reader.MergeCells ?? []);
        for (var row = 0; row < SampleRows && TryRead(); row++)
        {
            best = Math.Max(best, recognised(cells));
        }

        // A hidden sheet is read only if no other will do.
        return reader.VisibleState == "visible" ? best * 2 : best;
    }

    private bool TryRead()
    {
        while (reader.Read())
        {
            cells.Clear();
            var filled = false;
            for (var column = 0; column < reader.FieldCount; column++)
            {
                cells.Add(Encoding.UTF8.GetBytes(errors.TryGetValue((reader.Depth, column), out var error) ? error : Text(reader.GetValue(column), column).Trim()));
                filled |= cells[^1].Length > 0;
            }

            if (filled)
            {
                Number = reader.Depth + 1;
                remarks.Clear();
                if (merged.Fill(reader.Depth, cells))
                {
                    remarks.Add(SourceRules.Merged);
                }

                if (reader.RowHeight == 0)
                {
                    remarks.Add(SourceRules.HiddenRow);
                }

                return true;
            }
        }

        return false;
    }

    private string Text(object? value, int column) => value switch
    {
        // A share that the sheet shows as 93 % is kept as 0.93.
        double share when reader.GetNumberFormatString(column)?.Contains('%', StringComparison.Ordinal) == true => Math.Round((decimal)share * 100, 2).ToString("0.##'%'", CultureInfo.InvariantCulture),
        null => "",
        string text => text,
        bool yes => yes ? "yes" : "no",
        DateTime date when date.AddDays(shift ? DaysTo1904 : 0) is var right => right.ToString(right.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e15 && Math.Floor(number) == number => number.ToString("0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
