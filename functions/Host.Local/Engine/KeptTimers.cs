using DurableTask.Core;
using DurableTask.Core.History;

namespace TfFlow.Host.Local.Engine;

/// <summary>Timers of orchestrations that wait for the virtual clock: they are kept here, not in the store's queue, whose time is real.</summary>
/// <remarks>Histories hold every timer too, so nothing is lost with the process.</remarks>
internal sealed class KeptTimers
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Instance, string Execution, int Timer), TaskMessage> kept = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return kept.Count;
            }
        }
    }

    public DateTime? NextDue
    {
        get
        {
            lock (gate)
            {
                return kept.Count == 0 ? null : kept.Values.Min(Due);
            }
        }
    }

    public static DateTime Due(TaskMessage timer) => ((TimerFiredEvent)timer.Event).FireAt;

    /// <summary>To be fired at once: a time that is past on every clock, and that tables can hold.</summary>
    public static TaskMessage AtOnce(TaskMessage timer) => new()
    {
        OrchestrationInstance = timer.OrchestrationInstance,
        Event = new TimerFiredEvent(timer.Event.EventId, DateTime.UnixEpoch) { TimerId = ((TimerFiredEvent)timer.Event).TimerId },
    };

    public void Keep(TaskMessage timer)
    {
        lock (gate)
        {
            kept[Key(timer)] = timer;
        }
    }

    public void Release(TaskMessage timer)
    {
        lock (gate)
        {
            kept.Remove(Key(timer));
        }
    }

    /// <returns>In the order of their time.</returns>
    public IReadOnlyList<TaskMessage> DueAt(DateTime instant)
    {
        lock (gate)
        {
            return [.. kept.Values.Where(timer => Due(timer) <= instant).OrderBy(Due)];
        }
    }

    /// <summary>Forgets the timers of an instance's earlier generations, or all of one that has finished: nobody waits for them.</summary>
    /// <remarks>The engine would try each five times more, for a minute, before it drops it.</remarks>
    public void Forget(OrchestrationInstance instance, bool finished)
    {
        lock (gate)
        {
            foreach (var key in kept.Keys.Where(key => key.Instance == instance.InstanceId && (finished || key.Execution != instance.ExecutionId)).ToList())
            {
                kept.Remove(key);
            }
        }
    }

    private static (string Instance, string Execution, int Timer) Key(TaskMessage timer) =>
        (timer.OrchestrationInstance.InstanceId, timer.OrchestrationInstance.ExecutionId, ((TimerFiredEvent)timer.Event).TimerId);
}
