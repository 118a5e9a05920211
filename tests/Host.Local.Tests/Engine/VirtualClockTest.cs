using TfFlow.Host.Local.Engine;

namespace TfFlow.Host.Local.Tests.Engine;

public sealed class VirtualClockTest
{
    private static readonly DateTimeOffset Start = new(2026, 4, 6, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Time_stands_until_it_is_moved()
    {
        var time = new VirtualClock(Start);
        Assert.Equal(Start, time.GetUtcNow());
        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(Start.AddDays(2), time.GetUtcNow());
    }

    [Fact]
    public void Time_never_goes_back()
    {
        var time = new VirtualClock(Start);
        time.AdvanceTo(Start.AddDays(-1));
        Assert.Equal(Start, time.GetUtcNow());
    }

    [Fact]
    public void Timers_fire_in_order_each_at_its_own_time()
    {
        var time = new VirtualClock(Start);
        var fired = new List<(string Name, DateTimeOffset At)>();
        foreach (var (name, minutes) in (IEnumerable<(string, int)>)[("c", 30), ("a", 10), ("b", 20), ("late", 90)])
        {
            time.CreateTimer(_ => fired.Add((name, time.GetUtcNow())), null, TimeSpan.FromMinutes(minutes), Timeout.InfiniteTimeSpan);
        }

        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([("a", Start.AddMinutes(10)), ("b", Start.AddMinutes(20)), ("c", Start.AddMinutes(30))], fired);
        Assert.Equal(Start.AddMinutes(90), time.NextDue);
    }

    [Fact]
    public void Timers_of_the_same_time_fire_in_the_order_they_were_made()
    {
        var time = new VirtualClock(Start);
        var fired = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            var number = i;
            time.CreateTimer(_ => fired.Add(number), null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        }

        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Enumerable.Range(0, 20), fired);
    }

    [Fact]
    public void A_timer_made_by_a_timer_fires_on_the_same_way()
    {
        var time = new VirtualClock(Start);
        DateTimeOffset? second = null;
        time.CreateTimer(
            _ => time.CreateTimer(_ => second = time.GetUtcNow(), null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan), null, TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Start.AddMinutes(15), second);
    }

    [Fact]
    public void A_repeated_timer_fires_every_time()
    {
        var time = new VirtualClock(Start);
        var fired = new List<DateTimeOffset>();
        using var timer = time.CreateTimer(_ => fired.Add(time.GetUtcNow()), null, TimeSpan.FromDays(1), TimeSpan.FromDays(7));
        time.Advance(TimeSpan.FromDays(30));
        Assert.Equal([1, 8, 15, 22, 29], fired.Select(at => (at - Start).Days));
    }

    [Fact]
    public void A_timer_that_is_changed_or_disposed_does_not_fire_as_before()
    {
        var time = new VirtualClock(Start);
        var fired = new List<string>();
        var disposed = time.CreateTimer(_ => fired.Add("disposed"), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        var changed = time.CreateTimer(_ => fired.Add("changed"), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        var stopped = time.CreateTimer(_ => fired.Add("stopped"), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        changed.Change(TimeSpan.FromMinutes(30), Timeout.InfiniteTimeSpan);
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(fired);
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(["changed"], fired);
        Assert.False(disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task Delays_and_time_outs_end_when_time_passes()
    {
        var time = new VirtualClock(Start);
        var delay = Task.Delay(TimeSpan.FromDays(40), time);
        using var timeOut = new CancellationTokenSource(TimeSpan.FromDays(30), time);
        time.Advance(TimeSpan.FromDays(31));
        Assert.True(timeOut.IsCancellationRequested);
        Assert.False(delay.IsCompleted);
        time.Advance(TimeSpan.FromDays(9));
        await delay;
    }

    [Fact]
    public void Stamps_measure_virtual_time()
    {
        var time = new VirtualClock(Start);
        var began = time.GetTimestamp();
        time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(TimeSpan.FromHours(3), time.GetElapsedTime(began));
    }
}
