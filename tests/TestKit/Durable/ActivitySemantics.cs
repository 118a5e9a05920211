using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

public abstract class ActivitySemantics : DurableSemantics
{
    [Fact]
    public async Task An_orchestration_without_tasks_returns_its_output() =>
        Assert.Equal("done", await RunAsync((_, _) => Task.FromResult<string?>("done")));

    [Fact]
    public async Task An_activity_returns_its_result() =>
        Assert.Equal("hello", await RunAsync((context, input) => Echo.CallAsync(context, input), "hello"));

    [Fact]
    public async Task Activities_in_sequence_see_each_others_results() =>
        Assert.Equal("abc", await RunAsync(async (context, _) =>
        {
            var a = await Echo.CallAsync(context, "a");
            var b = await Echo.CallAsync(context, a + "b");
            return await Echo.CallAsync(context, b + "c");
        }));

    [Fact]
    public async Task A_fan_out_returns_results_in_the_order_of_the_calls() =>
        Assert.Equal(string.Join(',', Enumerable.Range(0, 50)), await RunAsync(async (context, _) =>
            string.Join(',', await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Echo.CallAsync(context, $"{i}"))))));

    [Fact]
    public async Task A_wide_fan_out_is_taken_whole() =>
        Assert.Equal("400", await RunAsync(async (context, _) =>
            $"{(await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Echo.CallAsync(context, $"{i}")))).Length}"));

    [Fact]
    public async Task The_first_of_several_activities_can_be_taken_before_the_others_end()
    {
        var (slow, fast) = (Key(), Key());
        var id = await StartAsync(async (context, _) =>
        {
            var first = await Task.WhenAny(Gate.CallAsync(context, slow), Gate.CallAsync(context, fast));
            context.SetCustomStatus("one is done");
            return await first;
        });
        Effects.GateOf(fast).SetResult();
        await UntilAsync(() => Client.GetInstanceAsync(id, true, None).Result!.CustomStatus == "\"one is done\"");
        Effects.GateOf(slow).SetResult();
        Assert.Equal(fast, OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_orchestration_ends_only_when_every_activity_it_called_has()
    {
        var gate = Key();
        var id = await StartAsync((context, input) =>
        {
            _ = Gate.CallAsync(context, gate);
            return Task.FromResult<string?>("returned");
        });
        await UntilAsync(() => Effects.RunsOf(gate) > 0);
        Assert.Equal(OrchestrationStatus.Running, (await GetAsync(id)).Status);
        Effects.GateOf(gate).SetResult();
        Assert.Equal("returned", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_failed_activity_throws_its_failure_where_it_is_awaited() =>
        Assert.Equal("Fail: Broken: what went wrong", await RunAsync(async (context, _) =>
        {
            try
            {
                return await Fail.CallAsync(context, "what went wrong");
            }
            catch (TaskFailedException e)
            {
                return $"{e.TaskName}: {(e.FailureDetails.ErrorType == typeof(BrokenException).FullName ? "Broken" : "?")}: {e.FailureDetails.ErrorMessage}";
            }
        }));

    [Fact]
    public async Task A_failure_is_known_by_its_type_and_its_base_types() =>
        Assert.Equal("True True False", await RunAsync(async (context, _) =>
        {
            try
            {
                return await Fail.CallAsync(context, "badly");
            }
            catch (TaskFailedException e)
            {
                return $"{e.FailureDetails.IsCausedBy<BadlyBrokenException>()} {e.FailureDetails.IsCausedBy<BrokenException>()} {e.FailureDetails.IsCausedBy<TimeoutException>()}";
            }
        }));

    [Fact]
    public async Task A_foreign_exception_keeps_its_type_and_place_and_not_its_message() =>
        Assert.Equal("FormatException in TfFlow.TestKit.Durable.Fail.", await RunAsync(async (context, _) =>
        {
            try
            {
                return await Fail.CallAsync(context, "foreign");
            }
            catch (TaskFailedException e)
            {
                return e.FailureDetails.ErrorMessage;
            }
        }));

    [Fact]
    public async Task An_uncaught_failure_fails_the_orchestration_and_names_its_cause()
    {
        var finished = await FinishAsync(await StartAsync((context, _) => Fail.CallAsync(context, "the cause")));
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
        Assert.Equal(typeof(TaskFailedException).FullName, finished.Failure!.ErrorType);
        Assert.True(finished.Failure.IsCausedBy<BrokenException>());
        Assert.Contains("the cause", finished.Failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Null(finished.Output);
    }

    [Fact]
    public async Task An_exception_of_the_orchestrator_fails_the_orchestration()
    {
        var finished = await FinishAsync(await StartAsync((_, _) => throw new BrokenException("by itself")));
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
        Assert.Equal("by itself", finished.Failure!.ErrorMessage);
    }

    [Fact]
    public async Task A_caught_failure_lets_the_orchestration_make_good() =>
        Assert.Equal("made good", await RunAsync(async (context, _) =>
        {
            try
            {
                return await Fail.CallAsync(context, "broken");
            }
            catch (TaskFailedException)
            {
                return await Echo.CallAsync(context, "made good");
            }
        }));

    [Fact]
    public async Task One_failure_in_a_fan_out_fails_the_whole_after_all_have_ended()
    {
        var key = Key();
        var finished = await FinishAsync(await StartAsync(async (context, _) =>
        {
            await Task.WhenAll(Fail.CallAsync(context, "one of them"), Count.CallAsync(context, key), Count.CallAsync(context, key));
            return null;
        }));
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
        Assert.Equal(2, Effects.RunsOf(key));
    }

    [Fact]
    public async Task An_activity_that_is_not_registered_fails_and_is_not_tried_again()
    {
        var id = await StartAsync(async (context, _) =>
        {
            try
            {
                return await context.CallActivityAsync<string?>("Nowhere", "input", new RetryPolicy(5, Minutes(10)));
            }
            catch (TaskFailedException e)
            {
                return $"{e.TaskName} failed";
            }
        });
        Assert.Equal("Nowhere failed", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Nothing_passes_through_as_nothing() =>
        Assert.Equal("nothing", await RunAsync(async (context, input) => await Echo.CallAsync(context, input) is null ? "nothing" : "something"));

    [Fact]
    public async Task An_empty_text_passes_through_as_an_empty_text() =>
        Assert.Equal("empty", await RunAsync(async (context, input) => await Echo.CallAsync(context, input) is "" ? "empty" : "other", ""));

    [Fact]
    public async Task Values_of_many_types_come_back_as_they_went()
    {
        var sample = new Sample(41, null, Colour.Green, new DateTimeOffset(2026, 4, 6, 12, 30, 0, TimeSpan.Zero), new DateOnly(2026, 4, 6), new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]), true, [3, 1, 2]);
        var id = await TypedOrchestration.ScheduleAsync(Client, sample, null, None);
        var finished = await FinishAsync(id);
        Assert.Equivalent(sample with { Number = 42 }, OrchestrationJson.Deserialize<Sample>(finished.Output), strict: true);
        Assert.Equivalent(sample, OrchestrationJson.Deserialize<Sample>(finished.Input), strict: true);
    }

    [Fact]
    public async Task Zero_passes_through_as_zero() =>
        Assert.Equal("0", await RunAsync(async (context, _) => $"{(await Inflate.CallAsync(context, 0)).Length}"));

    [Fact]
    public async Task A_result_larger_than_a_table_row_comes_back_whole() =>
        Assert.Equal("1500000", await RunAsync(async (context, _) => $"{(await Inflate.CallAsync(context, 1_500_000)).Length}"));

    [Fact]
    public async Task Text_of_every_kind_comes_back_as_it_went()
    {
        const string text = "žluťoučký \"kůň\" \\ <b>&amp;</b> \t\r\n 家族 👪 \0";
        Assert.Equal(text, await RunAsync((context, input) => Echo.CallAsync(context, input), text));
    }
}
