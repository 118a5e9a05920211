using System.Security.Cryptography;
using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Linkage;

namespace TfFlow.Programme.Tests.Extracts.Preparation;

public sealed class PreparationTest
{
    private static readonly byte[] Secret = SHA256.HashData("a secret of two agencies"u8);

    [Fact]
    public async Task An_export_becomes_a_conforming_extract()
    {
        var (outcome, extract) = await PrepareAsync(
            "Case ref,last name,First Name,DOB,Ethnicity,Address,Postcode,Points,Kind,Adoption date\n"
            + "77,Marlowe,=Edith,1/2/1999,X,\"12 Wharf St, Leicester\",le11aa,7,O,\n"
            + "78,Vane,Toby,31/02/1999,X,,LE1 1AA,7,O,\n");
        Assert.Equal(["column.dropped A1", "column.dropped E1", "column.dropped J1", "cell.formula C2", "date.not-a-day D3"], outcome.Places());
        Assert.Equal("Surname,Forenames,Date of birth,Address,Postcode,Score,Kind\r\nMarlowe,=Edith,1999-02-01,\"12 Wharf St, Leicester\",LE1 1AA,7,one\r\n", extract);

        // What was prepared is accepted as it is.
        Assert.Equal(ExtractState.Accepted, (await Reading.ReadAsync(extract)).Outcome.State);
    }

    [Fact]
    public async Task Withheld_columns_are_left_out()
    {
        var (_, extract) = await PrepareAsync(Reading.Header + Reading.Row(), new() { AsOf = Reading.AsOf, Withheld = ["score"] });
        Assert.Equal("Surname,Forenames,Date of birth,Address,Postcode,Kind\r\nMarlowe,Edith,1999-02-14,12 Wharf Street,LE1 1AA,one\r\n", extract);
    }

