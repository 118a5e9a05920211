using System.IO.Compression;
using System.Xml;

namespace TfFlow.Cli.Exports;

/// <summary>What a workbook's own parts say that its reader does not: whether days count from 1904, and which cells hold an error.</summary>
internal static class WorkbookParts
{
    /// <summary>Bytes of shared texts beyond which a workbook is not read: they are all held in memory.</summary>
    private const long LongestTexts = 256L << 20;

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Why it is no workbook that can be read; empty when it is one.</summary>
    /// <param name="archive">A file that begins as archives do.</param>
    public static string Problem(ZipArchive archive)
    {
        bool Has(string part) => archive.GetEntry(part) is not null;
        return Has("xl/workbook.bin") ? "This is a binary workbook (.xlsb): open it in Excel and save it as .xlsx or CSV UTF-8."
            : Has("content.xml") ? "This is an OpenDocument spreadsheet: open it and save it as .xlsx or CSV UTF-8."
            : Has("word/document.xml") ? "This is a Word document, not a table: export the report as CSV or .xlsx."
            : !Has("xl/workbook.xml") ? "This is a compressed archive: take the file out of it first."
            : archive.GetEntry("xl/sharedStrings.xml") is { Length: > LongestTexts } ? "This workbook holds more different texts than can be read at once: save the sheet as CSV UTF-8, which has no limit."
            : "";
    }

    /// <summary>The parts of its sheets in the workbook's order, and how date1904 is spelt; empty when it is not there.</summary>
    public static (IReadOnlyList<string> Sheets, string Date1904) Read(ZipArchive archive)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        Walk(archive.GetEntry("xl/_rels/workbook.xml.rels"), xml =>
        {
            if (xml.LocalName == "Relationship" && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
            {
                targets[id] = target.StartsWith('/') ? target[1..] : $"xl/{target}";
            }
        });
        var (sheets, date1904) = (new List<string>(), "");
        Walk(archive.GetEntry("xl/workbook.xml"), xml =>
        {
            if (xml.LocalName == "workbookPr")
            {
                date1904 = xml.GetAttribute("date1904") ?? "";
            }
            else if (xml.LocalName == "sheet")
            {
                sheets.Add(targets.GetValueOrDefault(xml.GetAttribute("id", Relations) ?? "", ""));
            }
        });
        return (sheets, date1904);
    }

    /// <summary>Cells that hold an error, or a formula that was never worked out; row and column from 0.</summary>
    public static Dictionary<(int Row, int Column), string> Errors(ZipArchive archive, string sheet)
    {
        var errors = new Dictionary<(int, int), string>();
        var (row, column, formula, value, error) = (-1, -1, false, false, false);
        using var stream = archive.GetEntry(sheet)?.Open();
        if (stream is null)
        {
            return errors;
        }

        using var xml = XmlReader.Create(stream, Settings);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "c" && (error || (formula && !value)))
            {
                errors[(row, column)] = "#VALUE!";
            }
            else if (xml.NodeType == XmlNodeType.Element)
            {
                switch (xml.LocalName)
                {
                    case "row":
                        (row, column) = (int.TryParse(xml.GetAttribute("r"), out var number) ? number - 1 : row + 1, -1);
                        break;
                    case "c":
                        (column, formula, value) = (xml.GetAttribute("r") is { } place ? Column(place) : column + 1, false, false);
                        error = xml.GetAttribute("t") == "e";
                        value = xml.GetAttribute("t") == "str"; // A formula that gives an empty text may have no value written.
                        break;
                    case "f":
                        formula = true;
                        break;
                    case "v" or "is":
                        value = true;
                        break;
                }
            }
        }

        return errors;
    }

    // C7 is column 2.
    private static int Column(string place)
    {
        var column = 0;
        foreach (var letter in place.TakeWhile(char.IsAsciiLetter))
        {
            column = (column * 26) + char.ToUpperInvariant(letter) - 'A' + 1;
        }

        return column - 1;
    }

    private static void Walk(ZipArchiveEntry? part, Action<XmlReader> element)
    {
        if (part is null)
        {
            return;
        }

        using var stream = part.Open();
        using var xml = XmlReader.Create(stream, Settings);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                element(xml);
            }
        }
    }
}
