using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

public abstract class EventSemantics : DurableSemantics
{
    [Fact]
    public async Task A_wait_ends_with_the_events_payload()
    {
        var id = await StartAsync((context, _) => WaitAsync(context, "Decision"));
        await Harness.SettleAsync();
        await Client.RaiseEventAsync(id, "Decision", "yes", None);
        Assert.Equal("yes", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_event_before_its_wait_is_kept()
    {
        var id = await StartAsync(async (context, _) =>
        {
            await WaitAsync(context, "Go");
            return await WaitAsync(context, "Decision");
        });
        await Client.RaiseEventAsync(id, "Decision", "early", None);
        await Client.RaiseEventAsync(id, "Go", null, None);
        Assert.Equal("early", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Events_of_a_name_are_taken_in_the_order_they_came()
    {
        var id = await StartAsync(async (context, _) =>
        {
            await WaitAsync(context, "Go");
            return $"{await WaitAsync(context, "Item")},{await WaitAsync(context, "Item")},{await WaitAsync(context, "Item")}";
        });
        foreach (var item in (string[])["1", "2", "3"])
        {
            await Client.RaiseEventAsync(id, "Item", item, None);
        }

        await Client.RaiseEventAsync(id, "Go", null, None);
        Assert.Equal("1,2,3", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Names_of_events_are_compared_without_case()
    {
        var id = await StartAsync((context, _) => WaitAsync(context, "Decision"));
        await Client.RaiseEventAsync(id, "dEcIsIoN", "yes", None);
        Assert.Equal("yes", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Events_of_other_names_leave_a_wait_alone()
    {
        var id = await StartAsync((context, _) => WaitAsync(context, "Decision"));
        await Client.RaiseEventAsync(id, "Other", "no", None);
        await Harness.SettleAsync();
        Assert.Equal(OrchestrationStatus.Running, (await GetAsync(id)).Status);
        await Client.RaiseEventAsync(id, "Decision", "yes", None);
        Assert.Equal("yes", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Several_events_are_waited_for_at_once()
    {
        var id = await StartAsync(async (context, _) =>
            string.Join(',', await Task.WhenAll(WaitAsync(context, "A"), WaitAsync(context, "B"), WaitAsync(context, "C"))));
        await Client.RaiseEventAsync(id, "C", "3", None);
        await Client.RaiseEventAsync(id, "A", "1", None);
        await Client.RaiseEventAsync(id, "B", "2", None);
        Assert.Equal("1,2,3", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_wait_whose_time_is_over_is_cancelled()
    {
        var id = await StartAsync(async (context, _) =>
        {
            try
            {
                return await WaitAsync(context, "Decision", 10);
            }
            catch (OperationCanceledException)
            {
                return "nobody decided";
            }
        });
        await Harness.SettleAsync();
        Assert.Equal(OrchestrationStatus.Running, (await GetAsync(id)).Status);
        await PassAsync(12);
        Assert.Equal("nobody decided", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_event_after_a_wait_is_over_is_kept_for_the_next()
    {
        var id = await StartAsync(async (context, _) =>
        {
            try
            {
                return await WaitAsync(context, "Decision", 10);
            }
            catch (OperationCanceledException)
            {
                await context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(10), "a pause");
                return await WaitAsync(context, "Decision", 10);
            }
        });
        await Harness.SettleAsync();
        await PassAsync(15);
        await Client.RaiseEventAsync(id, "Decision", "late", None);
        await PassAsync(10);
        Assert.Equal("late", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_event_in_time_leaves_no_deadline_behind()
    {
        var id = await StartAsync(async (context, _) => await context.WaitForExternalEventAsync<string>("Decision", TimeSpan.FromDays(3), "a decision"));
        await Client.RaiseEventAsync(id, "Decision", "yes", None);
        Assert.Equal("yes", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        var id = await StartAsync(async (context, _) =>
        {
            using var cancel = new CancellationTokenSource();
            var wait = context.WaitForExternalEventAsync<string?>("Never", Minutes(60), "a test", cancel.Token);
            await Echo.CallAsync(context, "work");
            cancel.Cancel();
            try
            {
                return await wait;
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        });
        Assert.Equal("cancelled", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_cancelled_wait_takes_no_event_from_the_next()
    {
        var id = await StartAsync(async (context, _) =>
        {
            using var cancel = new CancellationTokenSource();
            var abandoned = context.WaitForExternalEventAsync<string?>("Decision", Minutes(60), "a test", cancel.Token);
            cancel.Cancel();
            await Task.WhenAny(abandoned);
            return await WaitAsync(context, "Decision");
        });
        await Harness.SettleAsync();
        await Client.RaiseEventAsync(id, "Decision", "yes", None);
        Assert.Equal("yes", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Of_several_waits_for_a_name_the_newest_is_served_first()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var older = WaitAsync(context, "Item");
            var newer = WaitAsync(context, "Item");
            return $"{await newer},{await older}";
        });
        await Harness.SettleAsync();
        await Client.RaiseEventAsync(id, "Item", "first", None);
        await Client.RaiseEventAsync(id, "Item", "second", None);
        Assert.Equal("first,second", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_event_without_payload_ends_a_wait()
    {
        var id = await StartAsync(async (context, _) => await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test") is null ? "nothing" : "something");
        await Client.RaiseEventAsync(id, "Go", null, None);
        Assert.Equal("nothing", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_event_carries_a_record()
    {
        var id = await StartAsync(async (context, _) => (await context.WaitForExternalEventAsync<FailTimes>("Record", Minutes(60), "a test")).Key);
        await Client.RaiseEventAsync(id, "Record", new FailTimes("key", 2), None);
        Assert.Equal("key", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_event_that_comes_twice_is_taken_twice()
    {
        var id = await StartAsync(async (context, _) => $"{await WaitAsync(context, "Item")},{await WaitAsync(context, "Item")}");
        await Client.RaiseEventAsync(id, "Item", "same", None);
        await Client.RaiseEventAsync(id, "Item", "same", None);
        Assert.Equal("same,same", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_event_during_an_activity_is_kept()
    {
        var gate = Key();
        var id = await StartAsync(async (context, _) =>
        {
            await Gate.CallAsync(context, gate);
            return await WaitAsync(context, "Decision");
        });
        await UntilAsync(() => Effects.RunsOf(gate) > 0);
        await Client.RaiseEventAsync(id, "Decision", "meanwhile", None);
        Effects.GateOf(gate).SetResult();
        Assert.Equal("meanwhile", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_event_to_an_unknown_instance_is_refused() =>
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.RaiseEventAsync(Key("unknown"), "Decision", "yes", None));

    [Fact]
    public async Task An_event_to_a_finished_instance_is_refused()
    {
        var id = await StartAsync((_, _) => Task.FromResult<string?>("done"));
        await FinishAsync(id);
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.RaiseEventAsync(id, "Decision", "yes", None));
    }

    [Fact]
    public async Task A_hundred_events_are_all_taken()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var items = new List<string?>();
            for (var i = 0; i < 100; i++)
            {
                items.Add(await WaitAsync(context, "Item"));
            }

            return $"{items.Distinct().Count()}";
        });
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Client.RaiseEventAsync(id, "Item", $"{i}", None)));
        Assert.Equal("100", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task One_orchestration_raises_an_event_at_another()
    {
        var receiver = await StartAsync((context, _) => WaitAsync(context, "Note"));
        var sender = await StartAsync((context, input) =>
        {
            context.SendEvent(input!, "Note", "from another");
            return Task.FromResult<string?>("sent");
        }, receiver);
        Assert.Equal("sent", OutputOf(await FinishAsync(sender)));
        Assert.Equal("from another", OutputOf(await FinishAsync(receiver)));
    }

    [Fact]
    public async Task Events_from_another_orchestration_come_once_and_in_order()
    {
        var receiver = await StartAsync(async (context, _) =>
        {
            var notes = new List<string?>();
            while (notes.LastOrDefault() != "end")
            {
                notes.Add(await WaitAsync(context, "Note"));
            }

            return string.Join(',', notes);
        });
        await StartAsync(async (context, input) =>
        {
            context.SendEvent(input!, "Note", "1");
            context.SendEvent(input!, "Note", "2");
            await Echo.CallAsync(context, "work");
            context.SendEvent(input!, "Note", "3");
            context.SendEvent(input!, "Note", "end");
            return null;
        }, receiver);
        Assert.Equal("1,2,3,end", OutputOf(await FinishAsync(receiver)));
    }

    [Fact]
    public async Task Two_orchestrations_talk_to_each_other()
    {
        var one = await StartAsync(async (context, _) =>
        {
            var other = (await WaitAsync(context, "Hello"))!;
            context.SendEvent(other, "Answer", context.InstanceId);
            return await WaitAsync(context, "Bye");
        });
        var two = await StartAsync(async (context, input) =>
        {
            context.SendEvent(input!, "Hello", context.InstanceId);
            var answer = await WaitAsync(context, "Answer");
            context.SendEvent(input!, "Bye", "bye");
            return answer;
        }, one);
        Assert.Equal(one, OutputOf(await FinishAsync(two)));
        Assert.Equal("bye", OutputOf(await FinishAsync(one)));
    }

    [Fact]
    public async Task An_event_to_nobody_is_lost_and_its_sender_goes_on() =>
        Assert.Equal("went on", await RunAsync(
            (context, nobody) =>
            {
                context.SendEvent(nobody!, "Note", "lost");
                return Echo.CallAsync(context, "went on");
            },
            Key("nobody")));

    [Fact]
    public async Task An_event_raised_before_a_restart_is_there_after_it()
    {
        var id = await StartAsync(async (context, _) =>
        {
            await WaitAsync(context, "Go");
            return await WaitAsync(context, "Decision");
        });
        await Client.RaiseEventAsync(id, "Decision", "before", None);
        await Harness.RestartAsync();
        await Client.RaiseEventAsync(id, "Go", null, None);
        Assert.Equal("before", OutputOf(await FinishAsync(id)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(91)]
    public async Task A_wait_without_an_end_within_ninety_days_is_refused(int days)
    {
        var finished = await FinishAsync(await StartAsync(async (context, _) =>
            await context.WaitForExternalEventAsync<string>("Never", TimeSpan.FromDays(days), "a test")));
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
    }

    private Task<string?> WaitAsync(OrchestrationContext context, string name, double minutes = 60) =>
        context.WaitForExternalEventAsync<string?>(name, Minutes(minutes), "a test");
}
