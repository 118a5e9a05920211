using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

/// <summary>Values as people and systems write them.</summary>
public sealed partial class ExtractReaderTest
{
    [Theory]
    [InlineData("NULL", "cell.blank C2")]
    [InlineData("-", "cell.blank C2")]
    [InlineData("00/00/0000", "cell.blank C2")]
    [InlineData("#N/A", "cell.error C2")]
    [InlineData("'14/02/1999", "cell.excel-text C2")]
    [InlineData("01/01/1900", "row.filler-date C2")]
    [InlineData("31/12/1899", "row.filler-date C2")]
    [InlineData("14/02/1999\u200B", "text.invisible C2")]
    public async Task A_date_that_is_none_is_told_by_its_cause(string born, string place) =>
        Assert.Equal([place], (await Reading.ReadAsync(Reading.Header + Reading.Row(born: born))).Outcome.Places().Take(1));

    [Theory]
    [InlineData("14\u00A0Feb\u00A01999", "LE1\u00A01AA")]
    [InlineData("14/02/1999\u00A0", "LE1 1AA\u00A0")]
    public async Task A_no_break_space_in_a_date_or_postcode_is_a_blank(string born, string postcode)
    {
        var (outcome, rows) = await Reading.ReadAsync(Reading.Header + Reading.Row(born: born, postcode: postcode));
        Assert.Empty(outcome.Places());
        Assert.Equal(["2:Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one"], rows);
    }

    [Theory]
    [InlineData("1\u00A0030")]
    [InlineData("1\u202F030")]
    [InlineData("1\u2009030")]
    [InlineData("1\u2019030")]
    [InlineData("\u00A01\u00A0030.00\u00A0")]
    public async Task Thousands_may_be_set_apart_by_a_blank_of_any_width_or_an_apostrophe(string number)
    {
        var (outcome, rows) = await Reading.ReadAsync($"A\n{number}\n", Numbers("0"));
        Assert.Empty(outcome.Places());
        Assert.Equal(["2:1030"], rows);
    }

    [Theory]
    [InlineData("Address withheld", "", "")]
    [InlineData("Address withheld", "ZZ99 3WZ", "")]
    [InlineData("No fixed abode", "", "")]
    [InlineData("12 Wharf Street", "", "row.postcode E2")]
    [InlineData("", "", "row.postcode E2")]
    public async Task A_postcode_is_blank_only_where_the_address_says_why(string address, string postcode, string place) =>
        Assert.Equal(place, string.Join(' ', (await Reading.ReadAsync(Reading.Header + Reading.Row(address: address, postcode: postcode))).Outcome.Places().Take(1)));

    [Theory]
    [InlineData("-", "row.postcode E2")]
    [InlineData("-12 Wharf Street", "cell.formula D2")]
    public async Task A_dash_alone_is_no_address_and_no_formula(string address, string place) =>
        Assert.Equal([place], (await Reading.ReadAsync(Reading.Header + Reading.Row(address: address, postcode: address == "-" ? "" : "LE1 1AA"))).Outcome.Places().Take(1));

    [Fact]
    public async Task A_person_of_one_name_is_kept_and_told()
    {
        var (outcome, rows) = await Reading.ReadAsync(Reading.Header + Reading.Row(forenames: "."));
        Assert.Equal(["row.forename B2"], outcome.Places());
        Assert.Single(rows);
    }

    [Theory]
    [InlineData(30, 1, ExtractState.AcceptedWithRefusedRows)]
    [InlineData(30, 4, ExtractState.Quarantined)]
    [InlineData(4, 3, ExtractState.Quarantined)]
    [InlineData(200, 4, ExtractState.AcceptedWithRefusedRows)]
    public async Task A_few_refused_rows_do_not_stop_a_small_file(int rows, int refused, ExtractState state)
    {
        var csv = "A\n" + string.Concat(Enumerable.Range(0, rows).Select(row => row < refused ? "x\n" : "1\n"));
        Assert.Equal(state, (await Reading.ReadAsync(csv, Numbers("2"))).Outcome.State);
        Assert.Equal(ExtractState.Quarantined, (await Reading.ReadAsync(csv, Numbers("0"))).Outcome.State);
    }

    [Fact]
    public async Task Unborn_children_have_expected_dates_where_the_dataset_is_about_children_in_need()
    {
        const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Status,Started\n";
        static string Child(string born) => $"Marlowe,Unborn,{born},12 Wharf Street,LE1 1AA,CP plan,01/09/2013\n";
        var dataset = DatasetCatalogue.Find("childrens-social-care");
        Assert.Equal(["name.filler B2"], (await Reading.ReadAsync(Header + Child("31/07/2014"), dataset)).Outcome.Places());
        Assert.Contains("row.lifespan C2", (await Reading.ReadAsync(Header + Child("01/08/2014"), dataset)).Outcome.Places());
    }

    [Theory]
    [InlineData("whole-number", "130", "1.3E+02")]
    [InlineData("upn", "A950000178301", "1.23E+12")]
    [InlineData("uprn", "100012345678", "1.00012E+11")]
    [InlineData("nhs-number", "9434765919", "9.43E+09")]
    [InlineData("phone", "01164960123", "1.16E+09")]
    public async Task A_number_that_a_spreadsheet_rounded_is_called_that(string type, string example, string cell)
    {
        var dataset = Reading.Specification($"dataset: one\nversion: 1\ntitle: One\nsource: ours\nrefusals: {{ max_percent: 0 }}\ncolumns:\n"
            + $"  - {{ name: a, header: A, type: {type}, required: true, role: indicator, sensitivity: personal, description: d, example: \"{example}\", source: ours }}\n");
        Assert.Contains("cell.rounded A2", (await Reading.ReadAsync($"A\n{cell}\n", dataset)).Outcome.Places());
    }

    [Fact]
    public async Task Several_counts_of_one_offence_on_one_day_are_several_rows()
    {
        const string Count = "Marlowe,Ben,14/02/1999,1 Wharf Street,LE1 1AA,Theft,01/05/2013,Youth caution,20/06/2013,\n";
        var (outcome, rows) = await Reading.ReadAsync("Surname,Forenames,Date of birth,Address,Postcode,Offence,Offence date,Outcome,Outcome date,Panel decision\n" + Count + Count, DatasetCatalogue.Find("youth-offences"));
        Assert.Equal(["row.alike 3"], outcome.Places());
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task Children_without_a_UPN_are_not_one_child()
    {
        var (outcome, rows) = await Reading.ReadAsync("Surname,Forenames,Date of birth,Address,Postcode,UPN\nMarlowe,Ada,14/02/2012,1 Wharf Street,LE1 1AA,\nVane,Ben,14/02/2012,2 Wharf Street,LE1 1AA,UN1\nQuince,Cleo,14/02/2012,3 Wharf Street,LE1 1AA,\n", DatasetCatalogue.Find("csps-children"));
        Assert.Equal(["upn.none-yet F3"], outcome.Places());
        Assert.Equal(3, rows.Count);
    }

    private static DatasetSpecification Numbers(string percent) => Reading.Specification($$"""
        dataset: numbers
        version: 1
        title: Numbers
        source: ours
        refusals: { max_percent: {{percent}} }
        columns:
          - { name: a, header: A, type: whole-number, required: true, role: indicator, sensitivity: personal, description: d, example: "1", source: ours }
        """);
}
