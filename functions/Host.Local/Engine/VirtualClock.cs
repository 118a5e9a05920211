namespace TfFlow.Host.Local.Engine;

/// <summary>A clock that moves only when told. With a <see cref="LocalEngine"/> seven years pass in seconds, every timer at its own time. It never goes back.</summary>
/// <remarks>An orchestration's <c>NewGuid</c> is made of its id and the time of its turn. Two generations at one virtual instant make the same ones: give sub-orchestrations ids of their own.</remarks>
/// <param name="start">Where it starts.</param>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<VirtualTimer> timers = [];
    private long now = start.UtcTicks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer of this clock is due, or null when there is none. Timers of orchestrations are the engine's.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate)
            {
                return Next is { } next ? new DateTimeOffset(next.Due!.Value, TimeSpan.Zero) : null;
            }
        }
    }

    private VirtualTimer? Next => timers.Where(timer => timer.Due is not null).MinBy(timer => timer.Due);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan duration) => AdvanceTo(GetUtcNow() + duration);

    /// <summary>Fires every timer of this clock due until then, each at its own time, on the caller's thread. An instant already past changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        while (true)
        {
            VirtualTimer next;
            lock (gate)
            {
                if (Next is not { } due || due.Due > instant.UtcTicks)
                {
                    now = Math.Max(now, instant.UtcTicks);
                    return;
                }

                next = due;
                now = Math.Max(now, next.Due!.Value);
                next.Rearm();
            }

            next.Fire();
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;
        private bool disposed;

        /// <summary>In ticks; null while it is off.</summary>
        public long? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                if (disposed)
                {
                    return false;
                }

                // Put last, so that of timers due at one instant the one set first fires first.
                clock.timers.Remove(this);
                clock.timers.Add(this);
                this.period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime.Ticks;
                return true;
            }
        }

        public void Rearm()
        {
            Due = period > TimeSpan.Zero ? Due + period.Ticks : null;
            clock.timers.Remove(this);
            if (Due is not null)
            {
                clock.timers.Add(this);
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate)
            {
                disposed = true;
                Due = null;
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
