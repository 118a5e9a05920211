using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

public sealed partial class ExtractReaderTest
{
    [Fact]
    public async Task Columns_come_in_any_order_under_any_listed_name()
    {
        var (outcome, rows) = await Reading.ReadAsync("KIND,points,post code,DOB,First name,LAST_NAME,Home-Address\ntwo,7,le11aa,1/2/1999,Edith,Marlowe,\"12 Wharf St, Leicester\"\n");
        Assert.Equal(ExtractState.Accepted, outcome.State);
        Assert.Equal(["2:Marlowe|Edith|1999-02-01|12 Wharf St, Leicester|LE1 1AA|7|two"], rows);
    }

    [Fact]
    public async Task Missing_columns_are_all_named()
    {
        var (outcome, _) = await Reading.ReadAsync("Surname,Forenames,Postcode,Score,Kind\nMarlowe,Edith,LE1 1AA,1,one\n");
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Equal(["Date of birth", "Address"], outcome.Findings.Select(finding => finding.Column));
        Assert.All(outcome.Findings, finding => Assert.Equal("file.column-missing", finding.Code));
    }

    [Fact]
    public async Task Unlisted_columns_are_placed_and_not_named()
    {
        var (outcome, _) = await Reading.ReadAsync("Surname,Forenames,Date of birth,Address,Postcode,Score,Kind,Religion,Marlowe\n");
        Assert.Equal(["never.column-not-listed H1", "never.column-not-listed I1"], outcome.Places());
        Assert.All(outcome.Findings, finding => Assert.Equal("", finding.Column));
    }

    [Theory]
    [InlineData("Adoption date", "never.adoption H1")]
    [InlineData("GP case notes", "never.case-notes H1")]
    [InlineData("Clinical notes", "never.case-notes H1")]
    [InlineData("Consultation notes", "never.case-notes H1")]
    [InlineData("Disciplinary record", "never.staff-proceedings H1")]
    [InlineData("Staff proceedings", "never.staff-proceedings H1")]
    [InlineData("Employment tribunal", "never.staff-proceedings H1")]
    [InlineData("Complainant", "never.complainant H1")]
    [InlineData("Victim name", "never.victim-or-witness H1")]
    [InlineData("Witness name", "never.victim-or-witness H1")]
    [InlineData("NHS number", "never.column-not-listed H1")]
    [InlineData("NINO", "never.column-not-listed H1")]
    [InlineData("UPRN", "never.column-not-listed H1")]
    public async Task Columns_never_accepted_are_told_by_their_own_rule(string header, string place)
    {
        var (outcome, _) = await Reading.ReadAsync(Reading.Header.TrimEnd() + $",{header}\n" + Reading.Row());
        Assert.Equal([place], outcome.Places());
        Assert.Equal(ExtractState.Quarantined, outcome.State);
    }

    [Fact]
    public async Task A_file_without_a_header_names_nobody()
    {
        var (outcome, _) = await Reading.ReadAsync(Reading.Row() + Reading.Row(surname: "Vane"));
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.DoesNotContain(outcome.Findings, finding => finding.ToString().Contains("Marlowe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_column_twice_is_placed()
    {
        var (outcome, _) = await Reading.ReadAsync(Reading.Header.TrimEnd() + ",DOB\n");
        Assert.Equal(["file.column-twice H1"], outcome.Places());
        Assert.Equal("Date of birth", outcome.Findings[0].Column);
    }

    [Fact]
    public async Task Trailing_commas_are_forgiven()
    {
        var (outcome, rows) = await Reading.ReadAsync(Reading.Header.TrimEnd() + ",,\n" + Reading.Row().TrimEnd() + ",, \n");
        Assert.Equal(ExtractState.Accepted, outcome.State);
        Assert.Single(rows);
    }

    [Fact]
    public async Task A_cell_beyond_the_header_is_not()
    {
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + Reading.Row() + Reading.Row(surname: "Vane").TrimEnd() + ",extra\n");
        Assert.Equal(["row.cells 3"], outcome.Places());
        Assert.Equal(ExtractState.AcceptedWithRefusedRows, outcome.State);
    }

    [Fact]
    public async Task Cells_missing_at_the_end_are_blank_if_they_may_be()
    {
        // The score may be blank; the kind may not.
        const string Header = "Kind,Surname,Forenames,Date of birth,Address,Postcode,Score\n";
        var (outcome, rows) = await Reading.ReadAsync(Header + "one,Marlowe,Edith,14/02/1999,12 Wharf Street,LE1 1AA\none,Vane,Edith,14/02/1999,,LE1 1AA,2\n");
        Assert.Equal(["row.trailing-cells 2"], outcome.Places());
        Assert.Equal(["2:Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA||one", "3:Vane|Edith|1999-02-14||LE1 1AA|2|one"], rows);
        Assert.Equal(ExtractState.Accepted, outcome.State);

        (outcome, _) = await Reading.ReadAsync(Reading.Header + Reading.Row() + "Vane,Edith,14/02/1999,12 Wharf Street,LE1 1AA\n");
        Assert.Equal(["row.cells 3"], outcome.Places());
    }

    [Fact]
    public async Task Withheld_columns_are_refused_and_not_missed()
    {
        var options = new ExtractReadOptions { AsOf = Reading.AsOf, Withheld = ["score"] };
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + Reading.Row(), options: options);
        Assert.Equal(["never.withheld-field F1"], outcome.Places());

        (outcome, var rows) = await Reading.ReadAsync("Surname,Forenames,Date of birth,Address,Postcode,Kind\nMarlowe,Edith,14/02/1999,,LE1 1AA,one\n", options: options);
        Assert.Equal(ExtractState.Accepted, outcome.State);
        Assert.Single(rows);
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(51, "AZ")]
    [InlineData(52, "BA")]
    [InlineData(701, "ZZ")]
    [InlineData(702, "AAA")]
    public void Cells_are_named_as_a_spreadsheet_names_them(int cell, string letters) => Assert.Equal(letters, HeaderMap.Letters(cell));
}
