using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;

namespace TfFlow.Host.Local.Engine;

/// <summary>The engine of this process on virtual time: waits until nothing goes on by itself, and moves the clock from timer to timer.</summary>
/// <remarks>The clock's time is kept with the hub, so a host that starts again goes on where the last one was. On real time every method refuses.</remarks>
public sealed class LocalEngine
{
    private const string ClockKey = "clock";

    private readonly EngineService service;
    private readonly QueueClient control;
    private readonly QueueClient workItems;

    internal LocalEngine(EngineService service, EngineStore store)
    {
        this.service = service;
        control = store.Control;
        workItems = store.WorkItems;
    }

    /// <summary>Timers that wait for the clock.</summary>
    public int KeptTimers => service.Timers.Count;

    private VirtualClock Clock => service.Clock ?? throw new InvalidOperationException("This host runs on real time, which cannot be moved.");

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>Waits until nothing goes on by itself: every message is dealt with, and only time or something from outside can go on.</summary>
    /// <exception cref="InvalidOperationException">This host has stopped meanwhile.</exception>
    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMilliseconds(5);
        var last = service.Commits;
        while (!await IsIdleAsync(cancellationToken))
        {
            service.ThrowIfClosed();

            // Looking costs requests: the less happens, the seldomer.
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
            pause = service.Commits == last ? TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 50)) : TimeSpan.FromMilliseconds(5);
            last = service.Commits;
        }
    }

    /// <summary>Moves the clock from timer to timer, each when nothing else is under way, until that instant. An instant already past only waits for <see cref="IdleAsync"/>.</summary>
    public async Task AdvanceToAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        while (true)
        {
            await IdleAsync(cancellationToken);
            if (Clock.GetUtcNow() >= instant)
            {
                return;
            }

            var next = instant;
            if (service.Timers.NextDue is { } due && due < next.UtcDateTime)
            {
                next = new(due, TimeSpan.Zero);
            }

            if (Clock.NextDue is { } other && other < next)
            {
                next = other;
            }

            if (next > Clock.GetUtcNow())
            {
                await WriteClockAsync(next, cancellationToken);
            }

            Clock.AdvanceTo(next);
        }
    }

    /// <summary>As if the process had died: from now on the engine writes nothing.</summary>
    internal void Kill() => service.IsClosed = true;

    /// <summary>Before a host works: the clock goes to where the last host's was, and the timers it kept are found again in the histories.</summary>
    internal async Task FindTimersAsync(CancellationToken cancellationToken)
    {
        if (service.Clock is null)
        {
            return;
        }

        var properties = await workItems.GetPropertiesAsync(cancellationToken);
        if (properties.Value.Metadata.TryGetValue(ClockKey, out var stood))
        {
            Clock.AdvanceTo(DateTimeOffset.Parse(stood, CultureInfo.InvariantCulture));
        }

        var query = new OrchestrationQuery { RuntimeStatus = [OrchestrationStatus.Running, OrchestrationStatus.Suspended], FetchInputsAndOutputs = false };
        do
        {
            var page = await service.Inner.GetOrchestrationWithQueryAsync(query, cancellationToken);
            await Parallel.ForEachAsync(page.OrchestrationState, cancellationToken, async (state, _) => await FindTimersAsync(state.OrchestrationInstance.InstanceId));
            query.ContinuationToken = page.ContinuationToken;
        }
        while (query.ContinuationToken is not null);
        await ReleaseDueAsync();
    }

    private async Task FindTimersAsync(string instanceId)
    {
        using var history = JsonDocument.Parse(await service.Inner.GetOrchestrationHistoryAsync(instanceId, executionId: null));
        var events = history.RootElement.EnumerateArray().ToLookup(happened => (EventType)happened.GetProperty("EventType").GetInt32());
        if (events[EventType.ExecutionStarted].LastOrDefault() is not { ValueKind: JsonValueKind.Object } started)
        {
            return;
        }

        var executionId = started.GetProperty("OrchestrationInstance").GetProperty("ExecutionId").GetString();
        var fired = events[EventType.TimerFired].Select(happened => happened.GetProperty("TimerId").GetInt32()).ToHashSet();
        foreach (var created in events[EventType.TimerCreated].Where(created => !fired.Contains(created.GetProperty("EventId").GetInt32())))
        {
            service.Timers.Keep(new()
            {
                OrchestrationInstance = new() { InstanceId = instanceId, ExecutionId = executionId },
                Event = new TimerFiredEvent(-1, created.GetProperty("FireAt").GetDateTime().ToUniversalTime()) { TimerId = created.GetProperty("EventId").GetInt32() },
            });
        }
    }

    /// <remarks>A message leaves its queue only after all that it caused is in the queues, and only this process moves messages: when nothing was written between two looks at empty queues, nothing was on its way from one to the other.</remarks>
    private async Task<bool> IsIdleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReleaseDueAsync();
            var before = service.Commits;

            // What this process works on is under way: its queues need not be asked.
            return before is not null
                && !service.IsBusy
                && await IsEmptyAsync(control, cancellationToken)
                && await IsEmptyAsync(workItems, cancellationToken)
                && await IsEmptyAsync(control, cancellationToken)
                && service.Commits == before
                && !(service.Timers.NextDue <= Now);
        }
        catch (Exception exception) when (EngineService.IsOfStore(exception))
        {
            return false; // The store is away. What it holds goes on when it is back.
        }
    }

    private async Task ReleaseDueAsync()
    {
        foreach (var timer in service.Timers.DueAt(Now))
        {
            await service.Inner.SendTaskOrchestrationMessageAsync(Engine.KeptTimers.AtOnce(timer));
            service.Timers.Release(timer);
        }
    }

    private async Task WriteClockAsync(DateTimeOffset instant, CancellationToken cancellationToken) => await workItems.SetMetadataAsync(
        new Dictionary<string, string> { [ClockKey] = instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) }, cancellationToken);

    /// <remarks>The count includes messages that are hidden because a host works on them.</remarks>
    private static async Task<bool> IsEmptyAsync(QueueClient queue, CancellationToken cancellationToken) =>
        (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount == 0;
}
