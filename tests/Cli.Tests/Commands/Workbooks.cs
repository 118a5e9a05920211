using System.IO.Compression;
using System.Text;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>Small workbooks of hand-made XML: what a library would not write.</summary>
internal static class Workbooks
{
    /// <param name="sheets">The <c>row</c> elements of each sheet.</param>
    /// <param name="properties">Attributes of <c>workbookPr</c>.</param>
    /// <param name="sharedTexts">Bytes of shared texts: blanks, which take no room in the archive.</param>
    /// <param name="merged">Ranges of cells that are merged, in each sheet.</param>
    /// <param name="hidden">The sheet that is hidden, from 0.</param>
    public static byte[] Make(string[] sheets, string properties = "", int sharedTexts = 0, string[]? merged = null, int hidden = -1)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            const string Package = "http://schemas.openxmlformats.org/package/2006";
            Part(archive, "[Content_Types].xml", $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""");
            Part(archive, "_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Part(archive, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><workbookPr {properties}/><sheets>{string.Concat(sheets.Select((_, at) => $"<sheet name=\"S{at}\" sheetId=\"{at + 1}\" r:id=\"s{at}\"{(at == hidden ? " state=\"hidden\"" : "")}/>"))}</sheets></workbook>""");
            Part(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships">{string.Concat(sheets.Select((_, at) => $"<Relationship Id=\"s{at}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{at + 1}.xml\"/>"))}<Relationship Id="st" Type="{Office}/styles" Target="styles.xml"/></Relationships>""");
            Part(archive, "xl/styles.xml", $"""<styleSheet xmlns="{Main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>""");
            if (sharedTexts > 0)
            {
                using var shared = archive.CreateEntry("xl/sharedStrings.xml", CompressionLevel.Fastest).Open();
                var blanks = new byte[1 << 20];
                Array.Fill(blanks, (byte)' ');
                for (var left = sharedTexts; left > 0; left -= blanks.Length)
                {
                    shared.Write(blanks);
                }
            }

            for (var at = 0; at < sheets.Length; at++)
            {
                Part(archive, $"xl/worksheets/sheet{at + 1}.xml", $"""<worksheet xmlns="{Main}"><sheetData>{sheets[at]}</sheetData>{(merged is null ? "" : $"<mergeCells>{string.Concat(merged.Select(range => $"<mergeCell ref=\"{range}\"/>"))}</mergeCells>")}</worksheet>""");
            }
        }

        return file.ToArray();
    }

    /// <summary>A row of texts; a cell that begins with &lt; is XML as it is.</summary>
    public static string Row(int number, params string[] cells) => $"<row r=\"{number}\">" + string.Concat(cells.Select((cell, at) => cell.Length == 0 ? ""
        : cell[0] == '<' ? cell.Replace("<c", $"<c r=\"{(char)('A' + at)}{number}\"", StringComparison.Ordinal)
        : $"<c r=\"{(char)('A' + at)}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")) + "</row>";

    public static byte[] Zip(string part)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(archive, part, "x");
        }

        return file.ToArray();
    }

    private static void Part(ZipArchive archive, string name, string text)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
