using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

/// <remarks>One finding for one cause: what only follows from it is not told.</remarks>
public sealed partial class ExtractReaderTest
{
    private const string LastBlank = "Surname,Forenames,Date of birth,Address,Postcode,Kind,Score\n";

    [Theory]
    [InlineData("Marlowe,Edith,14/02/1999,12 Wharf Street, Leicester,LE1 1AA,one,\n")]
    [InlineData("Marlowe,Edith,14/02/1999,12 Wharf Street, Leicester,LE1 1AA,one,,,\n")]
    [InlineData("Marlowe,Edith,14/02/1999,The Mill, 12 Wharf Street, Leicester,LE1 1AA,one,\n")]
    [InlineData("Marlowe,Edith, Anne,14/02/1999,12 Wharf Street,LE1 1AA,one,\n")]
    public async Task A_comma_without_quotation_marks_is_told_where_the_last_column_is_blank_too(string row)
    {
        var (outcome, rows) = await Reading.ReadAsync(
            LastBlank + row + "Vane,Ben,14/02/1999,3 Mill Lane,LE1 1AA,one,\n" + "Quince,Ada,14/02/1999,3 Mill Lane,LE1 1AA,one,1\n");
        Assert.Equal(["row.cells 2"], outcome.Places());
        Assert.Contains("a comma inside a cell", outcome.Findings[0].Remedy, StringComparison.Ordinal);
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task Of_rows_that_all_end_with_a_comma_each_is_refused_for_what_is_wrong_with_it()
    {
        string[] ended = [Reading.Row(), Reading.Row(surname: "Vane", postcode: "LE1"), Reading.Row(surname: "Quince")];
        var (outcome, rows) = await Reading.ReadAsync(Reading.Header + string.Concat(ended.Select(row => row.TrimEnd() + ",\n")));
        Assert.Equal(["postcode.partial E3"], outcome.Places());
        Assert.Equal(2, rows.Count);
    }

    [Theory]
    [InlineData("\"12 Wharf Street", "3 Mill Lane\"")]
    [InlineData("12 Wharf Street", "3 Mill Lane")]
    public async Task What_stands_behind_a_quotation_mark_that_closes_rows_later_is_not_told(string opens, string closes)
    {
        // The rest of the row it ends in would be refused: a date, a postcode, a code.
        var file = Reading.Header
            + Reading.Row(surname: "Vane", born: "31/02/1999")
            + Reading.Row(address: opens)
            + Reading.Row(surname: "Quince")
            + "Brook,Ada,15/02/1999," + closes + ",no postcode,many,four\n";
        var (outcome, _) = await Reading.ReadAsync(file);
        Assert.Equal(
            opens[0] == '"'
                ? ["date.not-a-day C2", "file.quote-later D3"]
                : ["date.not-a-day C2", "postcode.no-place E5", "number.format F5", "code.not-in-set G5"],
            outcome.Places());
        Assert.Equal(outcome.Findings.Select(finding => finding.Code).Order(), outcome.Counts.Keys.Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("NULL")]
    public async Task A_blank_sex_is_told_to_be_written_as_not_known(string cell)
    {
        var specification = Reading.Specification("""
            dataset: sexes
            version: 1
            title: Sexes
            source: ours
            refusals: { max_percent: 50 }
            unique: [surname, forenames, date_of_birth]
            nda: ours
            columns:
              - { name: sex, header: Sex, type: sex, required: true, role: identity, sensitivity: personal, description: d, example: "1", source: ours }
            """);
        var (outcome, _) = await Reading.ReadAsync(
            $"Surname,Forenames,Date of birth,Address,Postcode,Sex\nMarlowe,Edith,14/02/1999,12 Wharf Street,LE1 1AA,{cell}\n", specification);
        Assert.Contains("sex.blank F2", outcome.Places());
        Assert.Contains("U where they do not say", outcome.Findings.Single(finding => finding.Code == "sex.blank").Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_a_quotation_mark_swallowed_is_not_told_as_missing()
    {
        var (outcome, _) = await Reading.ReadAsync(
            Reading.Header.Replace("Postcode", "\"Postcode") + Reading.Row() + Reading.Row(surname: "Vane", postcode: "LE1 1AA\""));
        Assert.Equal(["file.quote-later E1"], outcome.Places());
    }
}
