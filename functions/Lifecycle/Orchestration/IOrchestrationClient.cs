namespace TfFlow.Lifecycle.Orchestration;

/// <summary>Starts, wakes, watches and ends orchestrations from outside.</summary>
public interface IOrchestrationClient
{
    /// <returns>The instance id.</returns>
    /// <exception cref="InstanceExistsException">An instance of that id is pending, running or suspended. A finished one is replaced, as Durable Functions does by default: what makes a start unique is the claim row.</exception>
    Task<string> ScheduleNewInstanceAsync(string name, object? input, StartOptions? options, CancellationToken cancellationToken);

    /// <exception cref="InstanceNotFoundException">No such instance, or it has finished.</exception>
    Task RaiseEventAsync(string instanceId, string name, object? payload, CancellationToken cancellationToken);

    /// <summary>Ends an instance with the reason as its output; one that has finished is left as it is, and so are the instances it called.</summary>
    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken);

    /// <summary>Holds an instance until it is resumed; one that is suspended or has finished is left as it is.</summary>
    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    Task SuspendAsync(string instanceId, string reason, CancellationToken cancellationToken);

    /// <summary>Lets an instance go on that is seen to be suspended; any other is left as it is.</summary>
    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    Task ResumeAsync(string instanceId, string reason, CancellationToken cancellationToken);

    /// <returns>The instance, or null when unknown or purged.</returns>
    Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs, CancellationToken cancellationToken);

    /// <summary>Waits until the instance has completed, failed or been terminated.</summary>
    Task<OrchestrationMetadata> WaitForCompletionAsync(string instanceId, bool getInputsAndOutputs, CancellationToken cancellationToken);

    Task<OrchestrationPage> QueryAsync(OrchestrationQuery query, string? continuation, CancellationToken cancellationToken);

    /// <returns>False when there was no finished instance of that id.</returns>
    Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Purges finished instances.</summary>
    /// <returns>How many.</returns>
    Task<int> PurgeAsync(PurgeFilter filter, CancellationToken cancellationToken);
}

public sealed record StartOptions
{
    /// <summary>At most 100 characters without <c>/ \ # ?</c> or control characters; null for a random one.</summary>
    public string? InstanceId
    {
        get;
        init
        {
            InstanceIds.Check(value);
            field = value;
        }
    }

    /// <summary>Null for the host's own version.</summary>
    public string? Version { get; init; }

    /// <summary>Null for now.</summary>
    public DateTimeOffset? StartAt { get; init; }
}

public enum OrchestrationStatus
{
    Pending,
    Running,
    Suspended,
    Completed,
    Failed,
    Terminated,
}

/// <summary>An instance as a client sees it. What its version is, Durable Functions tells the orchestrator alone.</summary>
/// <param name="CreatedAt">On Durable Functions of its present generation, in the local host of its first.</param>
/// <param name="CustomStatus">JSON, or null; asked for with inputs and outputs, as on Durable Functions.</param>
/// <param name="Input">JSON, or null when not asked for.</param>
/// <param name="Output">JSON, or null when not asked for or not finished.</param>
/// <param name="Failure">Why it failed, or null when not asked for.</param>
public sealed record OrchestrationMetadata(
    string InstanceId,
    string Name,
    OrchestrationStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt,
    string? CustomStatus,
    string? Input,
    string? Output,
    TaskFailureDetails? Failure)
{
    public bool IsFinished => Status is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated;
}

public sealed record OrchestrationQuery
{
    public string? InstanceIdPrefix { get; init; }

    /// <summary>Null for all.</summary>
    public IReadOnlyList<OrchestrationStatus>? Statuses { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedTo { get; init; }

    public int PageSize { get; init; } = 100;
}

public sealed record OrchestrationPage(IReadOnlyList<OrchestrationMetadata> Instances, string? Continuation);

/// <param name="CreatedFrom">Required: purge by filter needs it on Durable Functions.</param>
/// <param name="Statuses">Finished statuses; null for all of them.</param>
public sealed record PurgeFilter(DateTimeOffset CreatedFrom, DateTimeOffset? CreatedTo = null, IReadOnlyList<OrchestrationStatus>? Statuses = null);

public sealed class InstanceExistsException(string instanceId) : Exception($"Orchestration '{instanceId}' is already pending, running or suspended.")
{
    public string InstanceId { get; } = instanceId;
}

public sealed class InstanceNotFoundException(string instanceId) : Exception($"Orchestration '{instanceId}' is unknown or has finished.")
{
    public string InstanceId { get; } = instanceId;
}
