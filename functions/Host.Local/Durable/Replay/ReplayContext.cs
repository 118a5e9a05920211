using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable.Replay;

/// <summary>What the code decides becomes an event with a number; what arrives completes the task of that number.</summary>
internal sealed class ReplayContext(string instanceId, long generation, string? parentInstanceId, OrchestratorThread thread) : OrchestrationContext
{
    private readonly SortedDictionary<int, OpenTask> open = [];
    private readonly List<HistoryEvent> decisions = [];
    private int nextTaskId;
    private int guids;

    public override string InstanceId => instanceId;

    public override string Version => Started?.Version ?? "";

    public override string? ParentInstanceId => parentInstanceId;

    public override bool IsReplaying => Replaying;

    public override DateTimeOffset CurrentUtcDateTime => Now;

    public bool Replaying { get; set; }

    public DateTimeOffset Now { get; set; }

    public ExecutionStarted? Started { get; set; }

    public ExternalEvents Events { get; } = new();

    public string? CustomStatus { get; private set; }

    /// <summary>True once the code asked to continue as new, and with what.</summary>
    public (bool Asked, string? Input) NextGeneration { get; private set; }

    public IReadOnlyDictionary<int, OpenTask> Open => open;

    public IReadOnlyList<HistoryEvent> Decisions => decisions;

    public int NextTaskId => nextTaskId;

    public void BeginTurn(DateTimeOffset at)
    {
        Now = at;
        decisions.Clear();
    }

    /// <summary>The open task of that number, no longer open; null when its result came before or it was cancelled.</summary>
    public OpenTask? Close(int taskId) => open.Remove(taskId, out var task) ? task : null;

    public override Task<TResult> CallActivityAsync<TResult>(string name, object? input, TaskOptions? options = null)
    {
        CheckThread();
        var json = OrchestrationJson.Serialize(input);
        return CallAsync<TResult>(name, taskId => new TaskScheduled(taskId, name, json), options?.Retry);
    }

    protected override Task<TResult> CallSubOrchestratorCoreAsync<TResult>(string name, object? input, string? instanceId, TaskOptions? options)
    {
        CheckThread();
        var json = OrchestrationJson.Serialize(input);
        var child = instanceId ?? NewGuid().ToString("N");
        return CallAsync<TResult>(name, taskId => new SubOrchestrationCreated(taskId, name, child, json), options?.Retry);
    }

    protected override async Task CreateTimerCoreAsync(DateTimeOffset fireAt, string reason, CancellationToken cancellationToken)
    {
        CheckThread();
        await StartTimer(fireAt, reason, null, cancellationToken).Result;
    }

    protected override async Task<T> WaitForExternalEventCoreAsync<T>(string name, TimeSpan timeout, string reason, CancellationToken cancellationToken)
    {
        CheckThread();
        cancellationToken.ThrowIfCancellationRequested();
        if (!Events.TryTake(name, out var payload))
        {
            using var answered = new CancellationTokenSource();
            var waiter = Events.Wait(name);
            var deadline = StartTimer(Now + timeout, reason, name, answered.Token);
            using var cancelled = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
            if (await Task.WhenAny(waiter.Task, deadline.Result) == deadline.Result)
            {
                waiter.TrySetCanceled(CancellationToken.None);
            }

            answered.Cancel();
            payload = await waiter.Task;
        }

        return Read<T>(payload, $"Event '{name}'");
    }

    protected override void SendEventCore(string instanceId, string name, object? payload)
    {
        CheckThread();
        decisions.Add(new EventSent(nextTaskId++, instanceId, name, OrchestrationJson.Serialize(payload)));
    }

    public override void ContinueAsNew(object? input)
    {
        CheckThread();
        NextGeneration = (true, OrchestrationJson.Serialize(input));
    }

    protected override void SetCustomStatusCore(object? status)
    {
        CheckThread();
        CustomStatus = OrchestrationJson.Serialize(status);
    }

    public override Guid NewGuid()
    {
        CheckThread();
        var seed = string.Create(CultureInfo.InvariantCulture, $"{instanceId}|{generation}|{Now.UtcTicks}|{guids++}");
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80); // RFC 9562 version 8: made as its maker sees fit
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static T Read<T>(string? json, string what)
    {
        try
        {
            return OrchestrationJson.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            throw new PayloadException(what, typeof(T)); // the reader's own message may carry the value
        }
    }

    private async Task<TResult> CallAsync<TResult>(string name, Func<int, HistoryEvent> decision, RetryPolicy? retry)
    {
        var first = Now;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan interval;
            try
            {
                return Read<TResult>(await Decide(decision).Result, $"Result of '{name}'");
            }
            catch (TaskFailedException failed) when (retry is not null)
            {
                if (retry.NextInterval(attempt, Now - first, failed.FailureDetails) is not { } next)
                {
                    throw;
                }

                interval = next;
            }

            await StartTimer(Now + interval, $"attempt {attempt + 1} of {name}", null, CancellationToken.None).Result;
        }
    }

    private OpenTask StartTimer(DateTimeOffset fireAt, string reason, string? awaitedEvent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = nextTaskId;
        var timer = Decide(taskId => new TimerCreated(taskId, fireAt.ToUniversalTime(), reason), awaitedEvent);
        cancellationToken.Register(() =>
        {
            if (!thread.IsCurrent)
            {
                thread.Leave(); // CancelAsync, CancelAfter: not by the orchestrator's own step
                return;
            }

            open.Remove(id);
            timer.Cancel(cancellationToken);
        });
        return timer;
    }

    private OpenTask Decide(Func<int, HistoryEvent> decision, string? awaitedEvent = null)
    {
        var id = nextTaskId++;
        var task = new OpenTask(decision(id)) { AwaitedEvent = awaitedEvent };
        open.Add(id, task);
        decisions.Add(task.Decision);
        return task;
    }

    private void CheckThread()
    {
        if (!thread.IsCurrent)
        {
            throw new OrchestratorThreadException(Started?.Name ?? "");
        }
    }
}
