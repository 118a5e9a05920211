using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Orchestration;
using DurableFailed = Microsoft.DurableTask.TaskFailedException;
using DurableFailure = Microsoft.DurableTask.TaskFailureDetails;
using DurableMetadata = Microsoft.DurableTask.Client.OrchestrationMetadata;
using DurableOptions = Microsoft.DurableTask.TaskOptions;
using DurablePolicy = Microsoft.DurableTask.RetryPolicy;
using OrchestrationMetadata = TfFlow.Lifecycle.Orchestration.OrchestrationMetadata;
using TaskFailedException = TfFlow.Lifecycle.Orchestration.TaskFailedException;
using TaskFailureDetails = TfFlow.Lifecycle.Orchestration.TaskFailureDetails;
using TaskOptions = TfFlow.Lifecycle.Orchestration.TaskOptions;

namespace TfFlow.Host.Azure.Durable;

/// <summary>The records of Lifecycle/Orchestration and those of Microsoft.DurableTask, into each other.</summary>
internal static class DurableMap
{
    public static IReadOnlyList<OrchestrationRuntimeStatus> Unfinished { get; } =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    public static IReadOnlyList<OrchestrationRuntimeStatus> Finished { get; } =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    public static DurableOptions? ToDurable(TaskOptions? options)
    {
        if (options?.Retry is not { } retry)
        {
            return null;
        }

        return DurableOptions.FromRetryPolicy(
            new DurablePolicy(retry.MaxNumberOfAttempts, retry.FirstRetryInterval, retry.BackoffCoefficient, retry.MaxRetryInterval, retry.RetryTimeout)
            {
                HandleFailure = failure => retry.Handle?.Invoke(ToOurs(failure)) ?? true,
            });
    }

    public static StartOrchestrationOptions ToDurable(StartOptions? options) => new StartOrchestrationOptions(options?.InstanceId, options?.StartAt)
    {
        // A plain null would be the empty version, not the host's default: TaskVersion converts from string.
        Version = options?.Version is { } version ? new TaskVersion(version) : default(TaskVersion?),
    }.WithDedupeStatuses([.. Unfinished]);

    public static OrchestrationRuntimeStatus ToDurable(OrchestrationStatus status) => Enum.Parse<OrchestrationRuntimeStatus>(status.ToString());

    public static OrchestrationMetadata ToOurs(DurableMetadata instance) => new(
        instance.InstanceId,
        instance.Name,
        ToOurs(instance.RuntimeStatus),
        instance.CreatedAt,
        instance.LastUpdatedAt,
        instance.SerializedCustomStatus,
        instance.SerializedInput,
        instance.RuntimeStatus is OrchestrationRuntimeStatus.Failed ? null : instance.SerializedOutput, // there, the failure's text
        instance.FailureDetails is { } failure ? ToOurs(failure) : null);

    /// <summary>Awaits a task of Durable's; its failure is thrown as ours.</summary>
    public static async Task<T> TranslateAsync<T>(Task<T> task)
    {
        try
        {
            return await task;
        }
        catch (DurableFailed e)
        {
            throw new TaskFailedException(e.TaskName, ToOurs(e.FailureDetails), e);
        }
    }

    /// <summary>Runs an orchestrator. A task's failure that it lets pass is thrown as Durable's own: of others only the type and message are kept.</summary>
    public static async Task<object?> RunAsync(IOrchestrator orchestrator, TaskOrchestrationContext context, object? input)
    {
        try
        {
            return await orchestrator.RunAsync(new DurableContext(context), input);
        }
        catch (TaskFailedException e)
        {
            throw new DurableFailed(e.TaskName, taskId: 0, ToDurable(e.FailureDetails));
        }
    }

    /// <param name="failure">Null for a sub-orchestration that was terminated.</param>
    private static TaskFailureDetails ToOurs(DurableFailure? failure) => failure is null
        ? TaskFailureDetails.From(new OrchestrationTerminatedException())
        : new(
            failure.ErrorType == typeof(DurableFailed).FullName ? typeof(TaskFailedException).FullName! : failure.ErrorType,
            failure.ErrorMessage,
            failure.InnerFailure is { } inner ? ToOurs(inner) : null);

    private static DurableFailure ToDurable(TaskFailureDetails failure) =>
        new(failure.ErrorType, failure.ErrorMessage, StackTrace: null, failure.InnerFailure is { } inner ? ToDurable(inner) : null, Properties: null);

    private static OrchestrationStatus ToOurs(OrchestrationRuntimeStatus status) => status.ToString() switch
    {
        "ContinuedAsNew" => OrchestrationStatus.Running, // between two generations
        "Canceled" => OrchestrationStatus.Terminated,
        var name => Enum.Parse<OrchestrationStatus>(name),
    };
}
