using System.Collections.Concurrent;
using System.Globalization;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.TestKit.Durable;

/// <summary>What the activities of scenarios leave behind, by key: their effects outlive the host.</summary>
public static class Effects
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<DateTimeOffset>> Runs = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Gates = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string> Claims = new(StringComparer.Ordinal);

    /// <summary>The clock that effects are dated by.</summary>
    public static TimeProvider Clock { get; set; } = TimeProvider.System;

    public static int RunsOf(string key) => Runs.TryGetValue(key, out var runs) ? runs.Count : 0;

    public static IReadOnlyList<DateTimeOffset> TimesOf(string key) => Runs.TryGetValue(key, out var runs) ? [.. runs] : [];

    public static int Record(string key)
    {
        var runs = Runs.GetOrAdd(key, _ => new());
        runs.Enqueue(Clock.GetUtcNow());
        return runs.Count;
    }

    public static TaskCompletionSource GateOf(string key) => Gates.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <returns>True for the first who claims, and for the same again.</returns>
    public static bool TryClaim(string key, string claimant) => Claims.GetOrAdd(key, claimant) == claimant;
}

/// <summary>A failure of a scenario.</summary>
public class BrokenException(string message) : Exception(message);

public sealed class BadlyBrokenException(string message) : BrokenException(message);

public sealed class Echo : Activity<Echo, string?, string?>
{
    public override Task<string?> RunAsync(ActivityContext context, string? input) => Task.FromResult(input);
}

/// <summary>Counts how often it ran under a key.</summary>
public sealed class Count : Activity<Count, string, int>
{
    public override Task<int> RunAsync(ActivityContext context, string input) => Task.FromResult(Effects.Record(input));
}

/// <summary>Fails with the kind of exception its input names.</summary>
public sealed class Fail : Activity<Fail, string, string?>
{
    public override Task<string?> RunAsync(ActivityContext context, string input) => input switch
    {
        "badly" => throw new BadlyBrokenException("broken badly"),
        "foreign" => throw new FormatException("the value 'Ellen Example' is malformed"),
        "nested" => throw new InvalidDataException("outer", new BrokenException("inner")),
        _ => throw new BrokenException(input),
    };
}

public sealed record FailTimes(string Key, int Times);

/// <summary>Fails so many times under a key, then returns the number of runs.</summary>
public sealed class FailOften : Activity<FailOften, FailTimes, int>
{
    public override Task<int> RunAsync(ActivityContext context, FailTimes input)
    {
        var run = Effects.Record(input.Key);
        return run > input.Times
            ? Task.FromResult(run)
            : throw new BrokenException(run.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>Runs until the test opens the gate of that key.</summary>
public sealed class Gate : Activity<Gate, string, string>
{
    public override async Task<string> RunAsync(ActivityContext context, string input)
    {
        Effects.Record(input);
        await Effects.GateOf(input).Task.WaitAsync(context.CancellationToken);
        return input;
    }
}

/// <summary>Returns so many characters.</summary>
public sealed class Inflate : Activity<Inflate, int, string>
{
    public override Task<string> RunAsync(ActivityContext context, int input) => Task.FromResult(new string('x', input));
}

public sealed class Describe : Activity<Describe, Sample, Sample>
{
    public override Task<Sample> RunAsync(ActivityContext context, Sample input) => Task.FromResult(input with { Number = input.Number + 1 });
}

public sealed record ClaimOf(string Key, string Claimant);

/// <summary>Inserts a claim row, as registers do: whoever inserted it first has it, kept after every purge.</summary>
public sealed class Claim : Activity<Claim, ClaimOf, bool>
{
    public override Task<bool> RunAsync(ActivityContext context, ClaimOf input) => Task.FromResult(Effects.TryClaim(input.Key, input.Claimant));
}
