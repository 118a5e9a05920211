using System.IO.Compression;
using System.Text;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

/// <summary>Files that are no extract: each has a clear end.</summary>
public sealed partial class ExtractReaderTest
{
    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n  \n")]
    [InlineData("\uFEFF")]
    public async Task An_empty_file_is_quarantined_as_empty(string csv) => await AssertQuarantined(Encoding.UTF8.GetBytes(csv), "file.empty");

    [Fact]
    public async Task A_header_without_rows_is_quarantined_as_such() => await AssertQuarantined(Encoding.UTF8.GetBytes(Reading.Header), "file.no-rows");

    [Fact]
    public async Task A_header_without_rows_is_a_nil_return_where_the_specification_says()
    {
        var specification = Reading.Specification("""
            dataset: nil
            version: 1
            title: t
            source: ours
            nil_return: true
            refusals: { max_percent: 0 }
            columns:
              - { name: score, header: Score, type: whole-number, role: indicator, sensitivity: personal, description: d, example: "1", source: ours }
            """);
        var (outcome, rows) = await Reading.ReadAsync("Score\n", specification);
        Assert.Equal(ExtractState.Accepted, outcome.State);
        Assert.Empty(rows);
    }

    [Fact]
    public async Task Archives_and_workbooks_are_told_to_be_saved_as_CSV()
    {
        using var zipped = new MemoryStream();
        using (var archive = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = await archive.CreateEntry("bomb.csv").OpenAsync();
            await entry.WriteAsync(new byte[10_000_000]);
        }

        await AssertQuarantined(zipped.ToArray(), "file.compressed");

        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[10_000_000]);
        }

        await AssertQuarantined(packed.ToArray(), "file.compressed");
    }

    [Theory]
    [InlineData("504B0506000000", "file.compressed")] // an empty zip
    [InlineData("504B0708000000", "file.compressed")] // a spanned zip
    [InlineData("425A683931415926", "file.compressed")] // bzip2
    [InlineData("377ABCAF271C", "file.compressed")] // 7z
    [InlineData("FD377A585A00", "file.compressed")] // xz
    [InlineData("28B52FFD0458", "file.compressed")] // zstd
    [InlineData("526172211A07", "file.compressed")] // rar
    [InlineData("D0CF11E0A1B11AE1", "file.compressed")] // xls
    [InlineData("255044462D312E37", "file.not-text")] // PDF
    [InlineData("7F454C46020101", "file.not-text")] // ELF
    [InlineData("7B5C727466310A", "file.not-text")] // RTF
    public async Task Other_kinds_of_file_are_known_by_their_first_bytes(string hex, string code) => await AssertQuarantined(Convert.FromHexString(hex), code);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task UTF_16_is_told_to_be_saved_as_UTF_8(bool bigEndian, bool marked)
    {
        var encoding = new UnicodeEncoding(bigEndian, marked);
        await AssertQuarantined([.. encoding.Preamble, .. encoding.GetBytes(Reading.Header + Reading.Row())], "file.utf-16");
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        var (outcome, rows) = await Reading.ReadAsync("\uFEFF" + Reading.Header + Reading.Row());
        Assert.Equal(ExtractState.Accepted, outcome.State);
        Assert.Equal(["2:Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one"], rows);
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public async Task Another_separator_is_told(string separator) =>
        await AssertQuarantined(Encoding.UTF8.GetBytes((Reading.Header + Reading.Row()).Replace(",", separator, StringComparison.Ordinal)), "file.separator 1");

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_placed()
    {
        var csv = Encoding.Latin1.GetBytes(Reading.Header + Reading.Row() + Reading.Row(forenames: "Zoë"));
        await AssertQuarantined(csv, "file.encoding B3");
    }

    [Fact]
    public async Task A_file_that_ends_within_a_character_is_not_UTF_8() =>
        await AssertQuarantined([.. Encoding.UTF8.GetBytes(Reading.Header + Reading.Row() + "Zo"), 0xC3], "file.encoding A3");

    [Fact]
    public async Task NUL_bytes_are_placed() =>
        await AssertQuarantined(Encoding.UTF8.GetBytes(Reading.Header + Reading.Row() + Reading.Row(forenames: "Ed\0ith")), "file.nul B3");

    [Fact]
    public async Task Windows_1252_is_read_where_the_specification_declares_it()
    {
        var windows = Windows1252("windows-1252");
        var (outcome, rows) = await Reading.ReadAsync([.. "Name\nZo"u8, 0xEB, 0x80, .. "\n"u8], windows);
        Assert.Equal(ExtractState.Accepted, outcome.State);
        Assert.Equal(["2:Zoë€"], rows);

        (outcome, rows) = await Reading.ReadAsync([0xEF, 0xBB, 0xBF, .. "Name\nZoë\n"u8], windows); // marked as UTF-8, it is UTF-8
        Assert.Equal(["2:Zoë"], rows);

        (outcome, _) = await Reading.ReadAsync([.. "Name\nZo"u8, 0x81, .. "\n"u8], windows); // no character
        Assert.Equal(["text.control-character A2", "file.too-many-refused"], outcome.Places());
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_ends_bounded()
    {
        // Four gigabytes of text after it would be read into one row.
        using var endless = new EndlessStream(Encoding.UTF8.GetBytes(Reading.Header + Reading.Row() + "\"Marlowe"), (byte)'x', 4L << 30);
        var before = GC.GetTotalAllocatedBytes();
        var (outcome, _) = await Reading.ReadAsync(endless);
        Assert.Equal(["file.record-too-long 3"], outcome.Places());
        Assert.InRange(endless.BytesRead, 1, 4 << 20);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    [Fact]
    public async Task A_quote_never_closed_in_a_small_file_is_told()
    {
        var (outcome, rows) = await Reading.ReadAsync(Reading.Header + Reading.Row() + "\"Marlowe,Edith\n" + Reading.Row());
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Equal(["file.quote 3"], outcome.Places());
        Assert.Equal(0, outcome.Accepted);
    }

    [Theory]
    [InlineData("Mar\"lowe,")]
    [InlineData("\"Mar\"lowe,")]
    [InlineData("\"Mar\" ,")]
    public async Task A_quote_in_the_wrong_place_quarantines_the_file(string start)
    {
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + Reading.Row() + start + "Edith,14/02/1999,,LE1 1AA,1,one\n" + Reading.Row(surname: "Vane"));
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Equal(["file.quote 3"], outcome.Places());
    }

    [Fact]
    public async Task A_row_longer_than_the_limit_is_placed()
    {
        var options = new ExtractReadOptions { AsOf = Reading.AsOf, MaxRecordBytes = 1024 };
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + Reading.Row() + Reading.Row(address: new string('x', 2000)), options: options);
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Equal(["file.record-too-long 3"], outcome.Places());
    }

    [Fact]
    public async Task More_rows_than_the_specification_allows_quarantine_the_file()
    {
        var specification = Reading.Specification("""
            dataset: few
            version: 1
            title: t
            source: ours
            max_rows: 2
            refusals: { max_percent: 0 }
            columns:
              - { name: score, header: Score, type: whole-number, role: indicator, sensitivity: personal, description: d, example: "1", source: ours }
            """);
        Assert.Equal(ExtractState.Accepted, (await Reading.ReadAsync("Score\n1\n2\n", specification)).Outcome.State);
        var (outcome, rows) = await Reading.ReadAsync("Score\n1\n2\n3\n4\n", specification);
        Assert.Equal(["file.too-many-rows 4"], outcome.Places());
        Assert.Equal(2, rows.Count);
    }

    private static DatasetSpecification Windows1252(string encoding) => Reading.Specification($$"""
        dataset: windows
        version: 1
        title: t
        source: ours
        encoding: {{encoding}}
        refusals: { max_percent: 0 }
        columns:
          - { name: name, header: Name, type: name, role: identity, sensitivity: personal, description: d, example: e, source: ours }
        """);

    private static async Task AssertQuarantined(byte[] csv, string place)
    {
        var (outcome, rows) = await Reading.ReadAsync(csv);
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Equal([place], outcome.Places());
        Assert.Equal(Consequence.Quarantine, outcome.Findings[0].Consequence);
        Assert.Equal(0, outcome.Accepted);
        Assert.All(rows, row => Assert.StartsWith("2:", row, StringComparison.Ordinal)); // handed over before the fault, to be abandoned
    }
}
