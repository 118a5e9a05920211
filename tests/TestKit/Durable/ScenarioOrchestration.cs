using System.Collections.Concurrent;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.TestKit.Durable;

public delegate Task<string?> ScenarioCode(OrchestrationContext context, string? input);

/// <param name="Scenario">Which code runs: <see cref="Scenarios"/>.</param>
public sealed record ScenarioInput(string Scenario, string? Input);

/// <summary>The code of a scenario by its key, so that a test can write it in place and change it between turns.</summary>
public static class Scenarios
{
    private static readonly ConcurrentDictionary<string, ScenarioCode> Codes = new(StringComparer.Ordinal);

    public static void Set(string key, ScenarioCode code) => Codes[key] = code;

    public static ScenarioCode Get(string key) => Codes[key];
}

/// <summary>Runs the code of a scenario.</summary>
public sealed class ScenarioOrchestration : Orchestrator<ScenarioOrchestration, ScenarioInput, string?>
{
    public override Task<string?> RunAsync(OrchestrationContext context, ScenarioInput input) => Scenarios.Get(input.Scenario)(context, input.Input);
}

public enum Colour
{
    Red,
    Green,
}

public sealed record Sample(int Number, string? Text, Colour Colour, DateTimeOffset At, DateOnly Day, Guid Id, bool Flag, IReadOnlyList<int> Numbers);

/// <summary>Carries a value of many types through an activity and back.</summary>
public sealed class TypedOrchestration : Orchestrator<TypedOrchestration, Sample, Sample>
{
    public override Task<Sample> RunAsync(OrchestrationContext context, Sample input) => Describe.CallAsync(context, input);
}
