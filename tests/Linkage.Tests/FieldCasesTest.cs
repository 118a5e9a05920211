using System.Text;
using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

/// <summary>Situations that people who do this work have reported, each at its right value. The files are invented; see Data/README.md.</summary>
public sealed class FieldCasesTest
{
    [Theory]
    [InlineData("20-twins", "left", "right", 209)]
    [InlineData("39c-single-pair-own-population", "left", "right", 770)]
    [InlineData("39c-single-pair-own-population", "l", "r", 770)]
    [InlineData("32-unborn-unknown", "left", "right", 278)]
    [InlineData("34-unborn-then-named", "left", "right", 333)]
    public void No_two_people_of_one_home_and_no_two_unborn_become_one(string folder, string left, string right, int atLeast)
    {
        var truth = Rows(folder, "truth").Select(r => (r[0], r[1])).ToHashSet();
        var links = Link(folder, left, right);
        Assert.DoesNotContain(links, l => !truth.Contains(l));
        Assert.True(links.Count >= atLeast, $"{links.Count} of {truth.Count}");
    }

    [Theory]
    [InlineData("class150")]
    [InlineData("class2000")]
    public void In_a_register_without_duplicates_no_twins_are_duplicates(string file) => Assert.Empty(RecordLinkage.Dedupe(Input("38-twins-one-file", file), new()).Pairs);

    /// <summary>Records that are one person have one number after the letter of their register.</summary>
    [Theory]
    [InlineData("24e-dob-1900-tenth", "24f-dob-blank-tenth", 0)]
    [InlineData("47-nino-fillers", "47b-nino-blank", 0)]
    [InlineData("46-uprn-alone", "46b-without-uprn", 100)]
    public void A_filler_is_never_worse_than_a_blank_and_a_property_number_is_evidence(string filled, string blank, int better)
    {
        var (one, other) = (Link(filled, "left", "right"), Link(blank, "left", "right"));
        Assert.True(Right(one) >= Right(other) + better, $"{Right(one)} right, {Right(other)} with blanks");
        Assert.True(one.Count - Right(one) <= other.Count - Right(other) + 3, $"{one.Count - Right(one)} wrong, {other.Count - Right(other)} with blanks");
        static int Right(List<(string Left, string Right)> links) => links.Count(l => l.Left[1..] == l.Right[1..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(30)]
    public void In_files_of_a_few_records_every_identical_person_is_found(int records)
    {
        var twice = RecordLinkage.Dedupe(Input("10-one-against-register", $"dup{records}"), new());
        Assert.Equal(records, twice.Pairs.Count);
        Assert.All(twice.Pairs, p => Assert.Equal(twice.LeftId(p)[..^1], twice.RightId(p)[..^1]));
        Assert.True(twice.Report.Precision.Low < 0.95 || records > 15);
        var itself = Link("10-one-against-register", $"small{records}", $"small{records}");
        Assert.Equal(records, itself.Count(l => l.Left == l.Right));
        Assert.Empty(RecordLinkage.Dedupe(Input("10-one-against-register", $"small{records}"), new()).Pairs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public void A_few_people_are_found_in_a_register(int people) => Assert.Equal(people, Link("10-one-against-register", $"query{people}", "register").Count);

    [Theory]
    [InlineData("header-only", "header-only")]
    [InlineData("header-only", "two")]
    [InlineData("one", "header-only")]
    [InlineData("one", "one")]
    [InlineData("two", "one")]
    public void Files_of_no_or_one_record_are_linked_and_their_figures_are_numbers(string left, string right)
    {
        var found = RecordLinkage.Link(Input("09-empty-register", left), Input("09-empty-register", right), new());
        Assert.Equal(left == "header-only" || right == "header-only" ? 0 : 1, found.Pairs.Count);
        double[] figures = [found.Report.ExpectedPrecision, found.Report.ExpectedRecall, found.Report.BlockingRecall, found.Report.Precision.Low, found.Report.Recall.Low];
        Assert.All(figures, f => Assert.InRange(f, 0, 1));
        var again = RecordLinkage.Link(Input("09-empty-register", left), Input("09-empty-register", right), new() { Model = found.Model });
        Assert.Equal(found.Pairs.Count, again.Pairs.Count);
    }

    [Theory]
    [InlineData("01-sep-line", "semicolon")]
    [InlineData("01-sep-line", "sep-comma")]
    [InlineData("01-sep-line", "sep-semicolon")]
    [InlineData("01-sep-line", "tab")]
    [InlineData("03-cr-only", "cr")]
    [InlineData("03-cr-only", "mixed")]
    [InlineData("04-blank-total-title", "blank-rows")]
    [InlineData("04-blank-total-title", "report-footer")]
    [InlineData("04-blank-total-title", "title-row")]
    [InlineData("04-blank-total-title", "totals")]
    [InlineData("07-invisible", "header-nbsp")]
    [InlineData("07-invisible", "invisible")]
    public void Files_as_spreadsheets_write_them_are_read(string folder, string file)
    {
        var read = RecordLinkage.Dedupe(Input(folder, file), new()).Report.Files[0];
        Assert.Equal(40, read.Records);
        Assert.Equal(6, read.Columns.Count);
    }

    /// <summary>Excel's plain CSV: letters with accents are read as it wrote them, and the report says so.</summary>
    [Fact]
    public void A_file_in_Windows_1252_is_read_and_noted()
    {
        var bytes = File.ReadAllBytes(PathOf("08-ansi", "cp1252"));
        var utf8 = Encoding.UTF8.GetBytes(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes));
        var found = RecordLinkage.Link(Input("08-ansi", "cp1252"), new LinkageInput(new MemoryStream(utf8), "utf-8", new()), new());
        Assert.Equal(40, found.Pairs.Count(p => found.LeftId(p) == found.RightId(p)));
        Assert.Contains(found.Report.Files[0].Notes, n => n.Contains("Windows-1252", StringComparison.Ordinal));
        Assert.DoesNotContain(found.Report.Files[1].Notes, n => n.Contains("Windows-1252", StringComparison.Ordinal));
    }

    /// <summary>Records without a name, a birth or a number are nobody's in particular, whatever their address.</summary>
    [Fact]
    public void Rows_that_name_nobody_are_no_pair_and_no_doubt()
    {
        var found = RecordLinkage.Dedupe(Input("43-nobody", "nobody"), new());
        Assert.Empty(found.Pairs);
        Assert.Empty(found.Doubts);
    }

    private static List<(string Left, string Right)> Link(string folder, string left, string right)
    {
        var found = RecordLinkage.Link(Input(folder, left), Input(folder, right), new());
        return [.. found.Pairs.Select(p => (found.LeftId(p), found.RightId(p)))];
    }

    private static LinkageInput Input(string folder, string file) => new(new MemoryStream(File.ReadAllBytes(PathOf(folder, file))), file, new());

    private static IReadOnlyList<string[]> Rows(string folder, string file)
    {
        using var stream = File.OpenRead(PathOf(folder, file));
        return CsvRows.Read(stream, file).Rows;
    }

    private static string PathOf(string folder, string file) => Path.Combine(AppContext.BaseDirectory, "Data", "cases", folder, $"{file}.csv");
}
