using System.CommandLine;
using System.Text;
using TfFlow.Cli.Commands;
using TfFlow.Programme.Agreements;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>An agency's own file becomes an extract in one command, on its own machine.</summary>
public sealed class PrepareExportsTest : IDisposable
{
    private static readonly string[] Headers = ["Surname", "Forenames", "Date of birth", "Address", "Postcode", "Sex", "On roll"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-");
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Delete(recursive: true);
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task A_workbook_with_titles_mixed_dates_and_a_total_becomes_an_extract_of_the_sheet_that_fits()
    {
        var sheet = Workbooks.Row(1, "Pupils on roll") + Workbooks.Row(3, Headers)
            + Workbooks.Row(4, "Marlowe", "Ada", "<c s=\"1\"><v>40953</v></c>", "1 Wharf Street", "LE1 1AA", "F", "Y")
            + Workbooks.Row(6, "Vane", "Ben", "14 Feb 2012", "2 Wharf Street", "LE1 1AA", "1", "<c t=\"b\"><v>1</v></c>")
            + Workbooks.Row(7, "Total", "<c><v>2</v></c>");
        var file = Write("census.xlsx", Workbooks.Make([Workbooks.Row(1, "Notes"), sheet]));
        Assert.Equal((0, """
            Surname,Forenames,Date of birth,Address,Postcode,Sex,On roll
            Marlowe,Ada,2012-02-14,1 Wharf Street,LE1 1AA,2,yes
            Vane,Ben,2012-02-14,2 Wharf Street,LE1 1AA,1,yes

            """.ReplaceLineEndings("\r\n")), await PrepareAsync(file));
        Assert.Contains("of which sheet 2 of 2 was read  [source.workbook]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[source.title-rows]\n    where  row 3\n", Report(), StringComparison.Ordinal);
        Assert.Contains("[source.total]\n    where  row 7\n", Report(), StringComparison.Ordinal);

        output.GetStringBuilder().Clear();
        Assert.Equal(1, await RunAsync(ValidateCommand.Create(TimeProvider.System), file));
        Assert.StartsWith("TO BE PREPARED", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "2013-07-07", 41462)]
    [InlineData("date1904=\"1\"", "2013-07-07", 40000)]
    [InlineData("date1904=\"true\"", "2013-07-07", 40000)]
    public async Task Days_are_counted_from_where_the_workbook_says(string properties, string day, int serial)
    {
        var file = Write("x.xlsx", Workbooks.Make([Workbooks.Row(1, Headers) + Workbooks.Row(2, "Marlowe", "Ada", $"<c s=\"1\"><v>{serial}</v></c>", "1 Wharf Street", "LE1 1AA", "F", "Y")], properties));
        Assert.Contains($"Marlowe,Ada,{day},", (await PrepareAsync(file)).Extract, StringComparison.Ordinal);
        Assert.Equal(properties.Length > 0, output.ToString().Contains("[source.dates-1904]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", "cell.error")]
    [InlineData("<c><f>A1</f></c>", "cell.error")]
    [InlineData("<c s=\"1\"><v>1</v></c>", "row.filler-date")]
    [InlineData("<c s=\"1\"><v>0</v></c>", "row.filler-date")]
    [InlineData("<c><v>40953</v></c>", "date.excel-serial")]
    [InlineData("", "cell.blank")]
    public async Task A_cell_without_a_date_is_told_by_its_cause(string cell, string code)
    {
        var file = Write("x.xlsx", Workbooks.Make([Workbooks.Row(1, Headers) + Workbooks.Row(2, "Marlowe", "Ada", cell, "1 Wharf Street", "LE1 1AA", "F", "Y")]));
        Assert.Equal(1, (await PrepareAsync(file)).Exit);
        Assert.Contains($"[{code}]\n    where  column C, row 2\n", Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sheets_with_the_same_headers_are_told_and_another_is_read_by_its_number()
    {
        string Sheet(string surname) => Workbooks.Row(1, Headers) + Workbooks.Row(2, surname, "Ada", "14/02/2012", "1 Wharf Street", "LE1 1AA", "F", "Y");
        var file = Write("years.xlsx", Workbooks.Make([Sheet("Marlowe"), Workbooks.Row(1, "Notes"), Sheet("Vane")]));
        Assert.Contains("Marlowe", (await PrepareAsync(file)).Extract, StringComparison.Ordinal);
        Assert.Contains("were not read: 3  [source.other-sheets]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Vane", (await PrepareAsync(file, "--sheet", "3")).Extract, StringComparison.Ordinal);

        await PrepareAsync(Write("hidden.xlsx", Workbooks.Make([Sheet("Marlowe"), Sheet("Vane"), Sheet("Quince")], hidden: 2)));
        Assert.Contains("were not read: 2, 3, which is hidden  [source.other-sheets]", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_merged_over_several_rows_have_their_value_in_each_and_titles_stay_titles()
    {
        var sheet = Workbooks.Row(1, "Pupils on roll") + Workbooks.Row(2, Headers)
            + Workbooks.Row(3, "Marlowe", "Ada", "14/02/2012", "1 Wharf Street", "LE1 1AA", "F", "Y")
            + Workbooks.Row(4, "", "Ben", "15/02/2013", "", "", "M", "Y")
            + Workbooks.Row(5, "Year 8")
            + Workbooks.Row(6, "Vane", "Cleo", "14/02/2012", "2 Wharf Street", "LE1 1AA", "F", "Y");
        var file = Write("x.xlsx", Workbooks.Make([sheet], merged: ["A1:G1", "A3:A4", "D3:D4", "E3:E4", "A5:G5"]));
        var (exit, extract) = await PrepareAsync(file);
        Assert.True(exit == 0, Report());
        Assert.Contains("\r\nMarlowe,Ben,2013-02-15,1 Wharf Street,LE1 1AA,1,yes\r\nVane,", extract, StringComparison.Ordinal);
        Assert.Contains("[source.merged]\n    where  row 4\n", Report(), StringComparison.Ordinal);
        Assert.Contains("[source.remark]\n    where  row 5\n", Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_sheet_and_hidden_rows_are_read_and_told()
    {
        var sheet = Workbooks.Row(1, Headers) + Workbooks.Row(2, "Marlowe", "Ada", "14/02/2012", "1 Wharf Street", "LE1 1AA", "F", "Y")
            + Workbooks.Row(3, "Vane", "Ben", "14/02/2012", "2 Wharf Street", "LE1 1AA", "M", "Y").Replace("<row ", "<row hidden=\"1\" ", StringComparison.Ordinal);
        var file = Write("x.xlsx", Workbooks.Make([Workbooks.Row(1, "Notes"), sheet], hidden: 1));
        Assert.Equal(0, (await PrepareAsync(file)).Exit);
        Assert.Contains("of which sheet 2 of 2 was read, which is hidden  [source.workbook]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[source.hidden-row]\n    where  row 3\n", Report(), StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string> NoTables => new()
    {
        { Workbooks.Zip("xl/workbook.bin"), "This is a binary workbook (.xlsb)" },
        { Workbooks.Zip("content.xml"), "This is an OpenDocument spreadsheet" },
        { Workbooks.Zip("census.csv"), "This is a compressed archive" },
        { Workbooks.Zip("xl/workbook.xml"), "This workbook cannot be read: it is damaged" },
        { [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")], "This workbook is protected by a password" },
        { [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600]], "This is a workbook of Excel 97 to 2003" },
        { "%PDF-1.7 x"u8.ToArray(), "This is a PDF" },
        { "<html><table>"u8.ToArray(), "This is a web page" },
        { [0xEF, 0xBB, 0xBF, .. "\r\n<TABLE>"u8], "This is a web page" },
        { "MIME-Version: 1.0"u8.ToArray(), "This is a web page" },
        { "<?xml version=\"1.0\"?><Workbook/>"u8.ToArray(), "This is an XML file" },
        { "[ {\"Surname\""u8.ToArray(), "This is a JSON file" },
    };

    [Theory]
    [MemberData(nameof(NoTables))]
    public async Task What_is_no_table_is_told_in_one_line_whatever_it_is_called(byte[] content, string told)
    {
        Assert.Equal((2, ""), await PrepareAsync(Write("census.xlsx", content)));
        Assert.StartsWith(told, error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().Trim().Split('\n'));
    }

    [Fact]
    public async Task A_workbook_with_more_different_texts_than_memory_may_hold_is_told_to_be_saved_as_CSV()
    {
        var file = Write("census.xlsx", Workbooks.Make([Workbooks.Row(1, Headers)], sharedTexts: 257 << 20));
        Assert.Equal((2, ""), await PrepareAsync(file));
        Assert.Equal("This workbook holds more different texts than can be read at once: save the sheet as CSV UTF-8, which has no limit.", error.ToString().Trim());
    }

    [Fact]
    public async Task A_mapping_is_saved_for_next_term()
    {
        var first = Write("first.csv", "Legal Surname;Known as;Born;House No;Street;Town;PCode;Sex\nMarlowe;Ada;14/02/2012;1;Wharf Street;Leicester;LE1 1AA;F\n");
        var mapping = Path.Combine(folder.FullName, "mapping.json");
        var extract = await PrepareAsync(first, "--map", "Known as=forenames", "--map", "Born=date_of_birth", "--map", "PCode=postcode", "--set", "on_roll=yes", "--join", "address=House No+Street+Town", "--save-mapping", mapping);
        Assert.Equal((0, "Surname,Forenames,Date of birth,Address,Postcode,Sex,On roll\r\nMarlowe,Ada,2012-02-14,\"1 Wharf Street, Leicester\",LE1 1AA,2,yes\r\n"), extract);
        Assert.Equal(extract, await PrepareAsync(first, "--mapping", mapping));
        Assert.DoesNotContain("Marlowe", await File.ReadAllTextAsync(mapping), StringComparison.Ordinal);

        // What did not do is not in the way of the next try.
        var tried = Path.Combine(folder.FullName, "tried.json");
        Assert.Equal(1, (await PrepareAsync(first, "--save-mapping", tried)).Exit);
        Assert.False(File.Exists(tried));

        Assert.Equal(2, (await PrepareAsync(first, "--map", "Nickname=forenames")).Exit);
        Assert.Contains("The file has no column 'Nickname', which the mapping names.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_rows_are_written_with_their_reasons_for_their_owner_alone()
    {
        var file = Write("x.csv", string.Join(',', Headers) + "\nMarlowe,Ada,31/02/2012,1 Wharf Street,LE1 1AA,F,Y\n" + "Vane,Ben,14/02/2012,2 Wharf Street,LE1 1AA,F,Y\n" + "Quince,Cleo,14/02/2012,3 Wharf Street,LE1 1AA,F,Y\n");
        var refused = Path.Combine(folder.FullName, "x.refused.csv");
        Assert.Equal(1, (await PrepareAsync(file, "--refused", refused)).Exit);
        var lines = await File.ReadAllLinesAsync(refused);
        Assert.Equal("Row,Why refused," + string.Join(',', Headers), lines[0].TrimStart('\uFEFF'));
        Assert.StartsWith("2,\"Date of birth: expected a day that exists", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("[date.not-a-day]\",Marlowe,Ada,31/02/2012,1 Wharf Street,LE1 1AA,F,Y", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(refused));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.FullName, "out1.csv")));
        }

        Assert.DoesNotContain("Marlowe", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_with_too_many_or_too_few_cells_are_among_the_refused()
    {
        var file = Write("x.csv", string.Join(',', Headers) + "\nMarlowe,Ada,14/02/2012,1 Wharf Street,LE1 1AA,F,Y,,more\nVane,Ben,14/02/2012,2 Wharf Street\n" + "Quince,Cleo,14/02/2012,3 Wharf Street,LE1 1AA,F,Y\n");
        var refused = Path.Combine(folder.FullName, "x.refused.csv");
        Assert.Equal(1, (await PrepareAsync(file, "--refused", refused)).Exit);
        var lines = await File.ReadAllLinesAsync(refused);
        Assert.Equal("Row,Why refused," + string.Join(',', Headers) + ",,", lines[0].TrimStart('\uFEFF'));
        Assert.EndsWith(",Marlowe,Ada,14/02/2012,1 Wharf Street,LE1 1AA,F,Y,,more", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",Vane,Ben,14/02/2012,2 Wharf Street,,,,,", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.Contains("this row has", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_file_whose_end_a_quotation_mark_swallows_the_refused_rows_before_it_are_written()
    {
        var file = Write("x.csv", string.Join(',', Headers) + "\nMarlowe,Ada,31/02/2012,1 Wharf Street,LE1 1AA,F,Y\nVane,Ben,14/02/2012,\"2 Wharf Street,LE1 1AA,F,Y\n");
        var refused = Path.Combine(folder.FullName, "x.refused.csv");
        Assert.Equal((1, ""), await PrepareAsync(file, "--refused", refused));
        Assert.Contains("[file.quote]\n    where  row 3\n", Report(), StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllLinesAsync(refused)).Length);
    }

    [Fact]
    public async Task A_quotation_mark_inside_a_cell_is_named_and_read_over()
    {
        var file = Write("x.csv", string.Join(',', Headers) + "\nMarlowe,Ada,14/02/2012,\"The Mill\" Wharf Street,LE1 1AA,F,Y\nVane,Ben,14/02/2012,2 \"Mill\" Street,LE1 1AA,F,Y\n");
        Assert.Equal(1, await RunAsync(ValidateCommand.Create(TimeProvider.System), file));
        Assert.StartsWith("TO BE PREPARED", Report(), StringComparison.Ordinal);
        Assert.Contains("[file.quote]\n    where  row 2\n", Report(), StringComparison.Ordinal);
        var (exit, extract) = await PrepareAsync(file);
        Assert.Equal(0, exit);
        Assert.Contains(",The Mill Wharf Street,", extract, StringComparison.Ordinal);
        Assert.Contains(",\"2 \"\"Mill\"\" Street\",", extract, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_addressed_household_list_is_told_to_be_prepared()
    {
        var file = Write("x.csv", "Address,Postcode,Crime or ASB,Domestic violence,Under 18 proven offence,Persistent ASB\n\"GFF, 12 Cotham Road\",BS6 6DR,yes,no,no,no\nNo fixed abode,LE1 5RA,no,yes,no,yes\n");
        Assert.Equal(1, await RunAsync(ValidateCommand.Create(TimeProvider.System), file, "bristol-households"));
        Assert.StartsWith("TO BE PREPARED", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[row.no-home]\n    where  column A, row 3\n", Report(), StringComparison.Ordinal);
    }

    private int written;

    private async Task<(int Exit, string Extract)> PrepareAsync(string file, params string[] more)
    {
        var extract = Path.Combine(folder.FullName, $"out{++written}.csv");
        var command = new RootCommand { PrepareCommand.Create(TimeProvider.System) };
        var exit = await command.Parse(["prepare", file, "-e", "bristol-baseline-census", "--as-of", "2025-11-30", "-o", extract, .. more]).InvokeAsync(new() { Output = output, Error = error });
        return (exit, File.Exists(extract) ? await File.ReadAllTextAsync(extract) : "");
    }

    [Fact]
    public async Task A_file_of_another_exchange_of_the_same_sender_is_told_so()
    {
        var exchanges = AgreementCatalogue.Shipped.Versions.SelectMany(version => version.Exchanges.Where(exchange => exchange.Specification is not null)
            .GroupBy(exchange => string.Join(' ', exchange.From)).Where(its => its.Select(exchange => exchange.Dataset).Distinct().Count() > 1)).First();
        var (meant, given) = (exchanges.First(), exchanges.First(exchange => exchange.Dataset != exchanges.First().Dataset));
        var file = Write("x.csv", Encoding.UTF8.GetBytes(string.Join(',', given.Specification!.Columns.Select(column => column.Header)) + "\r\n"));
        foreach (var command in (Command[])[ValidateCommand.Create(TimeProvider.System), PrepareCommand.Create(TimeProvider.System)])
        {
            output.GetStringBuilder().Clear();
            string[] to = command.Name == "prepare" ? ["-o", Path.Combine(folder.FullName, "out.csv")] : [];
            Assert.Equal(1, await new RootCommand { command }.Parse([command.Name, file, "-e", $"{meant.Id}", "--as-of", "2013-11-30", .. to]).InvokeAsync(new() { Output = output, Error = error }));
            Assert.Contains($"(--exchange {given.Id})", Report(), StringComparison.Ordinal);
        }
    }

    private async Task<int> RunAsync(Command command, string file, string exchange = "bristol-baseline-census")
    {
        output.GetStringBuilder().Clear();
        return await new RootCommand { command }.Parse([command.Name, file, "-e", exchange, "--as-of", "2025-11-30"]).InvokeAsync(new() { Output = output, Error = error });
    }

    private string Report() => output.ToString().ReplaceLineEndings("\n");

    private string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
