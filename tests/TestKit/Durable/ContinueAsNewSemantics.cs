using System.Globalization;
using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

public abstract class ContinueAsNewSemantics : DurableSemantics
{
    [Fact]
    public async Task It_starts_afresh_with_the_new_input()
    {
        var id = await StartCountingAsync(10, _ => Task.CompletedTask);
        Assert.Equal("10", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task It_goes_through_many_generations_of_work()
    {
        var id = await StartCountingAsync(60, context => Echo.CallAsync(context, "work"));
        Assert.Equal("60", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task It_goes_through_many_generations_without_waiting()
    {
        var id = await StartCountingAsync(350, _ => Task.CompletedTask);
        Assert.Equal("350", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task It_waits_in_each_generation()
    {
        var id = await StartCountingAsync(12, context => context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(5), "a step"));
        await Harness.SettleAsync();
        await PassAsync(32);
        Assert.Equal(OrchestrationStatus.Running, (await GetAsync(id)).Status);
        await PassAsync(60);
        Assert.Equal("12", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task The_instance_stays_the_same()
    {
        var key = Key();
        var id = await StartCountingAsync(3, context => Count.CallAsync(context, $"{key} {context.InstanceId}"));
        await FinishAsync(id);
        Assert.Equal(3, Effects.RunsOf($"{key} {id}"));
    }

    [Fact]
    public async Task The_input_shown_is_the_last_generations()
    {
        var id = await StartCountingAsync(3, context => Echo.CallAsync(context, "work"));
        Assert.Equal("3", OrchestrationJson.Deserialize<ScenarioInput>((await FinishAsync(id)).Input).Input);
    }

    [Fact]
    public async Task An_event_after_a_wait_is_over_is_there_for_the_next_generation()
    {
        var key = Key("late");
        Scenarios.Set(key, async (context, input) =>
        {
            try
            {
                return await context.WaitForExternalEventAsync<string?>("Decision", Minutes(10), "a test");
            }
            catch (OperationCanceledException) when (input is null)
            {
                await context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(10), "a pause");
                context.ContinueAsNew(new ScenarioInput(key, "second"));
                return null;
            }
        });
        var id = await StartKeyAsync(key);
        await Harness.SettleAsync();
        await PassAsync(15);
        await Client.RaiseEventAsync(id, "Decision", "late", None);
        await PassAsync(10);
        Assert.Equal("late", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Events_not_taken_are_kept_in_their_order()
    {
        var key = Key("taking");
        Scenarios.Set(key, async (context, input) =>
        {
            if (input is null)
            {
                await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
            }

            var item = await context.WaitForExternalEventAsync<string?>("Item", Minutes(60), "a test");
            if (item == "end")
            {
                return input;
            }

            context.ContinueAsNew(new ScenarioInput(key, $"{input}{item}"));
            return null;
        });
        var id = await StartKeyAsync(key);
        foreach (var item in (string[])["1", "2", "3", "end"])
        {
            await Client.RaiseEventAsync(id, "Item", item, None);
        }

        await Client.RaiseEventAsync(id, "Go", null, None);
        Assert.Equal("123", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Events_raised_while_generations_change_are_all_taken()
    {
        var key = Key("summing");
        Scenarios.Set(key, async (context, input) =>
        {
            var (count, sum) = (int.Parse(input!.Split(' ')[0], CultureInfo.InvariantCulture), int.Parse(input.Split(' ')[1], CultureInfo.InvariantCulture));
            sum += await context.WaitForExternalEventAsync<int>("Number", Minutes(60), "a test");
            if (++count == 40)
            {
                return $"{sum}";
            }

            context.ContinueAsNew(new ScenarioInput(key, $"{count} {sum}"));
            return null;
        });
        var id = await StartKeyAsync(key, "0 0");
        await Task.WhenAll(Enumerable.Range(1, 40).Select(number => Client.RaiseEventAsync(id, "Number", number, None)));
        Assert.Equal("820", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Ids_of_a_new_generation_are_new()
    {
        var key = Key("ids");
        Scenarios.Set(key, (context, input) =>
        {
            var ids = $"{input} {context.NewGuid()}".Trim();
            if (ids.Split(' ').Length < 4)
            {
                context.ContinueAsNew(new ScenarioInput(key, ids));
            }

            return Task.FromResult<string?>(ids);
        });
        var ids = OutputOf(await FinishAsync(await StartKeyAsync(key, "")))!.Split(' ');
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_timer_left_open_holds_the_next_generation_up()
    {
        var key = Key("held");
        Scenarios.Set(key, (context, input) =>
        {
            if (input is null)
            {
                _ = context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(10), "left open");
                context.ContinueAsNew(new ScenarioInput(key, "second"));
            }

            return Task.FromResult(input);
        });
        var id = await StartKeyAsync(key);
        await Harness.SettleAsync();
        Assert.Equal(OrchestrationStatus.Running, (await GetAsync(id)).Status);
        await PassAsync(12);
        Assert.Equal("second", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_generation_survives_a_restart()
    {
        var id = await StartCountingAsync(6, context => context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(5), "a step"));
        await Harness.SettleAsync();
        await PassAsync(12);
        await Harness.RestartAsync();
        await PassAsync(30);
        Assert.Equal("6", OutputOf(await FinishAsync(id)));
    }

    private async Task<string> StartCountingAsync(int generations, Func<OrchestrationContext, Task> work)
    {
        var key = Key("counting");
        Scenarios.Set(key, async (context, input) =>
        {
            var count = int.Parse(input!, CultureInfo.InvariantCulture);
            if (count == generations)
            {
                return input;
            }

            await work(context);
            context.ContinueAsNew(new ScenarioInput(key, (count + 1).ToString(CultureInfo.InvariantCulture)));
            return null;
        });
        return await StartKeyAsync(key, "0");
    }
}
