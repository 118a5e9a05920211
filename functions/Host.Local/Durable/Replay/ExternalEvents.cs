namespace TfFlow.Host.Local.Durable.Replay;

/// <summary>Events by name: kept until taken, in order of arrival; among several waiters the newest is served first, as Durable Task does.</summary>
internal sealed class ExternalEvents
{
    private readonly List<EventRaised> kept = [];
    private readonly Dictionary<string, Stack<TaskCompletionSource<string?>>> waiters = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Events nobody took, in order of arrival.</summary>
    public IReadOnlyList<EventRaised> Kept => kept;

    public void Raise(EventRaised raised)
    {
        if (waiters.TryGetValue(raised.Name, out var stack))
        {
            while (stack.TryPop(out var waiter))
            {
                if (waiter.TrySetResult(raised.Payload))
                {
                    return;
                }
            }
        }

        kept.Add(raised);
    }

    public bool TryTake(string name, out string? payload)
    {
        var index = kept.FindIndex(raised => string.Equals(raised.Name, name, StringComparison.OrdinalIgnoreCase));
        payload = index < 0 ? null : kept[index].Payload;
        if (index >= 0)
        {
            kept.RemoveAt(index);
        }

        return index >= 0;
    }

    /// <summary>A waiter that is cancelled never takes an event.</summary>
    public TaskCompletionSource<string?> Wait(string name)
    {
        var waiter = new TaskCompletionSource<string?>();
        if (!waiters.TryGetValue(name, out var stack))
        {
            waiters[name] = stack = new();
        }

        stack.Push(waiter);
        return waiter;
    }
}
