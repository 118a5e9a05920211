using System.Reflection;
using System.Text.RegularExpressions;

namespace TfFlow.Lifecycle.Tests.Durable;

/// <summary>An orchestrator is replayed, so it may hold nothing, be given nothing, and call nothing that could answer differently the next time.</summary>
public sealed partial class OrchestratorDisciplineTest
{
    /// <summary>What would break a replay, each with what to do instead.</summary>
    private static readonly Dictionary<string, string> Banned = new(StringComparer.Ordinal)
    {
        [@"\bGuid\.(NewGuid|CreateVersion7)\b"] = "context.NewGuid()",
        [@"\bRandom(NumberGenerator)?\b"] = "an activity",
        [@"\bReference\.New\b"] = "context.NewGuid() or an activity",
        [@"\b(DateTime|DateTimeOffset)\.(Utc)?Now\b|\bTimeProvider\b|\bStopwatch\b"] = "context.CurrentUtcDateTime",
        [@"\bTask\.(Run|Delay|Yield|Factory)\b|\bParallel\.|\bThread\b|\bnew Task\b"] = "a task of the context",
        [@"\bConfigureAwait\b|\bContinueWith\b"] = "plain await",
        [@"\bCancelAsync\b|\bCancelAfter\b|new CancellationTokenSource\([^)]"] = "Cancel() in the orchestrator's own step",
        [@"\bHttpClient\b|\b(File|Directory|Console|Environment)\."] = "an activity",
        [@"\bIServiceProvider\b|\bILogger\b|\bI(Table|Blob)Store\b|\bIKeyRing\b"] = "an activity",
        [@"\block\s*\(|\bInterlocked\b|\bThreadStatic\b|\bAsyncLocal\b"] = "local variables",
        [@"\bConcurrent\w+<|\bAsParallel\b"] = "local collections",
    };

    [Fact]
    public void There_are_orchestrators_to_look_at() => Assert.NotEmpty(Orchestrations.Orchestrators);

    [Fact]
    public void They_hold_nothing() => Assert.Empty(Orchestrations.Orchestrators.SelectMany(FieldsOf));

    [Fact]
    public void They_are_given_nothing() =>
        Assert.All(Orchestrations.Orchestrators, type => Assert.Empty(Assert.Single(type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)).GetParameters()));

    [Fact]
    public void They_live_in_files_of_their_own_name()
    {
        var declared = Orchestrations.Sources.SelectMany(source => Declaration().Matches(source.Text).Select(type => (source.Path, Name: type.Groups["name"].Value))).ToList();
        Assert.Equal(Orchestrations.Orchestrators.Select(type => type.Name).Order(), declared.Select(one => one.Name).Order());
        Assert.All(declared, one => Assert.True(
            Path.GetFileNameWithoutExtension(one.Path) == one.Name && one.Name.EndsWith("Orchestration", StringComparison.Ordinal), $"{one.Name} lives in {one.Path}"));
        Assert.All(Orchestrations.Sources.Where(source => source.Path.EndsWith("Orchestration.cs", StringComparison.Ordinal) && !source.Path.EndsWith("RowOrchestration.cs", StringComparison.Ordinal)), source => Assert.Matches(Declaration(), source.Text));
    }

    [Fact]
    public void They_call_nothing_that_could_answer_differently() =>
        Assert.Empty(Orchestrations.Sources.Where(source => source.Path.EndsWith("Orchestration.cs", StringComparison.Ordinal)).SelectMany(source => Refuse(source.Path, source.Text)));

    [Theory]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await work.ConfigureAwait(false);")]
    [InlineData("using var cancel = new CancellationTokenSource(delay);")]
    [InlineData("await cancel.CancelAsync();")]
    [InlineData("var now = DateTimeOffset.UtcNow;")]
    [InlineData("var pick = Random.Shared.Next();")]
    [InlineData("File.ReadAllText(path);")]
    public void Each_banned_call_is_seen(string code) => Assert.NotEmpty(Refuse("a file", code));

    [Fact]
    public void State_of_any_kind_is_seen() => Assert.Equal(["HoldingSample.counter", "HoldingSample.cache"], FieldsOf(typeof(HoldingSample)));

    private static IEnumerable<string> Refuse(string path, string text) =>
        Banned.SelectMany(ban => Regex.Matches(text, ban.Key, RegexOptions.CultureInvariant).Select(found => $"{path}: {found.Value}: use {ban.Value}"));

    /// <summary>Constants of a kind that cannot change are no state.</summary>
    private static IEnumerable<string> FieldsOf(Type type) => type
        .GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(field => !field.IsLiteral && !(field is { IsStatic: true, IsInitOnly: true } && field.FieldType == typeof(TimeSpan)))
        .Select(field => $"{type.Name}.{field.Name}");

    [GeneratedRegex(@"public sealed class (?<name>\w+) : (?:Task|Row)Orchestrat(?:or|ion)<", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    private sealed class HoldingSample
    {
#pragma warning disable CS0414, CS0169, CA1823, IDE0051, IDE0052 // held, and never used
        private static readonly List<int> cache = [];
        private const int Allowed = 1;
        private static readonly TimeSpan AllowedToo = TimeSpan.FromDays(Allowed);
        private readonly int counter;
#pragma warning restore CS0414, CS0169, CA1823, IDE0051, IDE0052
    }
}
