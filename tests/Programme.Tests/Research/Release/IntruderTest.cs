using TfFlow.Programme.Cases;
using TfFlow.Programme.Research.Microdata;
using TfFlow.Programme.Research.Release;
using Xunit.Abstractions;

namespace TfFlow.Programme.Tests.Research.Release;

/// <summary>Somebody who holds the register of all families, the releases, and this program, and wants to know whose record is whose.</summary>
public class IntruderTest(ITestOutputHelper output)
{
    private const int Families = 600;
    private static readonly DateOnly Today = new(2026, 6, 1);

    [Fact]
    public void The_register_of_all_families_leaves_ten_records_or_more_that_could_be_any_of_them()
    {
        var (families, release) = (Register(), Release(Register(), key: 1));
        var records = Enumerable.Range(0, release.Table.Rows).Select(row => Quasi.Select(name => release.Table[name][row]).ToArray()).ToList();
        var candidates = families.Select(family => Told(family, families, release)).Select(told => records.Count(record => record.SequenceEqual(told))).ToList();
        var chance = candidates.Where(count => count > 0).Select(count => 1.0 / count).ToList();

        output.WriteLine($"{families.Count} families, {records.Count} records: at best {chance.Max():P1}, on average {chance.Average():P2} right");
        Assert.True(records.Count >= 0.9 * Families, $"{records.Count}");
        Assert.InRange(chance.Max(), 0, 0.1);
    }

    [Fact]
    public void Two_releases_of_the_same_families_join_neither_by_name_nor_by_place()
    {
        var families = Register();
        var (one, other) = (Release(families, key: 1), Release(families, key: 2));
        var (first, second) = (Names(one), Names(other));
        var (here, there) = (Whose(families, key: 1), Whose(families, key: 2));
        var same = first.Zip(second).Count(pair => here[pair.First] == there[pair.Second]);

        output.WriteLine($"names in common {first.Intersect(second).Count()}, rows in one place {same} of {first.Count}; by chance one is expected");
        Assert.Empty(first.Intersect(second));
        Assert.InRange(same, 0, 5);
    }

    [Fact]
    public void Neither_the_order_of_the_rows_nor_that_of_the_names_follows_the_register()
    {
        var (families, release) = (Register(), Release(Register(), key: 1));
        var whose = Whose(families, key: 1);
        var byRow = Names(release).ConvertAll(name => (double)whose[name]);
        var byName = Names(release).Order(StringComparer.Ordinal).Select(name => (double)whose[name]).ToList();

        output.WriteLine($"correlation with the register: of the rows {Correlation(byRow):0.000}, of the names {Correlation(byName):0.000}");
        Assert.InRange(Correlation(byRow), -0.12, 0.12);
        Assert.InRange(Correlation(byName), -0.12, 0.12);
    }

    /// <summary>A register in another order is another order of the work: what is released may not show it in names, cells or length.</summary>
    [Fact]
    public void The_file_holds_a_header_and_records_and_tells_nothing_of_how_it_was_made()
    {
        var families = Register();
        var (one, turned) = (Csv(Release(families, key: 1)), Csv(Release([.. families.AsEnumerable().Reverse()], key: 1)));

        Assert.StartsWith("family,household_size,youngest,found,problems,outcome", one, StringComparison.Ordinal);
        Assert.Equal(one.Split('\n').Order(StringComparer.Ordinal), turned.Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal(one.Length, turned.Length);
    }

    private static string[] Quasi { get; } = ["household_size", "youngest", "found"];

    /// <summary>What the release would say of a family: the intruder knows the program and the levels.</summary>
    private static string[] Told(FamilyProgress family, IReadOnlyList<FamilyProgress> families, MicrodataRelease release)
    {
        var hierarchies = EvaluationRelease.Hierarchies(families);
        var table = EvaluationRelease.Table([family]);
        return [.. Quasi.Zip(release.Generalisation.Levels, (name, level) => hierarchies[name].Generalise(
            MicroColumn.Of(name, [release.Specification.Columns.Single(column => column.Name == name).Form!.Apply(table[name][0])!]), level)[0])];
    }

    private static MicrodataRelease Release(IReadOnlyList<FamilyProgress> families, byte key)
    {
        var seed = new byte[RowShuffle.SeedBytes];
        seed[0] = key;
        return MicrodataRelease.Prepare(
            EvaluationRelease.Table(families), EvaluationRelease.Specification(Today), EvaluationRelease.Hierarchies(families), Pseudonyms(key), seed);
    }

    private static ReleasePseudonyms Pseudonyms(byte key)
    {
        var bytes = new byte[ReleasePseudonyms.KeyBytes];
        bytes[0] = key;
        return new(bytes, $"r{key}", "national-team");
    }

    private static Dictionary<string, int> Whose(IReadOnlyList<FamilyProgress> families, byte key) =>
        families.Index().ToDictionary(family => Pseudonyms(key).Of(family.Item.Family), family => family.Index);

    private static List<string> Names(MicrodataRelease release) => [.. Enumerable.Range(0, release.Table.Rows).Select(row => release.Table["family"][row])];

    private static string Csv(MicrodataRelease release)
    {
        using var output = new MemoryStream();
        release.WriteCsv(output);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Of the values with their own places.</summary>
    private static double Correlation(List<double> values)
    {
        var (mean, middle) = (values.Average(), (values.Count - 1) / 2.0);
        var together = values.Index().Sum(value => (value.Index - middle) * (value.Item - mean));
        return together / Math.Sqrt(values.Index().Sum(value => Math.Pow(value.Index - middle, 2)) * values.Sum(value => Math.Pow(value - mean, 2)));
    }

    private static List<FamilyProgress> Register()
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, Families).Select(i => new FamilyProgress(
            $"f{i:D4}", random.Next(1, 9), Today.AddDays(-random.Next(0, 6000)), Today.AddDays(-random.Next(0, 900)), random.Next(2, 7),
            (FamilyCaseState)random.Next(0, 5)))];
    }
}