    [Fact]
    public async Task A_household_list_names_nobody_and_each_household_once()
    {
        var list = DatasetCatalogue.Find("household-list")!;
        Assert.True(HouseholdListPreparation.Applies(list));
        Assert.False(HouseholdListPreparation.Applies(Reading.Small));
        const string Header = "Surname,Address,Postcode,Crime or ASB,Domestic violence,Under 18 proven offence,Persistent ASB\n";
        using var export = new MemoryStream(Encoding.UTF8.GetBytes(Header
            + "Marlowe,\"12 Wharf Street, Leicester\",LE1 1AA,yes,no,no,no\n"
            + "Marlowe,12 WHARF ST,le11aa,no,no,no,yes\n"
            + "Vane,3 Mill Lane,LE1 1AB,no,no,yes,no\n"
            + "Quince,Hostel,ZZ99 3VZ,yes,no,no,no\n"
            + "Quince,,LE1 1AD,yes,no,no,no\n"
            + "Quince,5 Mill Lane,ZZ99 3VZ,yes,no,no,no\n"));
        using var written = new MemoryStream();
        var (outcome, households) = await HouseholdListPreparation.PrepareAsync(export, list, new() { AsOf = Reading.AsOf }, Secret, written, CancellationToken.None);
        Assert.Equal(["column.dropped A1", "row.no-home B5", "cell.blank B6", "row.no-household B7"], outcome.Places());
        Assert.Equal(2, households);

        var extract = Encoding.UTF8.GetString(written.ToArray());
        Assert.DoesNotContain("Wharf", extract, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("LE1", extract, StringComparison.OrdinalIgnoreCase);
        var lines = extract.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Household,Crime or ASB,Domestic violence,Under 18 proven offence,Persistent ASB", lines[0]);
        Assert.Contains($"{HouseholdAddress.Pseudonym(Secret, "LE11AA|12|"u8)},yes,no,no,yes", lines);
        Assert.Contains($"{HouseholdAddress.Pseudonym(Secret, "LE11AB|3|"u8)},no,no,yes,no", lines);
        Assert.Equal(lines[1..].Order(StringComparer.Ordinal), lines[1..]);
        Assert.Equal(ExtractState.Accepted, (await Reading.ReadAsync(extract, list)).Outcome.State);
    }

    [Fact]
    public async Task Where_the_households_with_children_are_known_no_other_is_on_the_list()
    {
        using var export = new MemoryStream("Address,Postcode,Crime or ASB,Domestic violence,Under 18 proven offence,Persistent ASB\n12 Wharf Street,LE1 1AA,yes,no,no,no\n3 Mill Lane,LE1 1AB,yes,no,no,no\n"u8.ToArray());
        using var written = new MemoryStream();
        var child = HouseholdAddress.Pseudonym(Secret, "LE11AB|3|"u8);
        var (_, households, leftOut) = await HouseholdListPreparation.PrepareAsync(
            export, DatasetCatalogue.Find("household-list")!, new() { AsOf = Reading.AsOf }, Secret, new HashSet<HouseholdPseudonym> { child }, written, CancellationToken.None);
        Assert.Equal((1, 1), (households, leftOut));
        Assert.StartsWith($"{child},yes", Encoding.UTF8.GetString(written.ToArray()).Split("\r\n")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("benefits")]
    [InlineData("youth-offences")]
    public void A_codebook_tells_each_column_and_each_rule(string id)
    {
        var dataset = DatasetCatalogue.Find(id)!;
        var text = Codebook.Render(dataset, ["outcome_date"], dataset.Refusals);
        Assert.All(dataset.Columns.Where(column => column.Name != "outcome_date"), column =>
        {
            Assert.Contains($"| {column.Header} |", text, StringComparison.Ordinal);
            Assert.Contains(column.Description, text, StringComparison.Ordinal);
            Assert.Contains(column.Source, text, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("| Outcome date |", text, StringComparison.Ordinal);
        Assert.All(dataset.RowRules, rule => Assert.Contains($"`{rule.Rule.Code}`", text, StringComparison.Ordinal));
        Assert.All(NeverAccepted.All, rule => Assert.Contains($"`{rule.Code}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_a_codebook_says_is_understood_is_taken_for_its_code()
    {
        var checkedWords = 0;
        foreach (var dataset in DatasetCatalogue.All.Values)
        {
            var text = Codebook.Render(dataset, [], dataset.Refusals);
            foreach (var column in dataset.Columns)
            {
                foreach (var (code, also) in column.Validator.Understood.Where(code => code.Value.Count > 0))
                {
                    Assert.Contains($"| {column.Header} | `{code}` | {string.Join(", ", also)} |", text, StringComparison.Ordinal);
                    Assert.All(also, word =>
                    {
                        var into = new ValueWriter();
                        Assert.Null(column.Validator.Normalise(Encoding.UTF8.GetBytes(word), into));
                        Assert.Equal(code, Encoding.UTF8.GetString(into.Written));
                        checkedWords++;
                    });
                }
            }
        }

        Assert.True(checkedWords > 100, $"{checkedWords}");
    }

    [Fact]
    public async Task Files_for_people_run_no_formula_and_files_for_machines_keep_every_cell()
    {
        foreach (var cell in new[] { "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx" })
        {
            Assert.StartsWith("\uFEFF\"'" + cell, await WriteAsync(CsvOutput.ForPeople, cell), StringComparison.Ordinal);
            Assert.DoesNotContain("'", await WriteAsync(CsvOutput.ForMachines, cell), StringComparison.Ordinal);
        }

        Assert.Equal("\"a,\"\"b\"\"\nc\"\r\n", await WriteAsync(CsvOutput.ForMachines, "a,\"b\"\nc"));
    }

    private static async Task<string> WriteAsync(Func<Stream, CsvHelper.CsvWriter> create, string cell)
    {
        using var stream = new MemoryStream();
        await using (var writer = create(stream))
        {
            writer.WriteField(Encoding.UTF8.GetBytes(cell));
            await writer.EndRecordAsync();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<(ExtractOutcome Outcome, string Extract)> PrepareAsync(string export, ExtractReadOptions? options = null)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(export));
        using var extract = new MemoryStream();
        var outcome = await ExtractPreparation.PrepareAsync(source, Reading.Small, options ?? new() { AsOf = Reading.AsOf }, extract, CancellationToken.None);
        return (outcome, Encoding.UTF8.GetString(extract.ToArray()));
    }
}
