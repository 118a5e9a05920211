using System.Text.RegularExpressions;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Tests.Durable;

public sealed partial class HistoryTypesTest
{
    [Fact]
    public void Every_input_and_output_is_made_of_references()
    {
        var types = Orchestrations.Orchestrators.Concat(Orchestrations.Activities).SelectMany(Orchestrations.InputAndOutput).Distinct().ToList();
        Assert.NotEmpty(types);
        Assert.Empty(types.SelectMany(HistoryRules.Refuse));
    }

    [Fact]
    public void Every_event_is_made_of_references() =>
        Assert.Empty(Orchestrations.Sources.SelectMany(source => AwaitedEvent().Matches(source.Text).Select(wait => wait.Groups["type"].Value))
            .Distinct()
            .SelectMany(name => Orchestrations.FindType(name) is { } type ? HistoryRules.Refuse(type) : [$"{name}: no type of that name is found"]));

    [Fact]
    public void What_is_sent_and_said_is_written_out_where_it_is_sent()
    {
        // A status or payload has no declared type: so it is a literal, a state, or a record made on the spot, which the first test's rules then see.
        var said = Orchestrations.Sources.SelectMany(source => Said().Matches(source.Text).Select(said => (source.Path, What: said.Groups["what"].Value.Trim())));
        Assert.Empty(said.SelectMany(one => RefuseSaid(one.What).Select(why => $"{one.Path}: {why}")));
    }

    [Fact]
    public void What_is_waited_for_is_a_text_of_the_source()
    {
        var waits = Orchestrations.Sources
            .Where(source => source.Text.Contains("Waiting?", StringComparison.Ordinal))
            .SelectMany(source => Awaited().Matches(source.Text).Select(wait => wait.Groups["what"].Value))
            .ToList();
        Assert.True(waits.Count >= 5, "the waits are not found any more");
        Assert.All(waits, what => Assert.Matches(Literal(), what));
    }

    [Theory]
    [InlineData(typeof(GoodSample), 0)]
    [InlineData(typeof(NameSample), 1)]
    [InlineData(typeof(BirthSample), 1)]
    [InlineData(typeof(NestedSample), 1)]
    [InlineData(typeof(OpenSample), 2)]
    [InlineData(typeof(string), 1)]
    [InlineData(typeof(object), 1)]
    public void The_rules_refuse_what_could_be_of_a_person(Type type, int refusals) => Assert.Equal(refusals, HistoryRules.Refuse(type).Count);

    [Theory]
    [InlineData("\"a state\"", true)]
    [InlineData("null", true)]
    [InlineData("Stage.Sealed", true)]
    [InlineData("new GoodSample(1)", true)]
    [InlineData("$\"{name}\"", false)]
    [InlineData("child.Forename", false)]
    [InlineData("new NameSample(x)", false)]
    public void What_is_said_is_seen_through(string what, bool allowed) => Assert.Equal(allowed, !RefuseSaid(what).Any());

    private static IEnumerable<string> RefuseSaid(string what)
    {
        if (what is "null" or "waiting" || Literal().IsMatch(what) || State().Match(what) is { Success: true } state && Orchestrations.FindType(state.Groups["type"].Value)?.IsEnum == true)
        {
            return [];
        }

        return NewRecord().Match(what) is { Success: true } made && Orchestrations.FindType(made.Groups["type"].Value) is { } type
            ? HistoryRules.Refuse(type)
            : [$"'{what}' is neither a literal, a state, nor a record made on the spot"];
    }

    [GeneratedRegex(@"(?:return new|\?\? new|new Waiting)\((?<what>[^,()]+),", RegexOptions.CultureInvariant)]
    private static partial Regex Awaited();

    [GeneratedRegex(@"WaitForExternalEvent<(?<type>[\w.]+)\??>", RegexOptions.CultureInvariant)]
    private static partial Regex AwaitedEvent();

    [GeneratedRegex(@"(SetCustomStatus\(|SendEvent\([^,;]+,[^,;]+,)(?<what>[^;]*)\);", RegexOptions.CultureInvariant)]
    private static partial Regex Said();

    [GeneratedRegex(@"\A""[^""]*""\z", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\A(?<type>\w+)\.\w+\z", RegexOptions.CultureInvariant)]
    private static partial Regex State();

    [GeneratedRegex(@"\Anew (?<type>\w+)\(.*\)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex NewRecord();
}

public enum Stage
{
    Sealed,
}

public sealed record GoodSample(int Count, string? ExtractId = null, Stage Stage = Stage.Sealed, DateTimeOffset At = default, IReadOnlyList<Guid>? Households = null);

public sealed record NameSample(string Surname);

public sealed record BirthSample(DateOnly DateOfBirth);

public sealed record NestedSample(GoodSample Good, IReadOnlyList<NameSample> Bad);

public sealed record OpenSample(object Anything, Dictionary<string, string> Values);
