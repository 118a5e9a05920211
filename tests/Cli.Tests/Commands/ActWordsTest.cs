using System.Text.RegularExpressions;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Ledger;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>Who reads the ledger reads what happened; names of our classes are nobody's business.</summary>
public sealed partial class ActWordsTest
{
    // Written as acts are, and none: why something was refused, or what an inventory found.
    private static readonly HashSet<string> Codes =
    [
        "case.obstacles", "cohort.case-begun", "cohort.not-there", "correction.corrected", "correction.not-accepted", "correction.unknown", "drop.changed", "drop.left", "drop.no-grant", "drop.not-sealed", "drop.over", "file.means", "file.refused-rows", "hold.too-late",
        "household-key.no-list", "household-key.no-recipient", "household-key.recipient", "household-key.shown", "ledger.journal", "ledger.missing", "ledger.open-intent", "marker.must-go", "marker.overtaken",
        "marker.without-case", "register.missing", "research.not-safe", "review.lapsed", "review.not-waiting", "review.people", "statistics.missing", "statistics.not-safe", "statistics.orphan",
    ];

    [Fact]
    public void Every_act_of_the_program_has_words()
    {
        var nouns = new HashSet<string>(StringComparer.Ordinal);
        var quoted = Sources().SelectMany(text => Quoted().Matches(text)).Select(match => match.Groups["act"].Value).Where(act => !Codes.Contains(act)).ToHashSet(StringComparer.Ordinal);
        nouns.UnionWith(Sources().SelectMany(text => Named().Matches(text)).Select(match => match.Groups["act"].Value.Split('.')[0]));
        var acts = quoted.Where(act => nouns.Contains(act.Split('.')[0])).Concat(Kebab.All<BreachStep>().Select(step => $"breach.{step}")).ToList();
        Assert.True(acts.Count > 100, $"only {acts.Count} were found");
        Assert.Empty(acts.Where(act => ActWords.Of(act).Length == 0).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ExtractIntakeOrchestration", "", "the service itself")]
    [InlineData(nameof(UsedDocuments), "", "the service itself")]
    [InlineData(Matchings.Timer, "", "the service itself, at night")]
    [InlineData("a.smith", "InformationGovernance", "a.smith, information governance")]
    [InlineData("command-line", "", "command-line")]
    public void Who_acted_is_a_person_in_a_role_or_the_service(string actor, string role, string words) =>
        Assert.Equal(words, ActorWords.By(new LedgerAct { ActId = "a", Act = "extract.seal", Actor = actor, Role = role }));

    private static IEnumerable<string> Sources()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "TfFlow.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        return new[] { "Lifecycle", "Cli/Commands" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(root, "functions", project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.EndsWith("ActWords.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText);
    }

    [GeneratedRegex("""
        "(?<act>[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Quoted();

    // Where it is sure to be an act.
    [GeneratedRegex("""
        (Act\(\s*|Act\ =\ )"(?<act>[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Named();
}
