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
    private const int SampleRows = 30;
    private const int DaysTo1904 = 1462;

    private readonly IExcelDataReader reader;
    private readonly Dictionary<(int Row, int Column), string> errors;
    private readonly List<(Rule Rule, string Expected)> unusual = [];
    private readonly bool shift;
    private readonly List<byte[]> cells = [];

    static WorkbookRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private WorkbookRows(Stream file, Func<IReadOnlyList<byte[]>, int> recognised)
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
        var (sheet, most) = (0, -1);
        errors = [];
        for (var at = 0; at < reader.ResultsCount; at++, reader.NextResult())
        {
            if (Best(recognised) is var best && best > most)
            {
                (sheet, most) = (at, best);
            }
        }

        reader.Reset();
        for (var at = 0; at < sheet; at++)
        {
            reader.NextResult();
        }

        errors = sheet < sheets.Count ? WorkbookParts.Errors(archive, sheets[sheet]) : errors;
        unusual.Add((SourceRules.Workbook, $"{SourceRules.Workbook.Expected}, of which sheet {sheet + 1} of {reader.ResultsCount} was read"));
        if (date1904 is "1" || shift)
        {
            unusual.Add((SourceRules.Dates1904, SourceRules.Dates1904.Expected));
        }
    }

    public long Number { get; private set; }

    public int FieldCount => cells.Count;

    public IReadOnlyList<(Rule Rule, string Expected)> Unusual => unusual;

    public ReadOnlySpan<byte> this[int field] => cells[field];

    /// <exception cref="ExportException">It is damaged, or no workbook that can be read.</exception>
    public static WorkbookRows Open(Stream file, Func<IReadOnlyList<byte[]>, int> recognised) => Guard(() => new WorkbookRows(file, recognised));

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
                cells.Add(Encoding.UTF8.GetBytes(errors.TryGetValue((reader.Depth, column), out var error) ? error : Text(reader.GetValue(column)).Trim()));
                filled |= cells[^1].Length > 0;
            }

            if (filled)
            {
                Number = reader.Depth + 1;
                return true;
            }
        }

        return false;
    }

    private string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "yes" : "no",
        DateTime date when date.AddDays(shift ? DaysTo1904 : 0) is var right => right.ToString(right.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e15 && Math.Floor(number) == number => number.ToString("0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
