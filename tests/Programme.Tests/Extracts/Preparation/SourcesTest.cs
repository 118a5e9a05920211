using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Programme.Tests.Extracts.Preparation;

/// <summary>Exports as agencies have them become extracts, and what they were is told.</summary>
public sealed class SourcesTest
{
    private const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Score,Kind\n";
    private const string Marlowe = "Marlowe,Edith,14/02/1999,12 Wharf Street,LE1 1AA,1,one\n";
    private const string Vane = "Vane,Zoë,15/02/1999,3 Mill Lane,LE1 1AB,2,two\n";
    private const string Rows = "Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one;Vane|Zoë|1999-02-15|3 Mill Lane|LE1 1AB|2|two";

    static SourcesTest() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string, string> Exports => new()
    {
        { Header + Marlowe + Vane, "utf-8", "" },
        { "\uFEFF" + Header + Marlowe + Vane, "utf-8", "" },
        { (Header + Marlowe + Vane).Replace(',', ';'), "utf-8", "source.separator" },
        { (Header + Marlowe + Vane).Replace(',', '\t'), "utf-8", "source.separator" },
        { (Header + Marlowe + Vane).Replace(',', '|'), "utf-8", "source.separator" },
        { "sep=;\r\n" + (Header + Marlowe + Vane).Replace(',', ';'), "utf-8", "source.sep-line" },
        { Header + Marlowe + Vane, "windows-1252", "source.windows-1252" },
        { "\uFEFF" + Header + Marlowe + Vane, "utf-16", "source.utf-16" },
        { Header + Marlowe + Vane, "utf-16be", "source.utf-16" },
        { (Header + Marlowe + Vane).Replace('\n', '\r'), "utf-8", "" },
        { Header.Replace("\n", "\r\n") + Marlowe + Vane.Replace('\n', '\r'), "utf-8", "" },
        { "Pupils on roll,,,,,,\nProduced 31/10/2013,,,,,,\n,,,,,,\n" + Header + Marlowe + Vane, "utf-8", "source.title-rows 4" },
        { "Pupils on roll\n\n" + (Header + Marlowe + Vane).Replace(',', ';'), "utf-8", "source.separator;source.title-rows 3" },
        { "Pupil,,,Home,,,\n" + Header + Marlowe + Vane, "utf-8", "source.title-rows 2" },
        { Header + Marlowe + ",,,,,,\n\n" + Vane + ",,,,,,\n", "utf-8", "" },
        { Header + Marlowe + Header + Vane, "utf-8", "source.header-again 3" },
        { "Pupil,,Date of,Home,Post,,\nSurname,Forenames,birth,Address,code,Score,Kind\n" + Marlowe + Vane, "utf-8", "source.title-rows 2;source.two-header-rows 2" },
        { Header + "Year 7,,,,,,\n" + Marlowe + "Year 7 total,1,,,,,\nYear 8\n" + Vane + "Sub-total: 1\n", "utf-8", "source.remark 2;source.remark 5;source.total 4;source.total 7" },
        { "Pupils on roll\n" + Header + Marlowe + "Page 1\nPupils on roll\n" + Header + Vane, "utf-8", "source.title-rows 2;source.header-again 6;source.remark 4;source.remark 5" },
        { "Surname,Forenames,Date of birth,Home,,Score,Kind\n,,,Address,Postcode,,\n" + Marlowe + Vane, "utf-8", "source.title-rows 2;source.two-header-rows 2" },
        { Header + Marlowe + Header.Replace("Kind", "") + Vane, "utf-8", "source.header-again 3" },
        { string.Concat(Enumerable.Repeat("A line of the cover page\n", 60)) + Header + Marlowe + Vane, "utf-8", "source.title-rows 61" },
        { Header + Marlowe + Vane + "\nPrinted,31/10/2013,page 1 of 1\n", "utf-8", "source.footer 5" },
        { Header.Replace("Surname", "Preferred surname,Legal surname") + "Quince," + Marlowe + "Quince," + Vane, "utf-8", "source.other-column A1" },
        { Header.Replace("Kind", "Kind,Preferred surname") + Marlowe.Replace("one", "one,Quince") + Vane.Replace("two", "two,Quince"), "utf-8", "source.other-column H1" },
        { Header.Replace("Address", "Contact address 1,Contact address 2,Home address 1,Home address 2") + Marlowe.Replace("12 Wharf Street", "An office,Far,12,Wharf Street") + Vane.Replace("3 Mill Lane", "An office,Far,3,Mill Lane"), "utf-8", "source.joined F1;column.dropped D1;column.dropped E1" },
        { Header.Replace("Address", "Address 1,Address 2,Home address line 1,Home address line 2") + Marlowe.Replace("12 Wharf Street", "An office,Far,12,Wharf Street") + Vane.Replace("3 Mill Lane", "An office,Far,3,Mill Lane"), "utf-8", "source.joined F1;column.dropped D1;column.dropped E1" },
        { Header + Marlowe + Vane + "Total,2,,,,,\n", "utf-8", "source.total 4" },
        { Header + Marlowe + Vane + ",,,,Grand total:,3,\n", "utf-8", "source.total 4" },
        { Header + Marlowe + Vane + "\nReport produced by SIMS on 31/10/2013\nPage 1\n", "utf-8", "source.footer 5;source.footer 6" },
        { Header + Marlowe.Replace("14/02/1999", "'14/02/1999") + Vane.Replace("15/02/1999", "\"=\"\"15/02/1999\"\"\""), "utf-8", "source.excel-text C2;source.excel-text C3" },
        { Header.Replace("Address", "Address line 1,Address line 2") + Marlowe.Replace("12 Wharf Street", "12,Wharf Street") + Vane.Replace("3 Mill Lane", "3 Mill Lane,"), "utf-8", "source.joined D1" },
        { Header.Replace("Address", "House No,Street") + Marlowe.Replace("12 Wharf Street", "12,Wharf Street") + Vane.Replace("3 Mill Lane", "3,Mill Lane"), "utf-8", "source.joined D1" },
    };

