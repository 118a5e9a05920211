using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.TestKit.Durable;

namespace TfFlow.Host.Local.Tests.Durable.Replay;

public sealed class ExecutionTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 6, 9, 0, 0, TimeSpan.Zero);
    private static readonly OrchestrationRegistry Registry = DurableHarness.CreateRegistry();
    private static int keys;

    [Fact]
    public void A_first_turn_decides_and_a_second_goes_on()
    {
        var execution = Begin(async (context, _) => await Echo.CallAsync(context, "a") + await Echo.CallAsync(context, "b"), out var turns);
        Assert.Equal([new TaskScheduled(0, "Echo", "\"a\"")], turns[0].Decisions);
        Assert.Equal([new TaskScheduled(1, "Echo", "\"b\"")], execution.Run(Now, [new TaskCompleted(0, "\"A\"")], out _));
        Assert.Null(execution.Outcome);
        Assert.Empty(execution.Run(Now, [new TaskCompleted(1, "\"B\"")], out _));
        Assert.Equal(new Finished(new ExecutionCompleted(OrchestrationStatus.Completed, "\"AB\"", null)), execution.Outcome);
    }

    [Fact]
    public void A_result_that_comes_twice_counts_once()
    {
        var execution = Begin(async (context, _) => await Echo.CallAsync(context, "a") + await Echo.CallAsync(context, "b"), out _);
        execution.Run(Now, [new TaskCompleted(0, "\"A\""), new TaskCompleted(0, "\"again\""), new TaskCompleted(1, "\"B\"")], out _);
        Assert.Equal("\"AB\"", Assert.IsType<Finished>(execution.Outcome).Completion.Output);
    }

    [Fact]
    public void Arrivals_after_the_end_are_left()
    {
        var execution = Begin((context, _) => Echo.CallAsync(context, "a"), out _);
        execution.Run(Now, [new TaskCompleted(0, null), new EventRaised("Late", null)], out var taken);
        Assert.Equal(1, taken);
    }

    [Fact]
    public void What_is_kept_before_an_instance_may_run_is_taken_when_it_does()
    {
        var key = Write((context, _) => context.WaitForExternalEventAsync<string?>("Go", TimeSpan.FromDays(1), "a test"));
        var execution = NewExecution();
        execution.Replay(new Turn(Now, false, [Started(key)], []));
        execution.Replay(new Turn(Now, false, [new EventRaised("Go", "\"early\"")], []));
        execution.Run(Now, [], out _);
        Assert.Equal("\"early\"", Assert.IsType<Finished>(execution.Outcome).Completion.Output);
    }

    [Theory]
    [InlineData("activity", "history says activity 'Echo'; the code did this: activity 'Count'")]
    [InlineData("timer", "history says activity 'Echo'; the code did this: a timer")]
    [InlineData("child", "history says activity 'Echo'; the code did this: sub-orchestration 'ScenarioOrchestration' as 'child'")]
    [InlineData("event", "history says activity 'Echo'; the code did this: event 'Note' to 'other'")]
    [InlineData("wait", "history says activity 'Echo'; the code did this: a timer")]
    [InlineData("end", "history says activity 'Echo'; the code ended")]
    [InlineData("more", "history says it decided nothing more in that turn; the code did this: activity 'Count'")]
    public void Divergence_names_the_orchestrator_the_step_the_history_and_the_code(string other, string said)
    {
        var key = Write(async (context, _) =>
        {
            await Echo.CallAsync(context, "first");
            return await Echo.CallAsync(context, "second");
        });
        var turns = Play(key, [new TaskCompleted(0, null)]);
        Write(
            async (context, _) =>
            {
                await Echo.CallAsync(context, "first");
                switch (other)
                {
                    case "activity":
                        await Count.CallAsync(context, "x");
                        break;
                    case "timer":
                        await context.CreateTimerAsync(Now, "a test");
                        break;
                    case "child":
                        await ScenarioOrchestration.CallAsync(context, new ScenarioInput("x", null), "child");
                        break;
                    case "event":
                        context.SendEvent("other", "Note", null);
                        await Echo.CallAsync(context, "second");
                        break;
                    case "wait":
                        await context.WaitForExternalEventAsync<string?>("Go", TimeSpan.FromDays(1), "a test");
                        break;
                    case "more":
                        await Task.WhenAll(Echo.CallAsync(context, "second"), Count.CallAsync(context, "x"));
                        break;
                }

                return null;
            },
            key);
        var replayed = NewExecution();
        replayed.Replay(turns[0]);
        var diverged = Assert.Throws<NonDeterministicOrchestrationException>(() => replayed.Replay(turns[1]));
        Assert.Equal(("ScenarioOrchestration", other == "more" ? 2 : 1), (diverged.Orchestrator, diverged.Step));
        Assert.Contains(said, diverged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_ended_where_history_waited_has_diverged()
    {
        var key = Write((context, _) => context.WaitForExternalEventAsync<string?>("Second", TimeSpan.FromDays(1), "a test"));
        var turns = Play(key, [new EventRaised("First", null)]);
        Write((context, _) => context.WaitForExternalEventAsync<string?>("First", TimeSpan.FromDays(1), "a test"), key);
        var replayed = NewExecution();
        replayed.Replay(turns[0]);
        var diverged = Assert.Throws<NonDeterministicOrchestrationException>(() => replayed.Replay(turns[1]));
        Assert.Contains("history says it went on; the code ended", diverged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Awaiting_what_is_not_durable_fails_the_instance()
    {
        var told = new TaskCompletionSource();
        var key = Write(async (context, _) =>
        {
            var work = Echo.CallAsync(context, "a");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            return await work;
        });
        var execution = new Execution(Registry, "instance", 0, null, told.SetResult);
        execution.Run(Now, [Started(key)], out _);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(execution.HasLeftThread);
        execution.Run(Now, [], out _);
        Assert.Contains("not durable", Awaited(execution), StringComparison.Ordinal);
    }

    [Fact]
    public void Awaiting_nothing_durable_at_all_fails_the_instance_at_once()
    {
        var key = Write(async (_, _) =>
        {
            await new TaskCompletionSource().Task;
            return null;
        });
        var execution = NewExecution();
        execution.Run(Now, [Started(key)], out _);
        Assert.Contains("not durable", Awaited(execution), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_on_outside_the_thread_fails_the_instance()
    {
        var told = new TaskCompletionSource();
        var key = Write(async (context, _) =>
        {
            await Echo.CallAsync(context, "a").ConfigureAwait(false);
            return await Echo.CallAsync(context, "b");
        });
        var execution = new Execution(Registry, "instance", 0, null, () => told.TrySetResult());
        execution.Run(Now, [Started(key)], out _);
        execution.Run(Now, [new TaskCompleted(0, null)], out _);
        if (execution.Outcome is null)
        {
            await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
            execution.Run(Now, [], out _);
        }

        Assert.Contains("not durable", Awaited(execution), StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_of_another_shape_fails_the_instance_without_its_value()
    {
        var execution = NewExecution();
        execution.Run(Now, [new ExecutionStarted("TypedOrchestration", "1", "{\"number\":\"Ellen Example\"}")], out _);
        var failure = Assert.IsType<Finished>(execution.Outcome).Completion.Failure!;
        Assert.Equal("The input cannot be read as Sample.", failure.ErrorMessage);
        Assert.DoesNotContain("Ellen", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_another_shape_fails_its_wait_without_its_value()
    {
        var execution = Begin(async (context, _) => $"{await context.WaitForExternalEventAsync<int>("Number", TimeSpan.FromDays(1), "a test")}", out _);
        execution.Run(Now, [new EventRaised("Number", "\"Ellen Example\"")], out _);
        var failure = Assert.IsType<Finished>(execution.Outcome).Completion.Failure!;
        Assert.Equal("Event 'Number' cannot be read as Int32.", failure.ErrorMessage);
        Assert.Null(failure.InnerFailure);
    }

    private static string Awaited(Execution execution) => Assert.IsType<Finished>(execution.Outcome).Completion.Failure!.ErrorMessage;

    private static string Write(ScenarioCode code, string? key = null)
    {
        key ??= $"execution-{Interlocked.Increment(ref keys)}";
        Scenarios.Set(key, code);
        return key;
    }

    private static ExecutionStarted Started(string key) => new("ScenarioOrchestration", "1", OrchestrationJson.Serialize(new ScenarioInput(key, null)));

    private static Execution NewExecution() => new(Registry, "instance", 0, null, () => { });

    private static Execution Begin(ScenarioCode code, out List<Turn> turns)
    {
        var execution = NewExecution();
        ExecutionStarted[] arrivals = [Started(Write(code))];
        turns = [new Turn(Now, true, arrivals, execution.Run(Now, arrivals, out _))];
        return execution;
    }

    private static List<Turn> Play(string key, params HistoryEvent[][] arrivals)
    {
        var execution = NewExecution();
        return [.. arrivals.Prepend([Started(key)]).Select(turn => new Turn(Now, true, turn, execution.Run(Now, turn, out _)))];
    }
}
