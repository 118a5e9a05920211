namespace TfFlow.Lifecycle.Orchestration;

/// <summary>A clock that moves only when told: seven years pass in a second, with every timer firing in order. It never goes back.</summary>
/// <param name="start">Where it starts; UTC.</param>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (long Due, long Order)> timers = new();
    private long now = start.UtcTicks;
    private long order;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due, or null when there is none.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate)
            {
                return Peek() is { } due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan duration) => AdvanceTo(GetUtcNow() + duration);

    /// <summary>Fires every timer due until then, each at its own time, on the caller's thread. An instant already past changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        while (true)
        {
            VirtualTimer timer;
            lock (gate)
            {
                if (Peek() is not { } due || due > instant.UtcTicks)
                {
                    now = Math.Max(now, instant.UtcTicks);
                    return;
                }

                now = Math.Max(now, due);
                timer = timers.Dequeue().Timer;
                timer.Rearm(due);
            }

            timer.Fire();
        }
    }

    private long? Peek()
    {
        while (timers.TryPeek(out var entry, out var priority))
        {
            if (entry.Version == entry.Timer.Version)
            {
                return priority.Due;
            }

            timers.Dequeue();
        }

        return null;
    }

    private sealed class VirtualTimer(VirtualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;
        private bool disposed;

        public long Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                if (disposed)
                {
                    return false;
                }

                Version++;
                this.period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Arm(clock.now + dueTime.Ticks);
                }

                return true;
            }
        }

        public void Rearm(long due)
        {
            Version++;
            if (period > TimeSpan.Zero)
            {
                Arm(due + period.Ticks);
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate)
            {
                disposed = true;
                Version++;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(long due) => clock.timers.Enqueue((this, Version), (due, clock.order++));
    }
}