    [Theory]
    [MemberData(nameof(Exports))]
    public async Task An_export_is_read_whatever_it_looks_like_and_what_it_was_is_told(string text, string encoding, string told)
    {
        var (outcome, rows) = await ReadAsync(Encoding.GetEncoding(encoding).GetBytes(text));
        Assert.Equal(Rows, string.Join(';', rows));
        Assert.Equal(ExtractState.Accepted, outcome.State);
        Assert.Equal(told, string.Join(';', outcome.Places()));
        Assert.Equal(outcome.Findings.Count, outcome.Counts.Values.Sum());
    }

    [Fact]
    public async Task Rows_keep_the_numbers_of_the_spreadsheet_whatever_stands_above_or_between()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes("Title\n" + Header + Marlowe.Replace("12 Wharf Street", "\"12 Wharf\nStreet\"") + "\n,,,,,,\n" + Vane.Replace("15/02/1999", "31/02/1999") + Vane));
        Assert.Equal(["source.title-rows 2", "date.not-a-day C6"], outcome.Places());
    }

    [Fact]
    public async Task A_record_broken_in_two_is_no_remark_when_records_follow()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(Header + Marlowe + "Quince\n" + Vane));
        Assert.Equal(["row.cells 3"], outcome.Places());
    }

    [Theory]
    [InlineData("^")]
    [InlineData("  ")]
    public async Task Rows_in_one_cell_each_are_called_that_and_nothing_else(string separator)
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes((Header + Marlowe).Replace(",", separator, StringComparison.Ordinal)));
        Assert.Equal((ExtractState.Quarantined, "source.one-cell A1"), (outcome.State, Assert.Single(outcome.Places())));
    }

    [Fact]
    public async Task Headers_that_stand_again_in_other_places_stop_the_file_before_names_change_places()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(Header + Marlowe
            + "\nForenames,Surname,Date of birth,Address,Postcode,Score,Kind\nZoë,Vane,15/02/1999,3 Mill Lane,LE1 1AB,2,two\n"));
        Assert.Equal((ExtractState.Quarantined, "source.other-header 4"), (outcome.State, Assert.Single(outcome.Places())));
    }

    [Fact]
    public async Task Another_table_below_is_told_where_it_begins()
    {
        var (outcome, rows) = await ReadAsync(Encoding.UTF8.GetBytes(Header + Marlowe + Vane
            + "\nStaff,Role,Started,Room,Phone,Hours,Kind\n"));
        Assert.Equal(Rows, string.Join(';', rows));
        Assert.Contains("source.other-table 5", outcome.Places());
    }

    [Theory]
    [InlineData("Surname,Forenames,Date of birth,Address,Postcode,Score,Kind")]
    [InlineData("Last name,First name,DOB,Home address,Post code,Hours,Room")]
    [InlineData("Number,Surname,Forenames")]
    public async Task A_table_beside_another_with_the_same_headers_stops_the_file(string beside)
    {
        var quince = string.Join(',', "Quince,Cleo,16/02/1999,5 Mill Lane,LE1 1AC,3,one".Split(',').Take(beside.Split(',').Length));
        var file = Beside(Header + Marlowe, $"{beside}\n{quince}\n{quince}\n");
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(file));
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Equal(["source.side-by-side I1", "source.outside 3"], outcome.Places().Except(["column.dropped H1"]));
    }

    [Fact]
    public async Task Which_of_two_tables_side_by_side_is_meant_can_be_said()
    {
        var (mapping, _) = ExportMapping.None.With(
            ["I=surname", "J=forenames", "K=date_of_birth", "L=address", "M=postcode", "N=score", "O=kind"], [], [], Reading.Small);
        var (outcome, rows) = await ReadAsync(Encoding.UTF8.GetBytes(Beside(Header + Vane + Vane, Header + Marlowe)), mapping);
        Assert.Equal(["Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one"], rows);
        Assert.Contains("source.outside 3", outcome.Places());
    }

    [Fact]
    public async Task A_table_beside_another_with_headers_of_its_own_is_left_out_and_told()
    {
        var (outcome, rows) = await ReadAsync(Encoding.UTF8.GetBytes(Beside(Header + Marlowe + Vane, "School,Head\nOak,Bell\nElm,Ash\nYew,Fenn\n")));
        Assert.Equal(Rows, string.Join(';', rows));
        Assert.Equal(["source.outside 4", "column.dropped H1", "column.dropped I1", "column.dropped J1"], outcome.Places());
    }

    [Fact]
    public async Task A_column_that_is_read_from_behind_a_gap_is_told()
    {
        var (outcome, rows) = await ReadAsync(Encoding.UTF8.GetBytes(Beside(
            "Surname,Forenames,Date of birth,Address,Postcode\nMarlowe,Edith,14/02/1999,12 Wharf Street,LE1 1AA\n", "Score,Kind\n1,one\n")));
        Assert.Equal(["Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one"], rows);
        Assert.Contains("source.apart G1", outcome.Places());
    }

    // Two tables on one sheet, a blank column between them.
    private static string Beside(string left, string right)
    {
        var (lefts, rights) = (left.TrimEnd('\n').Split('\n'), right.TrimEnd('\n').Split('\n'));
        var blank = new string(',', lefts[0].Count(letter => letter == ','));
        return string.Concat(Enumerable.Range(0, Math.Max(lefts.Length, rights.Length))
            .Select(row => $"{lefts.ElementAtOrDefault(row) ?? blank},,{rights.ElementAtOrDefault(row)}\n"));
    }

    [Theory]
    [InlineData("Marlowe,Edith,14/02/1999,12 Wharf Street,LE1 1AA,1,one\n")]
    [InlineData("A report\nof nobody\n")]
    public async Task A_file_without_headers_is_called_that_and_nothing_else(string text)
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(text));
        Assert.Equal((ExtractState.Quarantined, "source.no-headers"), (outcome.State, Assert.Single(outcome.Places()).Trim()));
    }

    [Fact]
    public async Task Rows_that_are_set_apart_by_another_sign_than_the_headers_are_no_remarks()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(Header + (Marlowe + Vane).Replace(',', ';')));
        Assert.Equal(["file.too-many-refused", "row.cells 2", "row.cells 3"], outcome.Places().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_column_is_not_suggested_for_two()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes("Name,Date of birth,Address,Postcode,Score,Kind\nEdith Marlowe,14/02/1999,12 Wharf Street,LE1 1AA,1,one\n"));
        Assert.Equal(["source.nearest-header A1", "source.nearest-header A1"], outcome.Places().Skip(2));
        Assert.All(outcome.Findings.Skip(2), finding => Assert.StartsWith("This column is the nearest to two", finding.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_column_that_is_there_twice_is_not_chosen_for_anybody()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(Header.Replace("Surname", "Surname,Surname") + "Quince," + Marlowe));
        Assert.Equal((ExtractState.Quarantined, "file.column-twice B1"), (outcome.State, Assert.Single(outcome.Places())));
        var (mapping, _) = ExportMapping.None.With(["B=surname"], [], [], Reading.Small);
        Assert.Equal(["Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one"], (await ReadAsync(Encoding.UTF8.GetBytes(Header.Replace("Surname", "Surname,Surname") + "Quince," + Marlowe), mapping)).Rows);
    }

    [Fact]
    public async Task A_setting_that_stands_in_place_of_a_column_of_the_file_is_told()
    {
        var (mapping, _) = ExportMapping.None.With([], ["kind=two"], [], Reading.Small);
        var (outcome, rows) = await ReadAsync(Encoding.UTF8.GetBytes(Header + Marlowe), mapping);
        Assert.Equal(["Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|two"], rows);
        Assert.Contains("source.set-instead G1", outcome.Places());
    }

    [Theory]
    [InlineData("Flat No,House No,Street", "3,12,Wharf Street", "\"Flat 3| 12 Wharf Street\"")]
    [InlineData("FLAT_NUMBER,BUILDING,STREET_NUMBER,STREET,TOWN", "3A,The Mill,12,Wharf Street,Leicester", "\"Flat 3A| The Mill| 12 Wharf Street| Leicester\"")]
    [InlineData("Flat,House name,Street", "Flat 3,The Mill,Wharf Street", "\"Flat 3| The Mill| Wharf Street\"")]
    public async Task A_flats_number_is_no_house_number(string headers, string cells, string address)
    {
        var (_, rows) = await ReadAsync(Encoding.UTF8.GetBytes(Header.Replace("Address", headers) + Marlowe.Replace("12 Wharf Street", cells)));
        Assert.Contains(address, Assert.Single(rows), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"12 Wharf Street", "3 Mill Lane\"")] // as many cells as a row has: the rows between would be an address
    [InlineData("\"12 Wharf Street", "\"3 Mill Lane, Leicester\"")]
    public async Task A_quotation_mark_that_closes_rows_later_is_told_where_it_opens(string opens, string closes)
    {
        var file = Header + Vane + Marlowe.Replace("12 Wharf Street", opens) + Marlowe + Vane.Replace("3 Mill Lane", closes);
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(file));
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Contains("file.quote-later D3", outcome.Places());
    }

    [Fact]
    public async Task A_quotation_mark_that_never_closes_is_told_with_its_row()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(Header + Marlowe + "\n,,\n\"Vane,Zoë,15/02/1999\n"));
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Contains("file.quote 5", outcome.Places());
    }

    [Theory]
    [InlineData("\"Vane,Zoë,15/02/1999\n")]
    [InlineData("Vane,Zoë,31/02/1999,3 Mill Lane,LE1 1AA,1,one\n\"Quince,Ada\n")]
    public async Task Of_a_file_that_a_quotation_mark_swallows_nothing_is_told_that_follows_from_it(string rows)
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(Header + rows));
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.DoesNotContain(outcome.Findings, finding => finding.Code is "file.no-rows" or "file.too-many-refused" or "file.column-missing" or "source.no-headers");
        Assert.Contains(outcome.Findings, finding => finding.Code == "file.quote");
        Assert.Equal(outcome.Findings.Select(finding => finding.Code).Distinct().Order(), outcome.Counts.Keys.Order());
    }

    [Fact]
    public async Task Headers_that_a_quotation_mark_swallows_are_one_finding()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(Header.Replace("Surname", "\"Surname") + Marlowe));
        Assert.Equal(["file.quote 1"], outcome.Places());
    }

    [Fact]
    public async Task A_mapping_names_joins_and_fills_columns_and_is_kept_without_any_value_of_a_row()
    {
        var (mapping, problem) = ExportMapping.None.With(["Pupil Surname=surname", "Known as=forenames"], ["kind=one"], ["address=Nr+Way"], Reading.Small);
        Assert.Equal("", problem);
        const string Export = "Pupil Surname,Known as,DOB,Nr,Way,Postcode,Score\nMarlowe,Edith,14/02/1999,12,Wharf Street,LE1 1AA,1\n";
        var (outcome, rows) = await ReadAsync(Encoding.UTF8.GetBytes(Export), ExportMapping.Parse(mapping!.ToJson()));
        Assert.Equal(["Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one"], rows);
        Assert.Equal(["source.mapped"], outcome.Places());
        Assert.DoesNotContain("Marlowe", mapping.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pupil Surname", "--map takes two sides with = between")]
    [InlineData("Pupil Surname=family", "'family' is no column of small. There are: surname, forenames")]
    public void A_mapping_that_cannot_be_is_told(string map, string told) =>
        Assert.StartsWith(told, ExportMapping.None.With([map], [], [], Reading.Small).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task The_nearest_header_is_suggested_for_a_column_that_is_missing()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes((Header + Marlowe).Replace("Surname", "Pupil surname")));
        Assert.Equal(["file.column-missing 1", "source.nearest-header A1"], outcome.Places());
        Assert.Contains("--map A=surname", outcome.Findings[^1].Remedy, StringComparison.Ordinal);
    }

    private static async Task<(ExtractOutcome Outcome, string[] Rows)> ReadAsync(byte[] export, ExportMapping? mapping = null)
    {
        using var file = new MemoryStream(export);
        using var rows = new DelimitedRows(file, ExportStream.Recogniser(Reading.Small, mapping ?? ExportMapping.None));
        await using var stream = ExportStream.Open(rows, Reading.Small, new() { AsOf = Reading.AsOf }, mapping ?? ExportMapping.None);
        using var extract = new MemoryStream();
        var outcome = stream.Complete(await ExtractPreparation.PrepareAsync(stream, Reading.Small, stream.Options, extract, CancellationToken.None));
        return (outcome, [.. Encoding.UTF8.GetString(extract.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Replace(',', '|'))]);
    }
}
