namespace TfFlow.Lifecycle.Orchestration;

/// <summary>What an orchestrator may do, in Durable Functions' own words. Deterministic on replay.</summary>
/// <remarks>Nothing here that Durable Functions cannot do: the Azure host maps each member one to one.</remarks>
public abstract class OrchestrationContext
{
    public abstract string InstanceId { get; }

    /// <summary>The version the instance was started with.</summary>
    public abstract string Version { get; }

    /// <summary>The instance that called this one, or null.</summary>
    public abstract string? ParentInstanceId { get; }

    public abstract bool IsReplaying { get; }

    /// <summary>The time of the current turn.</summary>
    public abstract DateTimeOffset CurrentUtcDateTime { get; }

    /// <exception cref="TaskFailedException">The activity failed after its last attempt.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(string name, object? input, TaskOptions? options = null);

    /// <param name="instanceId">The child's id, or null for one derived from this instance.</param>
    /// <exception cref="TaskFailedException">The orchestration failed or was terminated.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(string name, object? input, string? instanceId = null, TaskOptions? options = null);

    /// <summary>A durable timer. A time already past fires at once.</summary>
    /// <param name="reason">What is waited for, in words an operator reads.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public abstract Task CreateTimerAsync(DateTimeOffset fireAt, string reason, CancellationToken cancellationToken = default);

    /// <summary>The next event of that name: kept since the instance's creation, in order of arrival; names are compared without case.</summary>
    /// <param name="timeout">More than zero, at most 90 days: no wait is without a deadline.</param>
    /// <exception cref="OperationCanceledException">The time is over, or <paramref name="cancellationToken"/> was cancelled.</exception>
    public abstract Task<T> WaitForExternalEventAsync<T>(string name, TimeSpan timeout, string reason, CancellationToken cancellationToken = default);

    /// <summary>Raises an event at another instance; lost if there is none or it has finished.</summary>
    public abstract void SendEvent(string instanceId, string name, object? payload);

    /// <summary>Starts this instance afresh with a new input and an empty history. Return right after. Events not yet taken are kept.</summary>
    public abstract void ContinueAsNew(object? input);

    public abstract void SetCustomStatus(object? status);

    /// <summary>A random-looking id, the same on every replay.</summary>
    public abstract Guid NewGuid();
}
