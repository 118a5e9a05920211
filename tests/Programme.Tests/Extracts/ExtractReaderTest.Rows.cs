using System.Text;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

public sealed partial class ExtractReaderTest
{
    [Fact]
    public async Task Quoted_line_breaks_and_quotes_are_data_and_rows_keep_a_spreadsheets_numbers()
    {
        var (outcome, rows) = await Reading.ReadAsync(Reading.Header
            + "\"Mar\"\"lowe\",Edith,14/02/1999,\"12 Wharf Street\r\nLeicester\",LE1 1AA,1,one\r\n"
            + Reading.Row(surname: "Vane", postcode: "nowhere")
            + Reading.Row(surname: "Quince"));
        Assert.Equal(["2:Mar\"lowe|Edith|1999-02-14|12 Wharf Street Leicester|LE1 1AA|1|one", "4:Quince|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one"], rows);
        Assert.Equal(["postcode.format E3"], outcome.Places());
        Assert.Equal((3, 1, 2), (outcome.Rows, outcome.Refused, outcome.Accepted));
        Assert.Equal(ExtractState.AcceptedWithRefusedRows, outcome.State);
    }

    [Fact]
    public async Task Blank_rows_are_passed_over_and_numbered()
    {
        var (outcome, rows) = await Reading.ReadAsync(Reading.Header + "\n" + Reading.Row() + ",,,,,,\n ,\u00A0,,,,,\n" + Reading.Row(surname: "Vane", kind: "three") + Reading.Row(surname: "Quince") + "\n\n");
        Assert.Equal(3, outcome.Rows);
        Assert.Equal(["code.not-in-set G6"], outcome.Places());
        Assert.Equal(["3", "7"], rows.Select(row => row[..row.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Every_fault_of_a_row_is_told_at_once()
    {
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + ",42,31/02/1999,,QA1 1AA,100,three\n" + Reading.Row() + Reading.Row(surname: "Vane"));
        Assert.Equal(["cell.blank A2", "name.no-letter B2", "date.not-a-day C2", "postcode.format E2", "number.range F2", "code.not-in-set G2"], outcome.Places());
        Assert.Equal(1, outcome.Refused);
        Assert.Equal("a whole number from 0 to 99", outcome.Findings[4].Expected);
        Assert.Equal("one of: one, two", outcome.Findings[5].Expected);
    }

    [Fact]
    public async Task A_warning_keeps_the_row()
    {
        var (outcome, rows) = await Reading.ReadAsync(Reading.Header + Reading.Row(surname: "=cmd()"));
        Assert.Equal(ExtractState.Accepted, outcome.State);
        Assert.Equal(["cell.formula A2"], outcome.Places());
        Assert.Equal(Consequence.Warning, outcome.Findings[0].Consequence);
        Assert.Equal(["2:=cmd()|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one"], rows);
    }

    [Fact]
    public async Task A_record_comes_once_and_a_refused_one_does_not_stand_in_its_way()
    {
        var (outcome, rows) = await Reading.ReadAsync(Reading.Header
            + Reading.Row(kind: "three") // refused: the next is the first of its key
            + Reading.Row()
            + Reading.Row(surname: "marlowe") // a name in capitals is no other name
            + Reading.Row(score: "2") // the score is not of the key
            + Reading.Row(born: "1999-02-14") // the same day in another form
            + Reading.Row(surname: "Vane")
            + Reading.Row(surname: "Quince")
            + Reading.Row(surname: "Ellery"));
        Assert.Equal(["code.not-in-set G2", "row.duplicate 4", "row.duplicate 5", "row.duplicate 6"], outcome.Places());
        Assert.Equal("each record once; row 3 has the same Surname, Forenames, Date of birth, Address, Postcode", outcome.Findings[1].Expected);
        Assert.Equal(["3", "7", "8", "9"], rows.Select(row => row[..1]));
    }

    [Fact]
    public async Task A_row_without_its_last_cell_is_refused_where_that_cell_is_required()
    {
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + "Marlowe,Edith,14/02/1999,12 Wharf Street,LE1 1AA,1\n" + Reading.Row());
        Assert.Equal(["row.cells 2"], outcome.Places());
        Assert.Equal("7 cells, as many as the header has; this row has 6", outcome.Findings[0].Expected);
    }

    [Fact]
    public async Task White_space_at_the_ends_of_a_cell_is_no_part_of_it()
    {
        var (_, rows) = await Reading.ReadAsync(Reading.Header + Reading.Row(forenames: "\u00A0 Edith\u00A0 \u00A0", kind: "\tone "));
        Assert.Equal(["2:Marlowe|Edith|1999-02-14|12 Wharf Street|LE1 1AA|1|one"], rows);
    }

    [Fact]
    public async Task Refused_rows_beyond_the_share_quarantine_the_file()
    {
        var bad = Reading.Row(kind: "three");
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + bad + Reading.Row()); // half of two
        Assert.Equal(ExtractState.AcceptedWithRefusedRows, outcome.State);

        (outcome, var rows) = await Reading.ReadAsync(Reading.Header + bad + bad + Reading.Row());
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Equal(1, outcome.Counts["file.too-many-refused"]);
        Assert.Equal(0, outcome.Accepted);
        Assert.Single(rows); // handed over, to be abandoned
    }

    [Fact]
    public async Task Refused_rows_beyond_the_number_quarantine_the_file()
    {
        var specification = Reading.Specification("""
            dataset: strict
            version: 1
            title: t
            source: ours
            refusals: { max_percent: 100, max_rows: 1, quarantine_on: [number.format] }
            columns:
              - { name: score, header: Score, type: whole-number, max: 9, role: indicator, sensitivity: personal, description: d, example: "1", source: ours }
            """);
        Assert.Equal(ExtractState.AcceptedWithRefusedRows, (await Reading.ReadAsync("Score\n10\n", specification)).Outcome.State);
        Assert.Equal(ExtractState.Quarantined, (await Reading.ReadAsync("Score\n10\n11\n", specification)).Outcome.State);

        // One row of some kinds is enough; rows after it are read for the report and not handed over.
        var (outcome, rows) = await Reading.ReadAsync("Score\n1\nx\n2\n10\n", specification);
        Assert.Equal(["number.format A3", "number.range A5"], outcome.Places());
        Assert.Equal([Consequence.Quarantine, Consequence.Refusal], outcome.Findings.Select(finding => finding.Consequence));
        Assert.Equal(["2:1"], rows);
        Assert.Equal(4, outcome.Rows);
    }

    [Fact]
    public async Task The_report_is_capped_and_the_counts_are_complete()
    {
        var options = new ExtractReadOptions { AsOf = Reading.AsOf, MaxFindingsPerRule = 3, MaxFindings = 5 };
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + string.Concat(Enumerable.Repeat(Reading.Row(kind: "three", postcode: "x", score: "y"), 20)), options: options);
        Assert.Equal(5 + 1, outcome.Findings.Count); // what refuses the file is listed beyond the cap
        Assert.Equal("file.too-many-refused", outcome.Findings[^1].Code);
        Assert.Equal(3, outcome.Findings.GroupBy(finding => finding.Code).Max(group => group.Count()) + 1);
        Assert.Equal(20, outcome.Counts["code.not-in-set"]);
        Assert.Equal(20, outcome.Counts["postcode.format"]);
        Assert.Equal(20, outcome.Counts["number.format"]);
        Assert.Equal(1, outcome.Counts["file.too-many-refused"]);
    }

