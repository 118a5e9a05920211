using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace TfFlow.Lifecycle.Durable;

/// <summary>Starting and waking, alike in both hosts.</summary>
internal static class ClientExtensions
{
    /// <summary>Starts an orchestration under an id of its own. A finished one of that id is replaced: what makes a start unique is a claim row.</summary>
    /// <returns>False when an instance of that id is pending, running or suspended.</returns>
    public static async Task<bool> TryStartAsync(this DurableTaskClient client, string name, object? input, string instanceId, CancellationToken cancellationToken)
    {
        var options = new StartOrchestrationOptions(instanceId)
            .WithDedupeStatuses(OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(name, input, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    /// <returns>False when the instance is unknown or has finished.</returns>
    public static async Task<bool> TryRaiseEventAsync(this DurableTaskClient client, string instanceId, string eventName, CancellationToken cancellationToken)
    {
        try
        {
            await client.RaiseEventAsync(instanceId, eventName, true, cancellationToken);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The hosts differ in how they refuse. A failure for another reason is thrown on.
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is { IsCompleted: false })
            {
                throw;
            }

            return false;
        }
    }
}
