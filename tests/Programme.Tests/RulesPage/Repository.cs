using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TfFlow.Programme.Tests.RulesPage;

/// <summary>The repository's own files, and the tests written in them.</summary>
internal static partial class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every test method: <c>Class.Method</c> with its attributes and body.</summary>
    public static IReadOnlyList<(string Path, string Name, string Text)> Tests { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Test*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !path.Contains("RulesPage", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(path => Methods(Path.GetFileNameWithoutExtension(path).Split('.')[0], File.ReadAllText(path)), (path, method) => (path.Replace('\\', '/'), method.Name, method.Text)),
    ];

    /// <summary>The tests that passed, in every row of their data, by the results (*.trx) of a run.</summary>
    public static HashSet<string> Passed(string folder)
    {
        var results = Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories)
            .SelectMany(file => XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "UnitTestResult"))
            .Select(result => (Name: string.Join('.', result.Attribute("testName")!.Value.Split('(')[0].Split('.')[^2..]), Passed: result.Attribute("outcome")!.Value == "Passed")).ToLookup(result => result.Name, result => result.Passed);
        return [.. results.Where(test => test.All(passed => passed)).Select(test => test.Key)];
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The first test of a folder's or class's that mentions one of the words.</summary>
    public static string? TestOf(string where, params string[] words) => Tests
        .FirstOrDefault(test => test.Path.Contains(where, StringComparison.Ordinal) && words.Any(word => test.Text.Contains(word, StringComparison.Ordinal))).Name;

    /// <summary>Of the tests that mention a thing in one of its spellings the one that is most about it: of the class it prefers, and then the one that mentions the fewest other things.</summary>
    public static string? TestAbout(string where, string preferred, IReadOnlyList<string> thing, IReadOnlyList<IReadOnlyList<string>> things) => Tests
        .Where(test => test.Path.Contains(where, StringComparison.Ordinal) && Mentions(test.Text, thing))
        .OrderBy(test => test.Name.StartsWith(preferred + ".", StringComparison.Ordinal) ? 0 : 1)
        .ThenBy(test => things.Count(other => Mentions(test.Text, other)))
        .Select(test => test.Name).FirstOrDefault();

    private static bool Mentions(string text, IReadOnlyList<string> words) => words.Any(word => text.Contains(word, StringComparison.Ordinal));

    /// <summary>The product's source file that declares something, from the root.</summary>
    public static string? SourceOf(string text) => Sources().FirstOrDefault(path => File.ReadAllText(path).Contains(text, StringComparison.Ordinal)) is { } found
        ? Path.GetRelativePath(Root, found).Replace('\\', '/')
        : null;

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Root, "functions"), "*.*", SearchOption.AllDirectories)
        .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    // A method's text begins where the one before ends, so that its attributes and data are of it. Data beside methods counts to the next one.
    private static IEnumerable<(string Name, string Text)> Methods(string type, string text)
    {
        var starts = Method().Matches(text).ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var from = i == 0 ? 0 : LastGap(text, starts[i - 1].Index, starts[i].Index);
            var to = i + 1 < starts.Count ? LastGap(text, starts[i].Index, starts[i + 1].Index) : text.Length;
            yield return ($"{type}.{starts[i].Groups[1].Value}", text[from..to]);
        }
    }

    private static int LastGap(string text, int from, int to) => text.LastIndexOf("\n\n", to, to - from, StringComparison.Ordinal) is var gap and >= 0 ? gap : to;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TfFlow.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("TfFlow.sln is in no folder above the tests.");
    }

    [GeneratedRegex(@"^    public (?:async Task|void|Task) ([A-Z]\w*_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();
}
