using FsCheck;
using FsCheck.Fluent;
using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.TestKit.Durable;

namespace TfFlow.Host.Local.Tests.Durable.Replay;

/// <summary>Whatever the program and whatever the order of answers: replaying decides the same.</summary>
public sealed class RandomProgramTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 6, 9, 0, 0, TimeSpan.Zero);
    private static readonly OrchestrationRegistry Registry = DurableHarness.CreateRegistry();

    [Fact]
    public void A_replay_from_any_turn_decides_what_the_first_run_decided() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(int[] Program, int Order)>(), story =>
        {
            Scenarios.Set("random program", (context, _) => RunAsync(context, [.. story.Program.Select(step => Math.Abs(step % 7))]));
            var random = new Random(story.Order);
            var live = NewExecution();
            var turns = new List<Turn>();
            Take([new ExecutionStarted("ScenarioOrchestration", "1", OrchestrationJson.Serialize(new ScenarioInput("random program", null)))]);
            while (live.Outcome is null)
            {
                var open = live.OpenTasks.ToList();
                Take([.. open.Where(_ => random.Next(2) == 0).DefaultIfEmpty(open[0]).OrderBy(_ => random.Next()).Select(task => Answer(task, random))]);
                var replayed = NewExecution();
                foreach (var turn in turns)
                {
                    if (turn != turns[^1] || live.Outcome is null)
                    {
                        replayed.Replay(turn);
                    }
                    else
                    {
                        Assert.Equal(turn.Decisions, replayed.Run(turn.At, turn.Arrivals, out _));
                    }
                }

                Assert.Equal(live.OpenTasks.Select(task => task.Decision), replayed.OpenTasks.Select(task => task.Decision));
                Assert.Equal(live.Outcome?.ToString(), replayed.Outcome?.ToString());
                Assert.Equal(live.CustomStatus, replayed.CustomStatus);
            }

            void Take(HistoryEvent[] arrivals)
            {
                var at = Now.AddMinutes(turns.Count);
                turns.Add(new Turn(at, true, arrivals, live.Run(at, arrivals, out var taken)));
                turns[^1] = turns[^1] with { Arrivals = [.. arrivals.Take(taken)] };
            }
        }).QuickCheckThrowOnFailure();

    private static Execution NewExecution() => new(Registry, "instance", 0, null, () => { });

    private static HistoryEvent Answer(OpenTask task, Random random) => task.Decision switch
    {
        TimerCreated timer => new TimerFired(timer.TaskId),
        TaskScheduled activity when random.Next(4) == 0 => new TaskFailed(activity.TaskId, new TaskFailureDetails(typeof(BrokenException).FullName!, "random")),
        TaskScheduled activity => new TaskCompleted(activity.TaskId, $"\"{random.Next(10)}\""),
        SubOrchestrationCreated child => new TaskCompleted(child.TaskId, $"\"{random.Next(10)}\""),
        _ => throw new InvalidOperationException(),
    };

    private static async Task<string?> RunAsync(OrchestrationContext context, int[] program)
    {
        var log = "";
        for (var i = 0; i < program.Length; i++)
        {
            try
            {
                log += program[i] switch
                {
                    0 => await Echo.CallAsync(context, log),
                    1 => string.Join("", await Task.WhenAll(Echo.CallAsync(context, "x"), Echo.CallAsync(context, "y"), RunAsync(context, program[(i + 1)..Math.Min(i + 3, program.Length)]))),
                    2 => await await Task.WhenAny(Echo.CallAsync(context, "x"), Echo.CallAsync(context, "y")),
                    3 => await WaitAsync(context, i),
                    4 => await Echo.CallAsync(context, "again", new RetryPolicy(3, TimeSpan.FromMinutes(1))),
                    5 => await ScenarioOrchestration.CallAsync(context, new ScenarioInput("child", null)),
                    _ => $"{context.NewGuid()}",
                };
            }
            catch (TaskFailedException e)
            {
                log += e.TaskName;
            }
            catch (OperationCanceledException)
            {
                log += "over";
            }

            context.SetCustomStatus(log.Length);
        }

        return log;
    }

    private static Task<string?> WaitAsync(OrchestrationContext context, int i) =>
        context.WaitForExternalEventAsync<string?>($"Event{i}", TimeSpan.FromDays(1 + i), "a test");
}
