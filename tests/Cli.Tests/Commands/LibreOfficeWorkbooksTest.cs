using System.CommandLine;
using System.Text;
using ExcelDataReader;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>Workbooks as LibreOffice writes them (Workbooks/make.py): each becomes an extract, or is told by its cause.</summary>
public sealed class LibreOfficeWorkbooksTest : IDisposable
{
    private const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Sex,On roll";
    private const string Ada = "Marlowe,Ada,2012-02-14,1 Wharf Street,LE1 1AA,2,yes";
    private const string Ben = "Vane,Ben,2012-02-14,2 Wharf Street,LE1 1AA,1,yes";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-");
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Delete(recursive: true);
        output.Dispose();
        error.Dispose();
    }

    public static TheoryData<string, string[], string[]> Read => new()
    {
        { "dates-1904.xlsx", [Ada, Ben], ["[source.dates-1904]\n    where  the whole file"] },
        { "dates-as-text.xlsx", [Ada, Ben, "Quince,Cleo,2012-02-14,1 Wharf Street,LE1 1AA,2,yes"], ["[source.excel-text]\n    where  column C, row 3"] },
        { "formulas.xlsx", ["MARLOWE,Ada,2012-02-14,1 Wharf Street,LE1 1AA,2,yes"], [] },
        { "merged.xlsx", [Ada, "Marlowe,Ben,2012-02-14,2 Wharf Street,LE1 1AA,1,yes"], ["[source.merged]\n    where  row 3"] },
        { "several-sheets.xlsx", [Ada, Ben], ["of which sheet 2 of 3 was read"] },
        {
            "titles-and-total.xlsx",
            ["Marlowe,Ada,2012-02-14,\"1 Wharf Street, Leicester\",LE1 1AA,2,yes", "Vane,Ben,2012-02-14,\"2 Wharf Street, Leicester\",LE1 1AA,1,yes", "Quince,Cleo,2011-06-30,\"3 Wharf Street, Leicester\",LE1 1AA,2,no"],
            ["[source.title-rows]\n    where  row 4", "[source.joined]\n    where  column D, row 4", "[source.total]\n    where  row 8"]
        },
    };

    [Theory]
    [MemberData(nameof(Read))]
    public async Task It_becomes_an_extract(string workbook, string[] rows, string[] told)
    {
        Assert.Equal(0, await PrepareAsync(workbook));
        string[] expected = [Header, .. rows];
        Assert.Equal(expected, await File.ReadAllLinesAsync(Out));
        Assert.All(told, words => Assert.Contains(words, Report, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("errors.xlsx", "[cell.error]\n    where  column C, rows 2, 3")]
    public async Task What_a_cell_does_not_hold_is_told_by_its_cause_and_place(string workbook, string told)
    {
        Assert.Equal(1, await PrepareAsync(workbook));
        Assert.Contains(told, Report, StringComparison.Ordinal);
        Assert.DoesNotContain("Marlowe", Report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("opendocument.xlsx", "This is an OpenDocument spreadsheet")]
    [InlineData("excel-97.xls", "This is a workbook of Excel 97 to 2003")]
    [InlineData("web-page.xls", "This is a web page")]
    public async Task What_is_not_read_is_told_in_one_line(string workbook, string told)
    {
        Assert.Equal(2, await PrepareAsync(workbook));
        Assert.StartsWith(told, error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().Trim().Split('\n'));
        Assert.False(File.Exists(Out));
    }

    /// <summary>Why .xls is not read: an error would pass for a blank, and the old format has no parts of its own in which to look for it.</summary>
    [Fact]
    public void The_library_gives_an_error_in_an_old_workbook_as_a_blank()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Workbooks", "excel-97-errors.xls"));
        using var reader = ExcelReaderFactory.CreateBinaryReader(file);
        reader.Read();
        reader.Read();
        Assert.Equal("Ada", reader.GetValue(1));
        Assert.Null(reader.GetValue(2));
    }

    private string Out => Path.Combine(folder.FullName, "out.csv");

    private string Report => output.ToString().ReplaceLineEndings("\n");

    private Task<int> PrepareAsync(string workbook) => new RootCommand { PrepareCommand.Create(TimeProvider.System) }
        .Parse(["prepare", Path.Combine(AppContext.BaseDirectory, "Workbooks", workbook), "-e", "bristol-baseline-census", "--as-of", "2025-11-30", "-o", Out])
        .InvokeAsync(new() { Output = output, Error = error });
}