    [Fact]
    public async Task A_batch_over_its_agreements_ceiling_is_quarantined_whatever_else_is_wrong_with_it()
    {
        var options = new ExtractReadOptions { AsOf = Reading.AsOf, BatchCeiling = 2 };
        var (outcome, _) = await Reading.ReadAsync(Reading.Header + Reading.Row() + Reading.Row(score: "y") + "\n", options: options);
        Assert.DoesNotContain(FileRules.OverCeiling.Code, outcome.Counts.Keys);
        (outcome, _) = await Reading.ReadAsync(Reading.Header + Reading.Row() + Reading.Row(score: "y") + Reading.Row(), options: options);
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Equal(3, outcome.Rows);
        Assert.Contains("number.format", outcome.Counts.Keys);
        Assert.Contains("at most 2 rows", outcome.Findings.Single(finding => finding.Code == FileRules.OverCeiling.Code).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listed_words_for_nothing_are_blank()
    {
        var specification = Reading.Specification("""
            dataset: blanks
            version: 1
            title: t
            source: ours
            refusals: { max_percent: 100 }
            columns:
              - { name: score, header: Score, type: whole-number, blank_values: ["NULL", "N/A"], role: indicator, sensitivity: personal, description: d, example: "1", source: ours }
              - { name: name, header: Name, type: name, required: true, blank_values: ["NULL"], role: identity, sensitivity: personal, description: d, example: e, source: ours }
            """);
        var (outcome, rows) = await Reading.ReadAsync("Score,Name\nnull,Vane\nn/a,Null\n", specification);
        Assert.Equal(["2:|Vane"], rows);
        Assert.Equal(["cell.blank B3"], outcome.Places());
    }

    [Fact]
    public async Task A_row_hands_over_identity_indicators_and_household_apart()
    {
        using var csv = new MemoryStream(Encoding.UTF8.GetBytes(Reading.Header
            + Reading.Row(address: "\"Flat 2, 12 Wharf Street\"") + Reading.Row(surname: "Vane", postcode: "ZZ99 3VZ", score: "") + Reading.Row(surname: "Quince", address: "")));
        var seen = new List<(string Identity, string Indicators, string Household)>();
        await ExtractReader.ReadAsync(csv, Reading.Small, new() { AsOf = Reading.AsOf }, (row, _) =>
        {
            string Joined(IReadOnlyList<int> columns) => string.Join('|', columns.Select(column => Encoding.UTF8.GetString(row[column])));
            seen.Add((Joined(Reading.Small.IdentityColumns), Joined(Reading.Small.IndicatorColumns), Encoding.UTF8.GetString(row.HouseholdKey())));
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        Assert.Equal(
            [
                ("Marlowe|Edith|1999-02-14|Flat 2, 12 Wharf Street|LE1 1AA", "1|one", "LE11AA|12|2"),
                ("Vane|Edith|1999-02-14|12 Wharf Street|ZZ99 3VZ", "|one", ""),
                ("Quince|Edith|1999-02-14||LE1 1AA", "1|one", ""),
            ], seen);
    }

    [Fact]
    public async Task A_failing_sink_and_a_cancelled_reading_come_through()
    {
        using var csv = new MemoryStream(Encoding.UTF8.GetBytes(Reading.Header + Reading.Row()));
        await Assert.ThrowsAsync<IOException>(() => ExtractReader.ReadAsync(csv, Reading.Small, new() { AsOf = Reading.AsOf }, (_, _) => throw new IOException("full"), CancellationToken.None));
        csv.Position = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ExtractReader.ReadAsync(csv, Reading.Small, new() { AsOf = Reading.AsOf }, (_, _) => ValueTask.CompletedTask, new CancellationToken(canceled: true)));
        Assert.True(csv.CanRead);
    }
}
