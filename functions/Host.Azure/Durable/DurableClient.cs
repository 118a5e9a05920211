using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Orchestration;
using OrchestrationMetadata = TfFlow.Lifecycle.Orchestration.OrchestrationMetadata;
using OrchestrationQuery = TfFlow.Lifecycle.Orchestration.OrchestrationQuery;

namespace TfFlow.Host.Azure.Durable;

/// <summary>The orchestration client on Durable Functions, member by member.</summary>
internal sealed class DurableClient(BoundClient bound) : IOrchestrationClient
{
    private DurableTaskClient Client => bound.Current;

    public async Task<string> ScheduleNewInstanceAsync(string name, object? input, StartOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.ScheduleNewOrchestrationInstanceAsync(name, input, DurableMap.ToDurable(options), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            throw new InstanceExistsException(options!.InstanceId!);
        }
    }

    public async Task RaiseEventAsync(string instanceId, string name, object? payload, CancellationToken cancellationToken)
    {
        if (DurableMap.Finished.Contains(await GetStatusAsync(instanceId, cancellationToken)))
        {
            throw new InstanceNotFoundException(instanceId);
        }

        try
        {
            await Client.RaiseEventAsync(instanceId, name, payload, cancellationToken);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            throw new InstanceNotFoundException(instanceId); // it ended in between
        }
    }

    public async Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken)
    {
        if (DurableMap.Unfinished.Contains(await GetStatusAsync(instanceId, cancellationToken)))
        {
            await Client.TerminateInstanceAsync(instanceId, reason, cancellationToken);
        }
    }

    public async Task SuspendAsync(string instanceId, string reason, CancellationToken cancellationToken)
    {
        if (await GetStatusAsync(instanceId, cancellationToken) is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running)
        {
            await Client.SuspendInstanceAsync(instanceId, reason, cancellationToken);
        }
    }

    public async Task ResumeAsync(string instanceId, string reason, CancellationToken cancellationToken)
    {
        if (await GetStatusAsync(instanceId, cancellationToken) is OrchestrationRuntimeStatus.Suspended)
        {
            await Client.ResumeInstanceAsync(instanceId, reason, cancellationToken);
        }
    }

    public async Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs, CancellationToken cancellationToken) =>
        await Client.GetInstanceAsync(instanceId, getInputsAndOutputs, cancellationToken) is { } instance ? DurableMap.ToOurs(instance) : null;

    public async Task<OrchestrationMetadata> WaitForCompletionAsync(string instanceId, bool getInputsAndOutputs, CancellationToken cancellationToken) =>
        DurableMap.ToOurs(await Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellationToken));

    public async Task<OrchestrationPage> QueryAsync(OrchestrationQuery query, string? continuation, CancellationToken cancellationToken)
    {
        var pages = Client.GetAllInstancesAsync(new(
            query.CreatedFrom, query.CreatedTo, query.Statuses?.Select(DurableMap.ToDurable).ToArray(), TaskHubNames: null, query.InstanceIdPrefix, query.PageSize));
        await foreach (var page in pages.AsPages(continuation, query.PageSize).WithCancellation(cancellationToken))
        {
            return new([.. page.Values.Select(DurableMap.ToOurs)], page.ContinuationToken);
        }

        return new([], null);
    }

    /// <remarks>The storage provider would purge a running instance too.</remarks>
    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken) =>
        await Client.GetInstanceAsync(instanceId, cancellationToken) is { IsCompleted: true }
        && (await Client.PurgeInstanceAsync(instanceId, cancellationToken)).PurgedInstanceCount > 0;

    public async Task<int> PurgeAsync(PurgeFilter filter, CancellationToken cancellationToken) =>
        (await Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(filter.CreatedFrom, filter.CreatedTo, filter.Statuses?.Select(DurableMap.ToDurable).ToArray() ?? DurableMap.Finished),
            cancellationToken)).PurgedInstanceCount;

    /// <remarks>Asked before an instance is told anything: hosts differ in what they do when it is not there or not in a state to be told.</remarks>
    private async Task<OrchestrationRuntimeStatus> GetStatusAsync(string instanceId, CancellationToken cancellationToken) =>
        (await Client.GetInstanceAsync(instanceId, cancellationToken))?.RuntimeStatus ?? throw new InstanceNotFoundException(instanceId);
}
