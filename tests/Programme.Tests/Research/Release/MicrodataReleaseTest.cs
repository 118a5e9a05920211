using System.Text;
using TfFlow.Programme.Research;
using TfFlow.Programme.Research.Microdata;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Tests.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Release;

public class MicrodataReleaseTest
{
    private static readonly byte[] Seed = new byte[RowShuffle.SeedBytes];
    private static readonly ReleasePseudonyms Pseudonyms = new(new byte[ReleasePseudonyms.KeyBytes], "r1", "evaluation");

    [Fact]
    public void Only_listed_columns_leave_and_only_in_their_form()
    {
        var release = Prepare(Source(60));

        Assert.Equal(["family", "area", "started", "outcome"], release.Table.Columns.Select(column => column.Name));
        Assert.Equal(["surname", "notes"], release.LeftOut);
        Assert.All(release.Table["started"].Values, value => Assert.Matches(@"\A2014-0[1-6]\z", value));
        Assert.DoesNotContain("Quickfall", Csv(release), StringComparison.Ordinal);
    }

    [Fact]
    public void What_leaves_is_k_anonymous_and_says_what_it_cost()
    {
        var release = Prepare(Source(60));

        Assert.Equal(10, release.After.SmallestClass);
        Assert.Equal((60, 6), (release.Before.Records, release.Before.Classes));
        Assert.All(release.Rules(), rule => Assert.True(rule.Passed, rule.Rule));
        Assert.Contains(release.Rules(), rule => rule.Rule == "risk and utility" && rule.Result.Contains("information lost", StringComparison.Ordinal));
    }

    [Fact]
    public void Families_are_named_anew_and_stand_in_random_order()
    {
        var (source, release) = (Source(60), Prepare(Source(60)));
        var names = source["family"].Values.Select(Pseudonyms.Of).ToArray();

        Assert.Equal(names.Order(), release.Table["family"].Codes.Select(code => release.Table["family"].Values[code]).Order());
        Assert.NotEqual(names, Enumerable.Range(0, 60).Select(row => release.Table["family"][row]));
    }

    [Fact]
    public void A_class_with_one_outcome_does_not_pass()
    {
        var release = Prepare(Source(60, outcome: _ => "met"));

        Assert.Contains(release.Rules(), rule => rule.Rule == "distinct l-diversity: outcome" && !rule.Passed);
    }

    [Fact]
    public void A_cell_that_does_not_fit_is_refused_by_place_not_by_value()
    {
        var error = Assert.Throws<ResearchDataException>(() => Prepare(Source(60, outcome: row => row == 4 ? "Ms Quickfall moved" : "met")));

        Assert.Contains("'outcome'", error.Message, StringComparison.Ordinal);
        Assert.Contains("data row 5", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Quickfall", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_records_for_any_generalisation_are_refused() => Assert.Throws<ResearchDataException>(() => Prepare(Source(9)));

    [Fact]
    public void Rows_that_share_a_reference_need_the_household_size_declared()
    {
        var source = Source(60);
        var families = MicroColumn.Of("family", Enumerable.Range(0, 60).Select(row => $"f{row / 2}"));
        var shared = source with { Columns = [families, .. source.Columns.Skip(1)] };

        Assert.Contains("household", Assert.Throws<ResearchDataException>(() => Prepare(shared)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=SUM(A1)")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@x")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    public void A_cell_that_a_spreadsheet_would_run_is_put_behind_an_apostrophe(string cell)
    {
        var column = new ReleaseColumn("code", ColumnUse.Plain, new ReleaseForm.Coded(new HashSet<string> { cell }));
        var source = MicroTable.Of(MicroColumn.Of("code", Enumerable.Repeat(cell, 20)));

        var csv = Csv(MicrodataRelease.Prepare(source, new() { Name = "s", Version = "1", Columns = [column] }, new Dictionary<string, Hierarchy>(), Pseudonyms, Seed));

        Assert.Contains("'" + cell, csv, StringComparison.Ordinal);
        Assert.DoesNotContain("\n" + cell, csv, StringComparison.Ordinal);
        Assert.DoesNotContain("\"" + cell, csv, StringComparison.Ordinal);
    }

    private static MicroTable Source(int rows, Func<int, string>? outcome = null) => MicroTable.Of(
        Column("family", rows, row => $"f{row}"),
        Column("surname", rows, _ => "Quickfall"),
        Column("area", rows, row => $"E0100000{row % 6}"),
        Column("notes", rows, _ => "likes football"),
        Column("started", rows, row => $"2014-0{(row % 6) + 1}-1{row % 7}"),
        Column("outcome", rows, outcome ?? (row => row / 6 % 2 == 0 ? "met" : "not met")));

    private static MicroColumn Column(string name, int rows, Func<int, string> cell) => MicroColumn.Of(name, Enumerable.Range(0, rows).Select(cell));

    private static MicrodataRelease Prepare(MicroTable source) => MicrodataRelease.Prepare(
        source,
        new()
        {
            Name = "national evaluation",
            Version = "1",
            Columns =
            [
                new("family", ColumnUse.Reference, null),
                new("area", ColumnUse.Quasi, new ReleaseForm.Area()),
                new("started", ColumnUse.Plain, new ReleaseForm.Month()),
                new("outcome", ColumnUse.Sensitive, new ReleaseForm.Coded(new HashSet<string> { "met", "not met" })),
            ],
        },
        new Dictionary<string, Hierarchy> { ["area"] = SmallTables.Hierarchy(string.Join('\n', Enumerable.Range(0, 6).Select(i => $"E0100000{i};E02000001"))) },
        Pseudonyms,
        Seed);

    private static string Csv(MicrodataRelease release)
    {
        using var output = new MemoryStream();
        release.WriteCsv(output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
