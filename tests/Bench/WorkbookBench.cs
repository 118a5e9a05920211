using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using TfFlow.Cli.Commands;

namespace TfFlow.Bench;

/// <summary>The memory that <c>tfflow prepare</c> needs for a large workbook: rows of twenty columns, with so many different texts.</summary>
internal static class WorkbookBench
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const double MostMebibytes = 300;
    private static readonly string[] Headers = ["Surname", "Forenames", "Date of birth", "Address", "Postcode", "Sex", "On roll", .. Enumerable.Range(1, 13).Select(n => $"Note {n}")];

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var texts = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200_000;
        var (file, extract) = (Path.Combine(Path.GetTempPath(), $"workbook-{Environment.ProcessId}.xlsx"), Path.Combine(Path.GetTempPath(), $"workbook-{Environment.ProcessId}.csv"));
        try
        {
            Generate(file, rows, texts);
            Console.WriteLine($"{rows:N0} rows of {Headers.Length} columns, {texts:N0} different texts, {new FileInfo(file).Length / 1048576.0:N0} MiB");
            GC.Collect();
            using var output = new StringWriter();
            var watch = Stopwatch.StartNew();
            var root = new RootCommand { PrepareCommand.Create(TimeProvider.System) };
            var exit = await root.Parse(["prepare", file, "--exchange", "bristol-baseline-census", "--out", extract]).InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
            using var process = Process.GetCurrentProcess();
            var peak = process.PeakWorkingSet64 / 1048576.0;
            Console.WriteLine(output.ToString().Split('\n')[0]);
            Console.WriteLine($"exit {exit}, {watch.Elapsed.TotalSeconds:N0} s elapsed, peak working set {peak:N0} MiB (at most {MostMebibytes:N0} for 200,000 different texts)");
            return exit == 0 && (peak <= MostMebibytes || texts > 200_000) ? 0 : 1;
        }
        finally
        {
            File.Delete(file);
            File.Delete(extract);
        }
    }

    // Every row another person; addresses and notes come round.
    private static void Generate(string file, int rows, int texts)
    {
        using var archive = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        Part(archive, "[Content_Types].xml", $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""");
        Part(archive, "_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part(archive, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="Roll" sheetId="1" r:id="s0"/></sheets></workbook>""");
        Part(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="s0" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="st" Type="{Office}/styles" Target="styles.xml"/><Relationship Id="tx" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""");
        Part(archive, "xl/styles.xml", $"""<styleSheet xmlns="{Main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>""");
        string[] few = ["LE1 1AA", "F", "Y", "Ada"];
        using (var shared = new StreamWriter(archive.CreateEntry("xl/sharedStrings.xml", CompressionLevel.Fastest).Open(), new UTF8Encoding(false), 1 << 16))
        {
            shared.Write($"<sst xmlns=\"{Main}\">");
            foreach (var text in few.Concat(Enumerable.Range(0, texts).Select(n => $"{n} Wharf Street, Leicester")))
            {
                shared.Write($"<si><t>{text}</t></si>");
            }

            shared.Write("</sst>");
        }

        using var sheet = new StreamWriter(archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open(), new UTF8Encoding(false), 1 << 16);
        sheet.Write($"<worksheet xmlns=\"{Main}\"><sheetData><row r=\"1\">{string.Concat(Headers.Select(header => $"<c t=\"inlineStr\"><is><t>{header}</t></is></c>"))}</row>");
        for (var row = 0; row < rows; row++)
        {
            var text = 4 + (row % texts);
            sheet.Write($"<row r=\"{row + 2}\"><c t=\"inlineStr\"><is><t>Marlowe{(char)('a' + (row % 26))}{(char)('a' + (row / 26 % 26))}{(char)('a' + (row / 676 % 26))}{(char)('a' + (row / 17576 % 26))}{(char)('a' + (row / 456976 % 26))}</t></is></c>");
            sheet.Write($"<c t=\"s\"><v>3</v></c><c s=\"1\"><v>{40000 + (row % 2000)}</v></c><c t=\"s\"><v>{text}</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>");
            for (var note = 0; note < 13; note++)
            {
                sheet.Write($"<c t=\"s\"><v>{4 + ((row + note) % texts)}</v></c>");
            }

            sheet.Write("</row>");
        }

        sheet.Write("</sheetData></worksheet>");
    }

    private static void Part(ZipArchive archive, string name, string text)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
