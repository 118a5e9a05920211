using System.Collections.Concurrent;
using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

public abstract class ReplaySemantics : DurableSemantics
{
    [Fact]
    public async Task A_new_id_is_the_same_on_every_replay_and_another_on_every_call() =>
        Assert.Equal("True True", await RunAsync(async (context, _) =>
        {
            var (one, two) = (context.NewGuid(), context.NewGuid());
            var before = await Echo.CallAsync(context, $"{one} {two}");
            return $"{before == $"{one} {two}"} {one != two}";
        }));

    [Fact]
    public async Task The_time_of_a_turn_is_the_same_on_every_replay() =>
        Assert.Equal("True True", await RunAsync(async (context, _) =>
        {
            var first = context.CurrentUtcDateTime;
            var echoed = await Echo.CallAsync(context, $"{first:O}");
            return $"{echoed == $"{first:O}"} {context.CurrentUtcDateTime >= first}";
        }));

    [Fact]
    public async Task The_time_is_utc() =>
        Assert.Equal("00:00:00", await RunAsync((context, _) => Task.FromResult<string?>($"{context.CurrentUtcDateTime.Offset}")));

    [Fact]
    public async Task Only_what_happened_before_is_replayed()
    {
        var seen = new ConcurrentQueue<(string Place, bool Replaying)>();
        await RunAsync(async (context, _) =>
        {
            seen.Enqueue(("start", context.IsReplaying));
            await Echo.CallAsync(context, "a");
            seen.Enqueue(("middle", context.IsReplaying));
            await Echo.CallAsync(context, "b");
            seen.Enqueue(("end", context.IsReplaying));
            return null;
        });
        foreach (var place in (string[])["start", "middle", "end"])
        {
            Assert.Single(seen, place_ => place_ == (place, false));
        }
    }

    [Fact]
    public async Task A_replay_decides_again_what_history_says_and_nothing_runs_twice()
    {
        var (one, two) = (Key(), Key());
        var id = await StartAsync(async (context, _) =>
        {
            await Count.CallAsync(context, one);
            await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
            await Count.CallAsync(context, two);
            return null;
        });
        await Harness.SettleAsync();
        await Harness.RestartAsync();
        await Client.RaiseEventAsync(id, "Go", null, None);
        OutputOf(await FinishAsync(id));
        Assert.Equal((1, 1), (Effects.RunsOf(one), Effects.RunsOf(two)));
    }

    [Fact]
    public async Task Another_activity_than_in_history_fails_the_instance_and_names_both()
    {
        var finished = await ChangeAsync(
            async (context, _) =>
            {
                await Echo.CallAsync(context, "a");
                await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
                return null;
            },
            async (context, _) =>
            {
                await Count.CallAsync(context, "a");
                await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
                return null;
            });
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
        Assert.NotNull(finished.Failure);
    }

    [Fact]
    public async Task A_step_that_is_gone_from_the_code_fails_the_instance()
    {
        var finished = await ChangeAsync(
            async (context, _) =>
            {
                await Echo.CallAsync(context, "a");
                await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
                return null;
            },
            async (context, _) =>
            {
                await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
                return null;
            });
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
    }

    [Fact]
    public async Task A_timer_where_history_has_an_activity_fails_the_instance()
    {
        var finished = await ChangeAsync(
            async (context, _) =>
            {
                await Echo.CallAsync(context, "a");
                await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
                return null;
            },
            async (context, _) =>
            {
                await context.CreateTimerAsync(context.CurrentUtcDateTime, "a test");
                await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
                return null;
            });
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
    }

    [Fact]
    public async Task Code_that_changes_only_after_where_history_ends_goes_on()
    {
        var finished = await ChangeAsync(
            async (context, _) =>
            {
                await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
                return "old";
            },
            async (context, _) =>
            {
                await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
                return await Echo.CallAsync(context, "new");
            });
        Assert.Equal("new", OutputOf(finished));
    }

    [Fact]
    public async Task An_instance_that_finished_is_not_replayed_by_a_restart()
    {
        var key = Key("finished");
        var runs = 0;
        Scenarios.Set(key, (_, _) =>
        {
            Interlocked.Increment(ref runs);
            return Task.FromResult<string?>("done");
        });
        var id = await StartKeyAsync(key);
        await FinishAsync(id);
        var before = runs;
        await Harness.RestartAsync();
        await Harness.SettleAsync();
        Assert.Equal(before, runs);
        Assert.Equal("done", OutputOf(await FinishAsync(id)));
    }

    /// <summary>Starts an instance on old code, waits until it waits, and lets a new host go on with new code.</summary>
    private async Task<OrchestrationMetadata> ChangeAsync(ScenarioCode before, ScenarioCode after)
    {
        var key = Key("changing");
        Scenarios.Set(key, before);
        var id = await StartKeyAsync(key);
        await Harness.SettleAsync();
        Scenarios.Set(key, after);
        await Harness.RestartAsync();
        try
        {
            await Client.RaiseEventAsync(id, "Go", null, None);
        }
        catch (InstanceNotFoundException)
        {
            // It failed before the event could reach it.
        }

        return await FinishAsync(id);
    }
}
