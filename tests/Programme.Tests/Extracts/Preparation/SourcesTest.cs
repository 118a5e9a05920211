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
    public async Task A_quotation_mark_that_never_closes_is_told_with_its_row()
    {
        var (outcome, _) = await ReadAsync(Encoding.UTF8.GetBytes(Header + Marlowe + "\"Vane,Zoë,15/02/1999\n"));
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Contains("file.quote 3", outcome.Places());
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
