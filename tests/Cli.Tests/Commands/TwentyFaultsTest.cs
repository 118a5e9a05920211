using System.CommandLine;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>A school's termly file with twenty different faults (<c>twenty-faults.csv</c>), and the report its sender gets (<c>twenty-faults.txt</c>).</summary>
public sealed class TwentyFaultsTest
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Commands");

    // The row, the column as a spreadsheet has it and as the specification has it, the code: what was done to the row on purpose.
    private static readonly (int Row, string Letter, string Column, string Code)[] Faults =
    [
        (3, "A", "Surname", "cell.blank"),
        (4, "A", "Surname", "name.digits"),
        (5, "B", "Forenames", "cell.formula"),
        (6, "C", "Date of birth", "date.not-a-day"),
        (7, "C", "Date of birth", "date.two-digit-year"),
        (8, "C", "Date of birth", "date.excel-serial"),
        (9, "C", "Date of birth", "date.format"),
        (10, "E", "Postcode", "postcode.format"),
        (11, "G", "Possible sessions", "number.format"),
        (12, "G", "Possible sessions", "number.range"),
        (13, "L", "Provision", "code.not-in-set"),
        (14, "G", "Possible sessions", "row.parts"),
        (15, "F", "Term starts", "row.terms"),
        (16, "C", "Date of birth", "row.age-at-event"),
        (17, "C", "Date of birth", "row.lifespan"),
        (18, "M", "Previously excluded", "row.required-when"),
        (19, "", "", "row.duplicate"),
        (20, "", "", "row.cells"),
        (21, "D", "Address", "text.control-character"),
        (22, "", "", "row.trailing-cells"),
    ];

    [Fact]
    public async Task Each_fault_is_told_with_its_row_its_column_its_code_what_was_expected_and_what_to_do()
    {
        var paragraphs = (await ReportAsync()).Split("\n\n");
        foreach (var (row, letter, column, code) in Faults)
        {
            var lines = Assert.Single(paragraphs, paragraph => paragraph.Contains($"[{code}]", StringComparison.Ordinal)).TrimEnd().Split('\n');
            Assert.Equal(3, lines.Length);
            Assert.Matches($@"\A(row refused|note)  {(column.Length == 0 ? "" : column + ": ")}expected \S.{{10,}}  \[{code}\]\z", lines[0]);
            Assert.Equal($"    where  {(letter.Length == 0 ? "" : $"column {letter}, ")}row {row}", lines[1]);
            Assert.Matches(@"\A    to do  [A-Z].{10,}\.\z", lines[2]);
        }

        Assert.Equal(20, Faults.Select(fault => fault.Code).Distinct().Count());
        Assert.Equal(1 + 20 + 1, paragraphs.Length); // the head, and that there were too many
    }

    [Fact]
    public async Task The_report_is_the_one_kept_beside_this_test() =>
        Assert.Equal((await File.ReadAllTextAsync(Path.Combine(Folder, "twenty-faults.txt"))).ReplaceLineEndings("\n"), await ReportAsync());

    [Fact]
    public async Task No_value_of_the_file_is_in_the_report()
    {
        var report = await ReportAsync();
        var cells = (await File.ReadAllLinesAsync(Path.Combine(Folder, "twenty-faults.csv"))).Skip(1).SelectMany(line => line.Split(','));

        // Left out: codes the specification itself names, and numbers of one or two digits, which rows have too.
        var values = cells.Distinct().Except(["school", "pru", "no"]).Where(cell => cell.Length > 2).ToList();
        Assert.True(values.Count > 20);
        Assert.All(values, value => Assert.DoesNotContain(value, report, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<string> ReportAsync()
    {
        using var output = new StringWriter();
        var parsed = ValidateCommand.Create(TimeProvider.System).Parse([Path.Combine(Folder, "twenty-faults.csv"), "--exchange", "leicestershire-10", "--as-of", "2013-10-31"]);
        Assert.Equal(1, await parsed.InvokeAsync(new() { Output = output }));
        return output.ToString().ReplaceLineEndings("\n");
    }
}
