using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.DurableTask;

namespace TfFlow.Host.Local.Tests.Engine;

/// <summary>What one orchestration of one test does.</summary>
public delegate Task<string?> Script(TaskOrchestrationContext context, string? input);

public sealed record ScriptInput(string Script, string? Input);

/// <param name="Key">Counts the runs of one test.</param>
public sealed record Attempt(string Key, int Failures);

/// <summary>One orchestrator that runs the scripts of tests, and the activities they call.</summary>
internal static class Scripts
{
    public const string Orchestrator = "Scripted";
    public const string Echo = "Echo";
    public const string FailOften = "FailOften";
    public const string Hold = "Hold";

    private static readonly ConcurrentDictionary<string, Script> Known = [];
    private static readonly ConcurrentDictionary<string, int> RunCounts = [];
    private static int keys;

    public static int RunsOf(string key) => RunCounts.GetValueOrDefault(key);

    public static string NewKey() => Interlocked.Increment(ref keys).ToString(CultureInfo.InvariantCulture);

    public static string Add(Script script)
    {
        var key = NewKey();
        Known[key] = script;
        return key;
    }

    public static void Register(DurableTaskRegistry registry)
    {
        registry.AddOrchestratorFunc<ScriptInput, string?>(Orchestrator, (context, input) => Known[input.Script](context, input.Input));
        registry.AddActivityFunc<string, string>(Echo, (_, text) => text);
        registry.AddActivityFunc<Attempt, int>(FailOften, (_, attempt) =>
        {
            var run = RunCounts.AddOrUpdate(attempt.Key, 1, (_, before) => before + 1);
            return run > attempt.Failures ? run : throw new InvalidDataException($"attempt {run} of {attempt.Key}");
        });
        registry.AddActivity<HoldActivity>(Hold);
    }

    public static void Continue(this TaskOrchestrationContext context, string? input) =>
        context.ContinueAsNew(context.GetInput<ScriptInput>()! with { Input = input });

    public static Task<string> EchoAsync(this TaskOrchestrationContext context, string text) => context.CallActivityAsync<string>(Echo, text);

    public static Task<int> TryAsync(this TaskOrchestrationContext context, string key, int failures, TaskOptions? options = null) =>
        context.CallActivityAsync<int>(FailOften, new Attempt(key, failures), options);
}

/// <summary>Its first run holds until the host stops. Later ones end at once.</summary>
internal sealed class HoldActivity : TaskActivity<string, string>
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Held = [];

    public CancellationToken Stopping { get; set; }

    public static Task IsHeldAsync(string key) => Held.GetOrAdd(key, _ => new()).Task;

    public override async Task<string> RunAsync(TaskActivityContext context, string key)
    {
        if (Held.GetOrAdd(key, _ => new()).TrySetResult())
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Stopping);
        }

        return "ran again";
    }
}
