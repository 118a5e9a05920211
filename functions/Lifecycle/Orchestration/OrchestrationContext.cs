namespace TfFlow.Lifecycle.Orchestration;

/// <summary>What an orchestrator may do, in Durable Functions' own words. Deterministic on replay.</summary>
/// <remarks>Nothing here that Durable Functions cannot do: the Azure host maps each member one to one.</remarks>
public abstract class OrchestrationContext
{
    /// <summary>16 KB of UTF-16, as in Durable Functions.</summary>
    private const int LongestCustomStatus = 8 * 1024;

    /// <summary>No orchestration waits longer: a longer wait is a due row in a register.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromDays(90);

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
    public Task<TResult> CallSubOrchestratorAsync<TResult>(string name, object? input, string? instanceId = null, TaskOptions? options = null)
    {
        InstanceIds.Check(instanceId);
        return CallSubOrchestratorCoreAsync<TResult>(name, input, instanceId, options);
    }

    /// <summary>A durable timer. A time already past fires at once.</summary>
    /// <param name="fireAt">At most 90 days from now.</param>
    /// <param name="reason">What is waited for, in words an operator reads.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task CreateTimerAsync(DateTimeOffset fireAt, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fireAt - CurrentUtcDateTime, LongestWait, nameof(fireAt));
        return CreateTimerCoreAsync(fireAt, reason, cancellationToken);
    }

    /// <summary>The next event of that name: kept since the instance's creation, in order of arrival; names are compared without case.</summary>
    /// <param name="timeout">More than zero, at most 90 days: no wait is without a deadline.</param>
    /// <exception cref="OperationCanceledException">The time is over, or <paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<T> WaitForExternalEventAsync<T>(string name, TimeSpan timeout, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestWait);
        return WaitForExternalEventCoreAsync<T>(name, timeout, reason, cancellationToken);
    }

    /// <summary>Raises an event at another instance; lost if there is none or it has finished.</summary>
    public void SendEvent(string instanceId, string name, object? payload)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        InstanceIds.Check(instanceId);
        SendEventCore(instanceId, name, payload);
    }

    /// <summary>Starts this instance afresh with a new input and an empty history. Return right after. Events not yet taken are kept.</summary>
    public abstract void ContinueAsNew(object? input);

    /// <summary>What the instance says of itself; null for nothing.</summary>
    /// <exception cref="ArgumentException">More than 16 KB.</exception>
    public void SetCustomStatus(object? status)
    {
        if (OrchestrationJson.Serialize(status)?.Length > LongestCustomStatus)
        {
            throw new ArgumentException($"A custom status has at most {LongestCustomStatus} characters of JSON.", nameof(status));
        }

        SetCustomStatusCore(status);
    }

    /// <summary>A random-looking id, the same on every replay.</summary>
    public abstract Guid NewGuid();

    protected abstract Task<TResult> CallSubOrchestratorCoreAsync<TResult>(string name, object? input, string? instanceId, TaskOptions? options);

    protected abstract Task CreateTimerCoreAsync(DateTimeOffset fireAt, string reason, CancellationToken cancellationToken);

    protected abstract Task<T> WaitForExternalEventCoreAsync<T>(string name, TimeSpan timeout, string reason, CancellationToken cancellationToken);

    protected abstract void SendEventCore(string instanceId, string name, object? payload);

    protected abstract void SetCustomStatusCore(object? status);
}
