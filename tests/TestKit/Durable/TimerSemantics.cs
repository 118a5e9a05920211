using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

public abstract class TimerSemantics : DurableSemantics
{
    [Fact]
    public async Task A_timer_fires_at_its_time_and_not_before()
    {
        var key = Key();
        var id = await StartAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(10), "a test");
            return $"{await Count.CallAsync(context, key)}";
        });
        await Harness.SettleAsync();
        await PassAsync(8);
        Assert.Equal(0, Effects.RunsOf(key));
        await PassAsync(4);
        Assert.Equal("1", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task When_a_timer_has_fired_it_is_not_earlier_than_asked()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var at = context.CurrentUtcDateTime + Minutes(5);
            await context.CreateTimerAsync(at, "a test");
            return $"{context.CurrentUtcDateTime >= at}";
        });
        await PassAsync(6);
        Assert.Equal("True", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_timer_in_the_past_fires_at_once() =>
        Assert.Equal("fired", await RunAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(context.CurrentUtcDateTime - Minutes(5), "a test");
            return "fired";
        }));

    [Fact]
    public async Task Timers_fire_in_the_order_of_time_whatever_the_order_of_creation()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var order = new List<int>();
            async Task Wait(int minutes)
            {
                await context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(minutes), "a test");
                order.Add(minutes);
            }

            await Task.WhenAll(Wait(30), Wait(10), Wait(40), Wait(20));
            return string.Join(',', order);
        });
        await PassAsync(50);
        Assert.Equal("10,20,30,40", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_cancelled_timer_throws_and_holds_nothing_up() =>
        Assert.Equal("cancelled", await RunAsync(async (context, _) =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimerAsync(context.CurrentUtcDateTime + TimeSpan.FromDays(2), "a test", cancel.Token);
            await Echo.CallAsync(context, "work");
            cancel.Cancel();
            try
            {
                await timer;
                return "fired";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        }));

    [Fact]
    public async Task A_timer_cancelled_before_it_is_created_throws() =>
        Assert.Equal("cancelled", await RunAsync(async (context, _) =>
        {
            try
            {
                await context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(5), "a test", new CancellationToken(canceled: true));
                return "fired";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        }));

    [Fact]
    public async Task An_orchestration_ends_only_when_its_open_timers_have_fired()
    {
        var id = await StartAsync((context, input) =>
        {
            _ = context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(10), "a test");
            return Task.FromResult<string?>("returned");
        });
        await Harness.SettleAsync();
        Assert.Equal(OrchestrationStatus.Running, (await GetAsync(id)).Status);
        await PassAsync(12);
        Assert.Equal("returned", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_deadline_is_over_before_a_slow_activity_ends()
    {
        var gate = Key();
        var id = await StartAsync(async (context, _) =>
        {
            var work = Gate.CallAsync(context, gate);
            var deadline = context.CreateTimerAsync(context.CurrentUtcDateTime - Minutes(1), "a deadline already over");
            var late = await Task.WhenAny(work, deadline) == deadline;
            context.SetCustomStatus(late ? "late" : "in time");
            await work;
            return late ? "late" : "in time";
        });
        await UntilAsync(() => Client.GetInstanceAsync(id, true, None).Result!.CustomStatus == "\"late\"");
        Effects.GateOf(gate).SetResult();
        Assert.Equal("late", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_activity_in_time_cancels_its_deadline() =>
        Assert.Equal("in time", await RunAsync(async (context, _) =>
        {
            using var done = new CancellationTokenSource();
            var deadline = context.CreateTimerAsync(context.CurrentUtcDateTime + TimeSpan.FromDays(30), "a deadline", done.Token);
            var work = Echo.CallAsync(context, "in time");
            var first = await Task.WhenAny(work, deadline);
            done.Cancel();
            return first == work ? await work : "late";
        }));

    [Fact]
    public async Task Timers_one_after_the_other_add_up()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var began = context.CurrentUtcDateTime;
            for (var i = 0; i < 5; i++)
            {
                await context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(3), "a step");
            }

            return $"{context.CurrentUtcDateTime - began >= Minutes(15)}";
        });
        await PassAsync(30);
        Assert.Equal("True", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_timer_beyond_ninety_days_is_refused()
    {
        var finished = await FinishAsync(await StartAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(context.CurrentUtcDateTime + TimeSpan.FromDays(91), "too long");
            return null;
        }));
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
    }

    [Fact]
    public async Task A_timer_says_what_it_is_for()
    {
        var finished = await FinishAsync(await StartAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(context.CurrentUtcDateTime, " ");
            return null;
        }));
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
    }

    [Fact]
    public async Task Timers_of_many_orchestrations_fire_each_at_its_own_time()
    {
        var key = Key();
        for (var i = 1; i <= 20; i++)
        {
            var minutes = i;
            await StartAsync(async (context, _) =>
            {
                await context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(minutes), "a test");
                return $"{await Count.CallAsync(context, key)}";
            });
        }

        await Harness.SettleAsync();
        await PassAsync(9.5);
        Assert.InRange(Effects.RunsOf(key), 8, 10);
        await PassAsync(15);
        Assert.Equal(20, Effects.RunsOf(key));
    }

    [Fact]
    public async Task A_timer_survives_a_restart()
    {
        var id = await StartAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(10), "a test");
            return "fired";
        });
        await Harness.SettleAsync();
        await PassAsync(5);
        await Harness.RestartAsync();
        Assert.Equal(OrchestrationStatus.Running, (await GetAsync(id)).Status);
        await PassAsync(6);
        Assert.Equal("fired", OutputOf(await FinishAsync(id)));
    }
}
