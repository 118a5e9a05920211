using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable;

/// <summary>How an orchestration ends, and how its caller hears of it.</summary>
internal static class Completion
{
    public static ExecutionCompleted Of(ExecutionTerminated terminated) =>
        new(OrchestrationStatus.Terminated, OrchestrationJson.Serialize(terminated.Reason), null);

    public static ExecutionCompleted Of(Exception exception) => new(OrchestrationStatus.Failed, null, TaskFailureDetails.From(exception));

    public static HistoryEvent ForParent(ExecutionCompleted completion, int taskId) => completion.Status == OrchestrationStatus.Completed
        ? new TaskCompleted(taskId, completion.Output)
        : new TaskFailed(taskId, completion.Failure ?? TaskFailureDetails.From(new OrchestrationTerminatedException()));
}
