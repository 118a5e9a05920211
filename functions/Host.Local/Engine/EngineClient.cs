using System.Diagnostics;
using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using DurableTask.Core.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using CoreQuery = DurableTask.Core.Query.OrchestrationQuery;
using OrchestrationQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using PurgeResult = Microsoft.DurableTask.Client.PurgeResult;

namespace TfFlow.Host.Local.Engine;

/// <summary>Starts, wakes, shows and ends orchestrations of a hub on this machine, whether or not a host runs.</summary>
/// <remarks>
/// It differs from the client of Durable Functions only in exceptions. To send an event to an instance that is unknown or has finished throws
/// <see cref="InvalidOperationException"/> here, and an RpcException of status NotFound or FailedPrecondition there. A caller for both asks
/// <see cref="DurableTaskClient.GetInstanceAsync(string, CancellationToken)"/> first. Starting an id that runs throws OrchestrationAlreadyExistsException from both.
/// </remarks>
internal sealed class EngineClient(EngineService service, LocalEngineOptions options, DataConverter converter) : DurableTaskClient("local")
{
    private static readonly OrchestrationStatus[] Unfinished = [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];
    private static readonly OrchestrationStatus[] Finished = [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated, OrchestrationStatus.Canceled];

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // One id is looked for and started by one caller at a time.
    private readonly SemaphoreSlim[] starts = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1))];

    private IOrchestrationServiceClient Hub => service.Inner;

    /// <exception cref="DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException">The id runs, or has a status named in the options' dedupe statuses.</exception>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var started = Start(orchestratorName, input, options);
        OrchestrationStatus[] refused = options?.DedupeStatuses is { Count: > 0 } named ? [.. named.Select(status => Enum.Parse<OrchestrationStatus>(status))] : Unfinished;
        var turn = starts[(started.OrchestrationInstance.InstanceId.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % starts.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            await Hub.CreateTaskOrchestrationAsync(new() { OrchestrationInstance = started.OrchestrationInstance, Event = started }, refused);
        }
        finally
        {
            turn.Release();
        }

        return started.OrchestrationInstance.InstanceId;
    }

    /// <exception cref="InvalidOperationException">The instance is unknown or has finished.</exception>
    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, new EventRaisedEvent(-1, converter.Serialize(eventPayload)) { Name = eventName });

    /// <inheritdoc cref="RaiseEventAsync"/>
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, new ExecutionSuspendedEvent(-1, reason));

    /// <inheritdoc cref="RaiseEventAsync"/>
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, new ExecutionResumedEvent(-1, reason));

    /// <inheritdoc cref="RaiseEventAsync"/>
    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, new ExecutionTerminatedEvent(-1, converter.Serialize(options?.Output)));

    /// <summary>Why an instance failed is told with inputs and outputs. <see cref="OrchestrationMetadata.SerializedOutput"/> of one that failed is text, not JSON.</summary>
    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        if (await FindAsync(instanceId) is not { } state)
        {
            return null;
        }

        var failure = getInputsAndOutputs && state.OrchestrationStatus is OrchestrationStatus.Failed ? await FindFailureAsync(instanceId) : null;
        return ToMetadata(state, getInputsAndOutputs, failure);
    }

    /// <exception cref="InvalidOperationException">The instance is unknown.</exception>
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, found => found.IsCompleted, cancellation);

    /// <inheritdoc cref="WaitForInstanceCompletionAsync"/>
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, found => found.RuntimeStatus is not OrchestrationRuntimeStatus.Pending, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => Pageable.Create(async (continuation, size, cancellation) =>
    {
        var found = await service.Inner.GetOrchestrationWithQueryAsync(
            new CoreQuery
            {
                RuntimeStatus = filter?.Statuses?.Select(ToCore).ToList(),
                CreatedTimeFrom = filter?.CreatedFrom?.UtcDateTime,
                CreatedTimeTo = filter?.CreatedTo?.UtcDateTime,
                InstanceIdPrefix = filter?.InstanceIdPrefix,
                FetchInputsAndOutputs = filter?.FetchInputsAndOutputs ?? false,
                PageSize = size ?? filter?.PageSize ?? OrchestrationQuery.DefaultPageSize,
                ContinuationToken = continuation ?? filter?.ContinuationToken,
            },
            cancellation);
        var page = found.OrchestrationState.Select(state => ToMetadata(state, filter?.FetchInputsAndOutputs ?? false, failure: null)).ToList();
        return new Page<OrchestrationMetadata>(page, found.ContinuationToken);
    });

    /// <exception cref="InvalidOperationException">The instance has not finished.</exception>
    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        if (await FindAsync(instanceId) is { } state && Unfinished.Contains(state.OrchestrationStatus))
        {
            throw new InvalidOperationException($"Orchestration '{instanceId}' has not finished. Terminate it first.");
        }

        return new((await ((IOrchestrationServicePurgeClient)service.Inner).PurgeInstanceStateAsync(instanceId)).DeletedInstanceCount);
    }

    /// <summary>Purges what has finished. Statuses of unfinished instances are left out, whatever the filter says.</summary>
    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var statuses = filter.Statuses is null ? Finished : [.. filter.Statuses.Select(ToCore).Intersect(Finished)];
        if (statuses.Length == 0)
        {
            return new(0); // to the service no status means every status
        }

        var purge = new PurgeInstanceFilter(filter.CreatedFrom?.UtcDateTime ?? DateTime.MinValue, filter.CreatedTo?.UtcDateTime, statuses);
        return new((await ((IOrchestrationServicePurgeClient)service.Inner).PurgeInstanceStateAsync(purge)).DeletedInstanceCount);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ExecutionStartedEvent Start(TaskName orchestrator, object? input, StartOrchestrationOptions? start)
    {
        if (start?.StartAt is not null && service.Clock is not null)
        {
            throw new NotSupportedException("On virtual time an orchestration starts at once: let it wait for a timer.");
        }

        var started = new ExecutionStartedEvent(-1, converter.Serialize(input))
        {
            Name = orchestrator.Name,
            Version = start?.Version?.Version ?? options.Version ?? "",
            OrchestrationInstance = new() { InstanceId = start?.InstanceId ?? Guid.NewGuid().ToString("N"), ExecutionId = Guid.NewGuid().ToString("N") },
            ScheduledStartTime = start?.StartAt?.UtcDateTime,
            Tags = start?.Tags?.ToDictionary() ?? [],
        };
        started.ParentTraceContext = Trace();
        if (service.Clock is { } clock)
        {
            started.Timestamp = clock.GetUtcNow().UtcDateTime; // shown as the time of creation
        }

        return started;
    }

    /// <summary>The trace of an orchestration: its caller's, or one of its own. The engine traces none without it.</summary>
    private static DistributedTraceContext Trace() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } caller
        ? new(id, caller.TraceStateString)
        : new($"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01");

    /// <remarks>What is sent to an instance that never was, the engine tries again and again. So it is looked for first.</remarks>
    private async Task TellAsync(string instanceId, HistoryEvent told)
    {
        if (await FindAsync(instanceId) is not { } state || !Unfinished.Contains(state.OrchestrationStatus))
        {
            throw new InvalidOperationException($"Orchestration '{instanceId}' is unknown or has finished.");
        }

        await Hub.SendTaskOrchestrationMessageAsync(new() { OrchestrationInstance = new() { InstanceId = instanceId }, Event = told });
    }

    private async Task<OrchestrationState?> FindAsync(string instanceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return (await Hub.GetOrchestrationStateAsync(instanceId, allExecutions: false)).FirstOrDefault();
    }

    /// <remarks>The service's own wait looks every two seconds.</remarks>
    private async Task<OrchestrationMetadata> WaitAsync(string instanceId, bool withData, Func<OrchestrationMetadata, bool> isDone, CancellationToken cancellation)
    {
        while (true)
        {
            var finished = service.WhenFinished(instanceId);
            var found = await GetInstancesAsync(instanceId, withData, cancellation) ?? throw new InvalidOperationException($"Orchestration '{instanceId}' is unknown.");
            if (isDone(found))
            {
                return found;
            }

            service.ThrowIfClosed();
            await Task.WhenAny(finished, Task.Delay(LookAgain, TimeProvider.System, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <remarks>The table of instances keeps the message alone. History has the whole failure.</remarks>
    private async Task<TaskFailureDetails?> FindFailureAsync(string instanceId)
    {
        using var history = JsonDocument.Parse(await Hub.GetOrchestrationHistoryAsync(instanceId, executionId: null));
        var ended = history.RootElement.EnumerateArray().LastOrDefault(happened => (EventType)happened.GetProperty("EventType").GetInt32() is EventType.ExecutionCompleted);
        return ended.ValueKind is JsonValueKind.Object && ended.TryGetProperty("FailureDetails", out var failure) ? ToFailure(failure) : null;
    }

    private static TaskFailureDetails? ToFailure(JsonElement failure) => failure.ValueKind is not JsonValueKind.Object ? null : new(
        failure.GetProperty("ErrorType").GetString() ?? "",
        failure.GetProperty("ErrorMessage").GetString() ?? "",
        failure.GetProperty("StackTrace").GetString(),
        failure.TryGetProperty("InnerFailure", out var inner) ? ToFailure(inner) : null,
        Properties: null);

    private OrchestrationMetadata ToMetadata(OrchestrationState state, bool withData, TaskFailureDetails? failure) => new(state.Name, state.OrchestrationInstance.InstanceId)
    {
        DataConverter = withData ? converter : null,
        RuntimeStatus = Enum.Parse<OrchestrationRuntimeStatus>(state.OrchestrationStatus.ToString()),
        CreatedAt = state.CreatedTime,
        LastUpdatedAt = state.LastUpdatedTime,
        SerializedInput = withData ? state.Input : null,
        SerializedOutput = withData ? state.Output : null,
        SerializedCustomStatus = state.Status is "null" ? null : state.Status, // one that was never set, or was taken back
        FailureDetails = failure,
    };

    private static OrchestrationStatus ToCore(OrchestrationRuntimeStatus status) => Enum.Parse<OrchestrationStatus>(status.ToString());
}
