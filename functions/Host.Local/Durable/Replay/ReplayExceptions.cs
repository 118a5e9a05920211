namespace TfFlow.Host.Local.Durable.Replay;

/// <summary>The code did not do again what history says it did.</summary>
public sealed class NonDeterministicOrchestrationException(string orchestrator, int step, string history, string code)
    : Exception($"Orchestrator '{orchestrator}' diverged from its history at step {step}: history says {history}; the code {code}. "
        + "Start new instances under a new version and let the code ask for context.Version.")
{
    public string Orchestrator { get; } = orchestrator;

    /// <summary>The decision's place in its generation, from 0.</summary>
    public int Step { get; } = step;
}

/// <summary>The code awaited something that is not durable, so no history could bring it back to this place.</summary>
public sealed class OrchestratorThreadException(string orchestrator)
    : Exception($"Orchestrator '{orchestrator}' awaited something that is not durable (Task.Run, Task.Delay, I/O, ConfigureAwait(false)). Only tasks of its context may be awaited; work belongs in an activity.");

/// <summary>An event or result cannot be read as the type the orchestrator asked for.</summary>
public sealed class PayloadException(string what, Type type) : Exception($"{what} cannot be read as {type.Name}.");
