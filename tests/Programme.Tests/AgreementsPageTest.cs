using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Tests;

/// <summary>docs/agreements.md: whoever writes an agreement from the page alone finds every word there is.</summary>
public partial class AgreementsPageTest
{
    private static readonly string Page = File.ReadAllText(Path.GetFullPath(Path.Combine(Here(), "..", "..", "docs", "agreements.md"))).ReplaceLineEndings("\n");

    [Fact]
    public void Every_word_that_a_line_may_say_is_on_the_page()
    {
        string[] words =
        [
            .. Kebab.All<Use>(), .. Kebab.All<ExchangeScope>(), .. Kebab.All<Frequency>(), .. Kebab.All<Means>(), .. Kebab.All<Marking>(), .. Kebab.All<RetentionClass>(), .. Kebab.All<ClockEvent>(),
            .. Kebab.All<PartyKind>(), .. Kebab.All<ColumnRole>(), .. Kebab.All<Sensitivity>(), .. Kebab.All<PriorityBy>(), .. Kebab.All<ExtractEncoding>(),
        ];
        Assert.All(words, word => Assert.Contains($"`{word}`", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_type_of_column_on_the_page_is_one_and_those_that_ship_use_no_other()
    {
        var types = Words("type").ToList();
        Assert.All(types, type => Assert.DoesNotContain("is no type of column", FaultsOf($"type: {type}", "rules: []"), StringComparison.Ordinal));
        Assert.Contains("'colour' is no type of column", FaultsOf("type: colour", "rules: []"), StringComparison.Ordinal);
        Assert.Empty(Shipped(TypeLine()).Except(types));
    }

    [Fact]
    public void Every_rule_of_a_row_on_the_page_is_one_and_those_that_ship_use_no_other()
    {
        var rules = Words("rule` of a row").ToList();
        Assert.All(rules, rule => Assert.DoesNotContain("is no rule", FaultsOf("type: date", $"rules: [ {{ rule: {rule} }} ]"), StringComparison.Ordinal));
        Assert.Contains("'hunch' is no rule", FaultsOf("type: date", "rules: [ { rule: hunch } ]"), StringComparison.Ordinal);
        Assert.Empty(Shipped(RuleLine()).Except(rules));
    }

    /// <summary>The words in the first column of the table that this heads.</summary>
    private static IEnumerable<string> Words(string head) => Page[(Page.IndexOf($"| `{head}", StringComparison.Ordinal) + 1)..].Split('\n').Skip(2)
        .TakeWhile(line => line.StartsWith('|')).SelectMany(line => Word().Matches(line.Split('|')[1])).Select(word => word.Groups[1].Value);

    private static string FaultsOf(string type, string rules)
    {
        var document = $"""
            dataset: trial
            version: 1
            title: A trial
            source: ours
            refusals: {"{ max_percent: 0 }"}
            columns:
              - {"{"} name: one, header: One, {type}, role: indicator, sensitivity: personal, description: One, source: ours {"}"}
            {rules}
            """;
        Library.Check([("trial.yaml", new StringReader(document))], out var faults);
        return string.Join('\n', faults.Select(fault => fault.Message));
    }

    private static HashSet<string> Shipped(Regex line)
    {
        var folder = Path.Combine(Here(), "..", "..", "functions", "Programme", "Extracts", "Specifications");
        return [.. Directory.EnumerateFiles(folder, "*.yaml").SelectMany(file => line.Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)];
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Word();

    [GeneratedRegex(@"\btype: ([a-z-]+)")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\brule: ([a-z-]+)")]
    private static partial Regex RuleLine();
}
