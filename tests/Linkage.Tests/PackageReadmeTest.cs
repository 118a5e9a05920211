using System.Globalization;
using System.Text.RegularExpressions;
using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

/// <summary>What the package's README shows is run here, and its table names what there is.</summary>
public sealed partial class PackageReadmeTest
{
    [Fact]
    public void The_example_runs()
    {
        Console.Written.Clear();
        #region README
        PersonRecord[] register =
        [
            new("a1") { GivenName = "Ada", Surname = "Marlowe", Born = new(2012, 2, 14), Address = "12 Wharf Street", Postcode = "LE1 1AA" },
            new("a2") { GivenName = "Ben", Surname = "Okafor", Born = new(2011, 3, 2), Address = "3 Mill Lane", Postcode = "LE2 4RB" },
        ];
        PersonRecord[] other = [new("b1") { GivenName = "Ada", Surname = "Marlow", Born = new(2012, 2, 14), Address = "12 Wharf St", Postcode = "LE1 1AA" }];

        LinkageResult found = RecordLinkage.Link(register, other, new LinkageOptions());
        foreach (LinkedPair pair in found.Pairs)
        {
            Console.WriteLine($"{found.LeftId(pair)} is {found.RightId(pair)}: {pair.Probability:F3}");
        }
        #endregion
        Assert.Matches("^a1 is b1: (0\\.[5-9][0-9]+|1\\.000)$", Assert.Single(Console.Written));
    }

    [Fact]
    public void It_is_what_the_README_shows()
    {
        var shown = Example().Match(Read("README.md")).Groups[1].Value.Replace("using TfFlow.Linkage;\n", "", StringComparison.Ordinal);
        var run = Region().Match(Read("PackageReadmeTest.cs")).Groups[1].Value;
        Assert.NotEmpty(run);
        Assert.Equal(Lines(run), Lines(shown));
    }

    [Fact]
    public void The_types_of_its_table_are_public()
    {
        var types = Row().Matches(Read("README.md")).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value).ToList();
        Assert.True(types.Count > 10);
        var there = typeof(RecordLinkage).Assembly.GetExportedTypes().Select(type => type.Name).ToHashSet();
        Assert.All(types, type => Assert.Contains(type, there));
    }

    private static string[] Lines(string code) => code.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file));

    [GeneratedRegex("```csharp\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("#region README\\n(.*?)#endregion", RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex("^\\| (`.*?) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Name();

    /// <summary>Stands where the example writes.</summary>
    private static class Console
    {
        public static List<string> Written { get; } = [];

        public static void WriteLine(FormattableString line) => Written.Add(line.ToString(CultureInfo.InvariantCulture));
    }
}
