using System.Text.RegularExpressions;

namespace TfFlow.Host.Azure.Tests;

/// <summary>Host.Azure is triggers, registrations and one-to-one mappings: no rule, no state, no decision of the programme.</summary>
public sealed partial class StructureTest
{
    /// <summary>What the host may name of the rest: what it composes, what it calls on a trigger, what it adapts.</summary>
    private static readonly string[] Allowed =
    [
        "TfFlow.Lifecycle.Agreements",
        "TfFlow.Api", "TfFlow.Api.Access", "TfFlow.Host.Azure", "TfFlow.Lifecycle", "TfFlow.Lifecycle.Intake", "TfFlow.Lifecycle.Matching", "TfFlow.Lifecycle.Durable", "TfFlow.Lifecycle.Proof",
        "TfFlow.Lifecycle.Retention", "TfFlow.Lifecycle.Cases", "TfFlow.Lifecycle.Research", "TfFlow.Lifecycle.Research.Study", "TfFlow.Programme", "TfFlow.Programme.Agreements", "TfFlow.Programme.Documents", "TfFlow.Programme.Eligibility", "TfFlow.Vault", "TfFlow.Vault.Keys", "TfFlow.Vault.Storage",
        "TfFlow.WebConsole", "TfFlow.WebConsole.Serving",
    ];

    public static TheoryData<string> Files => new(Repository.HostSources().Select(source => source.Path));

    [Fact]
    public void It_can_be_read_in_ten_minutes()
    {
        var sources = Repository.HostSources().Where(source => source.Path != "Functions/DurableStubs.cs").ToList();
        Assert.InRange(sources.Sum(source => Lines(source.Text)), 300, 1200);
        Assert.All(sources, source => Assert.True(Lines(source.Text) <= 150, $"{source.Path} has {Lines(source.Text)} lines."));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_names_only_what_it_composes_calls_or_adapts(string path)
    {
        var named = Using().Matches(Text(path)).Select(match => match.Groups["name"].Value);
        Assert.All(named, name => Assert.True(Allowed.Contains(name) || name.StartsWith("TfFlow.Host.Azure.", StringComparison.Ordinal), $"{path} uses {name}."));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_keeps_no_state_between_calls(string path)
    {
        // What can be assigned later is a field that is neither readonly nor const. The Durable client is bound once, for the app's life.
        var fields = Field().Matches(Text(path)).Select(match => match.Value.Trim()).Where(field => field != "private volatile DurableTaskClient? bound;");
        Assert.Empty(fields);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_decides_nothing_of_the_programme(string path)
    {
        foreach (var word in (string[])["Registers", "GrantState", "ExtractStage", "Eligibil", "AgreementGate", "IntakeGate", "Ledger", "LedgerAct", "Household", "Disclosure"])
        {
            // What it may use is said above.
            Assert.DoesNotMatch($@"(?m)^(?!using ).*\b{word}", Text(path));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_knows_no_length_of_time_but_storages_own(string path) =>
        Assert.All(
            Duration().Matches(Text(path)).Select(match => match.Value),
            duration => Assert.Equal("Storage/AzureBlobStore.cs", path)); // a lease lasts 15 to 60 seconds

    [Fact]
    public void Nothing_but_the_identity_folder_reads_a_header_of_the_platform() =>
        Assert.All(
            Repository.HostSources().Where(source => source.Text.Contains("X-MS-", StringComparison.OrdinalIgnoreCase)),
            source => Assert.StartsWith("Identity/", source.Path, StringComparison.Ordinal));

    private static string Text(string path) => Repository.HostSources().Single(source => source.Path == path).Text;

    private static int Lines(string text) => text.Count(c => c == '\n');

    [GeneratedRegex(@"^using (?:\w+ = )?(?<name>TfFlow[\w.]*?)(?:\.[A-Z]\w*(?<==.*))?;", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^    (?:private|internal|public|protected) (?!.*\b(?:readonly|const|class|record|static partial|override|abstract|delegate)\b)[^(\n{=]*;|^    private static (?!readonly|partial|async)[^(\n{]*[=;].*$", RegexOptions.Multiline)]
    private static partial Regex Field();

    [GeneratedRegex(@"TimeSpan\.From\w+")]
    private static partial Regex Duration();
}
