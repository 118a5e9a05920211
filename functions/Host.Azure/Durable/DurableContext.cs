using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Orchestration;
using TaskOptions = TfFlow.Lifecycle.Orchestration.TaskOptions;

namespace TfFlow.Host.Azure.Durable;

/// <summary>An orchestrator's context on Durable Functions, member by member.</summary>
internal sealed partial class DurableContext(TaskOrchestrationContext context) : OrchestrationContext
{
    private readonly ILogger log = context.CreateReplaySafeLogger<DurableContext>();

    /// <summary>Waits that are over. Durable would give the next event of their name to one of them, where nobody sees it: so the next wait takes one up.</summary>
    private readonly List<(string Name, Task Wait, Action Resend)> givenUp = [];

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

    protected override async Task<T> WaitForExternalEventCoreAsync<T>(string name, TimeSpan timeout, string reason, CancellationToken cancellationToken)
    {
        LogWait(context.InstanceId, reason, CurrentUtcDateTime + timeout);
        var wait = TakeUp<T>(name) ?? context.WaitForExternalEvent<T>(name, CancellationToken.None);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = context.CreateTimer(timeout, deadline.Token);
        if (await Task.WhenAny(wait, timer) == wait)
        {
            deadline.Cancel();
            return await wait;
        }

        givenUp.Add((name, wait, () => context.SendEvent(context.InstanceId, name, wait.Result!)));
        throw new OperationCanceledException($"Nothing came of {name} in time.");
    }

    protected override void SendEventCore(string instanceId, string name, object? payload) => context.SendEvent(instanceId, name, payload!);

    public override void ContinueAsNew(object? input)
    {
        foreach (var (_, _, resend) in givenUp.Where(over => over.Wait.IsCompletedSuccessfully))
        {
            resend();
        }

        context.ContinueAsNew(input, preserveUnprocessedEvents: true);
    }

    protected override void SetCustomStatusCore(object? status) => context.SetCustomStatus(status);

    public override Guid NewGuid() => context.NewGuid();

    private Task<T>? TakeUp<T>(string name)
    {
        var last = givenUp.FindLastIndex(over => over.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (last < 0)
        {
            return null;
        }

        var wait = givenUp[last].Wait;
        givenUp.RemoveAt(last);
        return (Task<T>)wait;
    }

    /// <summary>Durable Functions keeps no reason with a timer; the log does.</summary>
    [LoggerMessage(LogLevel.Information, "{InstanceId} waits: {Reason}; at the latest until {Until:u}")]
    private partial void LogWait(string instanceId, string reason, DateTimeOffset until);
}
