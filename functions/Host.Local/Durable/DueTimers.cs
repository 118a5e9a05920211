namespace TfFlow.Host.Local.Durable;

/// <summary>Wakes each instance at its earliest timer, in order. Holds an id and an instant for each, no more.</summary>
internal sealed class DueTimers : IDisposable
{
    /// <summary>A system timer reaches 49 days.</summary>
    private static readonly TimeSpan FurthestArm = TimeSpan.FromDays(45);

    private readonly Lock gate = new();
    private readonly PriorityQueue<string, long> queue = new();
    private readonly Dictionary<string, long> dueOf = new(StringComparer.Ordinal);
    private readonly TimeProvider time;
    private readonly Action<string> wake;
    private readonly ITimer timer;

    public DueTimers(TimeProvider time, Action<string> wake)
    {
        this.time = time;
        this.wake = wake;
        timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (gate)
            {
                return dueOf.Count;
            }
        }
    }

    public void Set(string instanceId, DateTimeOffset? due)
    {
        lock (gate)
        {
            if (due is not { } at)
            {
                dueOf.Remove(instanceId);
                return;
            }

            if (dueOf.TryGetValue(instanceId, out var before) && before == at.UtcTicks)
            {
                return;
            }

            dueOf[instanceId] = at.UtcTicks;
            queue.Enqueue(instanceId, at.UtcTicks);
            Compact();
            if (PeekLive() == at.UtcTicks)
            {
                Arm();
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            dueOf.Clear();
            queue.Clear();
        }
    }

    public void Dispose() => timer.Dispose();

    private void Fire()
    {
        var due = new List<string>();
        lock (gate)
        {
            var now = time.GetUtcNow().UtcTicks;
            while (PeekLive() is { } at && at <= now)
            {
                var instanceId = queue.Dequeue();
                dueOf.Remove(instanceId);
                due.Add(instanceId);
            }

            Arm();
        }

        foreach (var instanceId in due)
        {
            wake(instanceId);
        }
    }

    /// <summary>Drops timers that were replaced; they would stay until their time.</summary>
    private void Compact()
    {
        if (queue.Count > (2 * dueOf.Count) + 1000)
        {
            queue.Clear();
            queue.EnqueueRange(dueOf.Select(due => (due.Key, due.Value)));
        }
    }

    private void Arm()
    {
        if (PeekLive() is { } at)
        {
            var wait = TimeSpan.FromTicks(Math.Max(at - time.GetUtcNow().UtcTicks, 0));
            timer.Change(wait < FurthestArm ? RoundUp(wait) : FurthestArm, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>System timers count whole milliseconds, and one that fires early would only be armed again.</summary>
    private TimeSpan RoundUp(TimeSpan wait) =>
        time == TimeProvider.System ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : wait;

    private long? PeekLive()
    {
        while (queue.TryPeek(out var instanceId, out var at))
        {
            if (dueOf.TryGetValue(instanceId, out var live) && live == at)
            {
                return at;
            }

            queue.Dequeue();
        }

        return null;
    }
}
