using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable.Replay;

/// <summary>One thing that happened to an orchestration, in Durable Task's words. First what arrives, then what the code decides.</summary>
[JsonDerivedType(typeof(ExecutionStarted), "started")]
[JsonDerivedType(typeof(TaskCompleted), "taskCompleted")]
[JsonDerivedType(typeof(TaskFailed), "taskFailed")]
[JsonDerivedType(typeof(TimerFired), "timerFired")]
[JsonDerivedType(typeof(EventRaised), "eventRaised")]
[JsonDerivedType(typeof(ExecutionSuspended), "suspended")]
[JsonDerivedType(typeof(ExecutionResumed), "resumed")]
[JsonDerivedType(typeof(ExecutionTerminated), "terminated")]
[JsonDerivedType(typeof(TaskScheduled), "taskScheduled")]
[JsonDerivedType(typeof(TimerCreated), "timerCreated")]
[JsonDerivedType(typeof(SubOrchestrationCreated), "subOrchestrationCreated")]
[JsonDerivedType(typeof(EventSent), "eventSent")]
[JsonDerivedType(typeof(ExecutionCompleted), "completed")]
public abstract record HistoryEvent;

public sealed record ExecutionStarted(string Name, string Version, string? Input) : HistoryEvent
{
    /// <summary>The first turn waits until then; null for now.</summary>
    public DateTimeOffset? StartAt { get; init; }
}

/// <summary>An activity or sub-orchestration has its result.</summary>
public sealed record TaskCompleted(int TaskId, string? Result) : HistoryEvent;

public sealed record TaskFailed(int TaskId, TaskFailureDetails Failure) : HistoryEvent;

public sealed record TimerFired(int TaskId) : HistoryEvent;

public sealed record EventRaised(string Name, string? Payload) : HistoryEvent;

public sealed record ExecutionSuspended(string Reason) : HistoryEvent;

public sealed record ExecutionResumed(string Reason) : HistoryEvent;

public sealed record ExecutionTerminated(string Reason) : HistoryEvent;

/// <param name="TaskId">Its place among the decisions of its generation, from 0.</param>
public sealed record TaskScheduled(int TaskId, string Name, string? Input) : HistoryEvent;

public sealed record TimerCreated(int TaskId, DateTimeOffset FireAt, string Reason) : HistoryEvent;

public sealed record SubOrchestrationCreated(int TaskId, string Name, string InstanceId, string? Input) : HistoryEvent;

public sealed record EventSent(int TaskId, string InstanceId, string Name, string? Payload) : HistoryEvent;

public sealed record ExecutionCompleted(OrchestrationStatus Status, string? Output, TaskFailureDetails? Failure) : HistoryEvent;

/// <summary>What arrived together and what the code decided on it; one row of history.</summary>
/// <param name="At">The orchestrator's clock during the turn.</param>
/// <param name="Ran">False when the arrivals were only kept, because the instance may not run yet.</param>
public sealed record Turn(DateTimeOffset At, bool Ran, IReadOnlyList<HistoryEvent> Arrivals, IReadOnlyList<HistoryEvent> Decisions);
