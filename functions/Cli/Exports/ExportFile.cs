using System.Text;
using System.Text.RegularExpressions;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Exports;

/// <summary>An agency's own export, by what its first bytes say it is, whatever it is called.</summary>
internal static partial class ExportFile
{
    /// <summary>Why a file is neither a text nor a workbook that can be read; empty when it is one.</summary>
    /// <param name="file">Left at its beginning.</param>
    public static string Problem(Stream file)
    {
        var start = new byte[512];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return start.AsSpan(0, length) switch
        {
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Compound(file),
            var bytes => Marked(Encoding.UTF8.GetString(bytes).Replace("\0", "", StringComparison.Ordinal).TrimStart('\uFEFF', '\uFFFD', ' ', '\t', '\r', '\n'), bytes),
        };
    }

    // Text in any encoding, after a mark and blanks.
    private static string Marked(string text, ReadOnlySpan<byte> bytes)
    {
        if (text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<Workbook", StringComparison.Ordinal))
        {
            return "This is an XML file, whatever its name says: open it in a spreadsheet and save it as .xlsx or CSV UTF-8.";
        }

        if (text.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase) || (text.StartsWith('<') && text.Length > 1 && (char.IsAsciiLetter(text[1]) || text[1] == '!')))
        {
            return "This is a web page, whatever its name says: open it in a spreadsheet and save it as .xlsx or CSV UTF-8.";
        }

        if (JsonPattern().IsMatch(text))
        {
            return "This is a JSON file, not a table: export the report as CSV or .xlsx.";
        }

        return bytes switch
        {
            [0x25, 0x50, 0x44, 0x46, ..] => "This is a PDF, not a table: export the report as CSV or .xlsx.",
            [0x7B, 0x5C, 0x72, 0x74, ..] => "This is a Word document, not a table: export the report as CSV or .xlsx.",
            [0x1F, 0x8B, ..] or [0x42, 0x5A, 0x68, ..] or [0x37, 0x7A, ..] or [0x52, 0x61, 0x72, 0x21, ..] => "This is a compressed archive: take the file out of it first.",
            _ => "",
        };
    }

    /// <summary>Why a file is no CSV and is not to be sent; empty when it may be one. A workbook may hold more than anybody asked for.</summary>
    /// <param name="file">Left at its beginning.</param>
    public static string NotToSend(Stream file) => Problem(file) is { Length: > 0 } problem ? problem
        : IsArchive(file) ? "This is an Excel workbook or an archive, and intake takes CSV alone: 'tfflow prepare FILE --exchange X --out extract.csv' makes the extract of a workbook; drop that. Nothing was sent."
        : "";

    /// <summary>Its rows.</summary>
    /// <exception cref="ExportException">It is no table.</exception>
    public static IExportRows Open(Stream file, DatasetSpecification specification, ExportMapping mapping) => Problem(file) is { Length: > 0 } problem
        ? throw new ExportException(problem)
        : IsArchive(file) ? WorkbookRows.Open(file, ExportStream.Recogniser(specification, mapping), mapping.Sheet)
        : new DelimitedRows(file, ExportStream.Recogniser(specification, mapping));

    private static bool IsArchive(Stream file)
    {
        var archive = file.ReadByte() == 'P' && file.ReadByte() == 'K' && file.ReadByte() < 9;
        file.Position = 0;
        return archive;
    }

    // A workbook with a password is an old compound file around the encrypted one; so is a workbook of Excel 97 to 2003.
    private static string Compound(Stream file)
    {
        var start = new byte[1 << 16];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = Math.Max(0, file.Length - start.Length);
        var end = new byte[1 << 16];
        var rest = file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);
        file.Position = 0;
        ReadOnlySpan<byte> mark = Encoding.Unicode.GetBytes("EncryptedPackage");
        return start.AsSpan(0, length).IndexOf(mark) >= 0 || end.AsSpan(0, rest).IndexOf(mark) >= 0
            ? "This workbook is protected by a password: open it, take the password away and save it as .xlsx."
            : "This is a workbook of Excel 97 to 2003 (.xls): open it and save it as .xlsx or CSV UTF-8.";
    }

    [GeneratedRegex("\\A(\\[\\s*)?\\{\\s*(\"|\\})", RegexOptions.CultureInvariant)]
    private static partial Regex JsonPattern();
}
