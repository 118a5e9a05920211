using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Orchestration;
using TaskOptions = TfFlow.Lifecycle.Orchestration.TaskOptions;

namespace TfFlow.Host.Azure.Durable;

/// <summary>An orchestrator's context on Durable Functions, member by member.</summary>
internal sealed partial class DurableContext(TaskOrchestrationContext context) : OrchestrationContext
{
    private readonly ILogger log = context.CreateReplaySafeLogger<DurableContext>();

    public override string InstanceId => context.InstanceId;

    public override string Version => context.Version;

    public override string? ParentInstanceId => context.Parent?.InstanceId;

    public override bool IsReplaying => context.IsReplaying;

    public override DateTimeOffset CurrentUtcDateTime => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    public override Task<TResult> CallActivityAsync<TResult>(string name, object? input, TaskOptions? options = null) =>
        DurableMap.TranslateAsync(context.CallActivityAsync<TResult>(name, input, DurableMap.ToDurable(options)));

    protected override Task<TResult> CallSubOrchestratorCoreAsync<TResult>(string name, object? input, string? instanceId, TaskOptions? options) =>
        DurableMap.TranslateAsync(context.CallSubOrchestratorAsync<TResult>(
            name, input, new SubOrchestrationOptions(DurableMap.ToDurable(options) ?? new(), instanceId)));

    protected override Task CreateTimerCoreAsync(DateTimeOffset fireAt, string reason, CancellationToken cancellationToken)
    {
        LogWait(context.InstanceId, reason, fireAt);
        return context.CreateTimer(fireAt.UtcDateTime, cancellationToken);
    }

    protected override Task<T> WaitForExternalEventCoreAsync<T>(string name, TimeSpan timeout, string reason, CancellationToken cancellationToken)
    {
        LogWait(context.InstanceId, reason, CurrentUtcDateTime + timeout);
        return context.WaitForExternalEvent<T>(name, timeout, cancellationToken);
    }

    protected override void SendEventCore(string instanceId, string name, object? payload) => context.SendEvent(instanceId, name, payload!);

    public override void ContinueAsNew(object? input) => context.ContinueAsNew(input, preserveUnprocessedEvents: true);

    protected override void SetCustomStatusCore(object? status) => context.SetCustomStatus(status);

    public override Guid NewGuid() => context.NewGuid();

    /// <summary>Durable Functions keeps no reason with a timer; the log does.</summary>
    [LoggerMessage(LogLevel.Information, "{InstanceId} waits: {Reason}; at the latest until {Until:u}")]
    private partial void LogWait(string instanceId, string reason, DateTimeOffset until);
}
