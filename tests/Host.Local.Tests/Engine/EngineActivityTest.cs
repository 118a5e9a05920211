using Microsoft.DurableTask;
using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Engine;

[Collection(AzuriteFixture.Collection)]
public sealed class EngineActivityTest(EngineHost host) : IClassFixture<EngineHost>
{
    private static TaskOptions Three { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(10), backoffCoefficient: 2));

    [Fact]
    public async Task A_failing_activity_is_tried_again_at_the_intervals_of_its_policy()
    {
        var key = Scripts.NewKey();
        var id = await host.BeginAsync(async (context, _) => $"{await context.TryAsync(key, failures: 2, Three)}");
        await host.SettleAsync();
        Assert.Equal(1, Scripts.RunsOf(key));
        await host.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(2, Scripts.RunsOf(key));
        await host.PassAsync(TimeSpan.FromMinutes(19));
        Assert.Equal(2, Scripts.RunsOf(key));
        await host.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("3", await host.OutputAsync(id));
    }

    [Fact]
    public async Task After_its_last_attempt_an_activity_has_failed_and_the_orchestration_shows_why()
    {
        var key = Scripts.NewKey();
        var id = await host.BeginAsync(async (context, _) => $"{await context.TryAsync(key, failures: 9, Three)}");
        await host.SettleAsync();
        await host.PassAsync(TimeSpan.FromHours(1));
        var failed = await host.FailedAsync(id);
        Assert.Equal(3, Scripts.RunsOf(key));
        Assert.Contains($"attempt 3 of {key}", failed.SerializedOutput, StringComparison.Ordinal);
        Assert.True(failed.FailureDetails!.IsCausedBy<TaskFailedException>());
        Assert.True(failed.FailureDetails.InnerFailure!.IsCausedBy<InvalidDataException>());
    }

    [Fact]
    public async Task An_activity_nobody_registered_fails_at_once_and_is_not_tried_again()
    {
        var id = await host.BeginAsync(async (context, _) => await context.CallActivityAsync<string>("Nowhere", options: Three));
        var failed = await host.FailedAsync(id);
        Assert.Contains("This host has no activity 'Nowhere'.", failed.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestrator_nobody_registered_fails_at_once()
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Nowhere");
        var failed = await host.FailedAsync(id);
        Assert.Equal("This host has no orchestrator 'Nowhere'.", failed.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task Of_many_activities_at_once_one_that_fails_does_not_keep_the_others_from_their_end()
    {
        var (bad, good) = (Scripts.NewKey(), Scripts.NewKey());
        var id = await host.BeginAsync(async (context, _) =>
        {
            var all = Enumerable.Range(0, 20).Select(i => i == 7 ? context.TryAsync(bad, failures: 1) : context.TryAsync($"{good}-{i}", failures: 0)).ToList();
            try
            {
                await Task.WhenAll(all);
            }
            catch (TaskFailedException)
            {
                return $"{all.Count(task => task.IsCompletedSuccessfully)} of {all.Count}";
            }

            return "none failed";
        });
        Assert.Equal("19 of 20", await host.OutputAsync(id));
    }

    [Fact]
    public async Task A_sub_orchestration_that_fails_is_a_failure_its_parent_can_catch()
    {
        var child = Scripts.Add((_, _) => throw new InvalidDataException("the child's reason"));
        var id = await host.BeginAsync(async (context, _) =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>(Scripts.Orchestrator, new ScriptInput(child, null), new SubOrchestrationOptions(instanceId: context.InstanceId + "-child"));
            }
            catch (TaskFailedException failure)
            {
                return failure.FailureDetails.ErrorMessage;
            }
        });
        Assert.Equal("the child's reason", await host.OutputAsync(id));
    }
}
