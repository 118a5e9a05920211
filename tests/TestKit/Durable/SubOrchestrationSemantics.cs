using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

public abstract class SubOrchestrationSemantics : DurableSemantics
{
    [Fact]
    public async Task A_sub_orchestration_returns_its_result()
    {
        var child = Child(async (context, input) => await Echo.CallAsync(context, input + "!"));
        Assert.Equal("hello!", await RunAsync((context, _) => CallChildAsync(context, child, "hello")));
    }

    [Fact]
    public async Task A_sub_orchestration_has_the_id_its_caller_gives_it()
    {
        var childId = Key("child-id");
        var child = Child((context, _) => Task.FromResult<string?>(context.InstanceId));
        Assert.Equal(childId, await RunAsync((context, _) => CallChildAsync(context, child, instanceId: childId)));
        Assert.Equal(OrchestrationStatus.Completed, (await GetAsync(childId)).Status);
    }

    [Fact]
    public async Task A_sub_orchestration_without_an_id_gets_one_of_its_own()
    {
        var child = Child((context, _) => Task.FromResult<string?>(context.InstanceId));
        var output = await RunAsync(async (context, _) =>
        {
            var ids = await Task.WhenAll(CallChildAsync(context, child), CallChildAsync(context, child));
            return $"{ids[0] != ids[1] && ids.All(id => id != context.InstanceId)}";
        });
        Assert.Equal("True", output);
    }

    [Fact]
    public async Task A_sub_orchestration_knows_its_caller_and_a_caller_has_none()
    {
        var child = Child((context, _) => Task.FromResult(context.ParentInstanceId));
        var id = await StartAsync(async (context, _) => $"{context.ParentInstanceId is null} {await CallChildAsync(context, child)}");
        Assert.Equal($"True {id}", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_failed_sub_orchestration_throws_in_its_caller()
    {
        var child = Child((_, _) => throw new BrokenException("the child's fault"));
        Assert.Equal("ScenarioOrchestration True the child's fault", await RunAsync(async (context, _) =>
        {
            try
            {
                return await CallChildAsync(context, child);
            }
            catch (TaskFailedException e)
            {
                return $"{e.TaskName} {e.FailureDetails.IsCausedBy<BrokenException>()} {e.FailureDetails.ErrorMessage}";
            }
        }));
    }

    [Fact]
    public async Task A_failure_is_known_through_two_generations()
    {
        var grandchild = Child((context, _) => Fail.CallAsync(context, "deep down"));
        var child = Child((context, _) => CallChildAsync(context, grandchild));
        var finished = await FinishAsync(await StartAsync((context, _) => CallChildAsync(context, child)));
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
        Assert.True(finished.Failure!.IsCausedBy<BrokenException>());
    }

    [Fact]
    public async Task A_terminated_sub_orchestration_throws_in_its_caller()
    {
        var childId = Key("child-id");
        var child = Child((context, _) => context.WaitForExternalEventAsync<string?>("Never", Minutes(60), "a test"));
        var id = await StartAsync(async (context, _) =>
        {
            try
            {
                return await CallChildAsync(context, child, instanceId: childId);
            }
            catch (TaskFailedException e) when (e.FailureDetails.IsCausedBy<OrchestrationTerminatedException>())
            {
                return "the child was ended";
            }
        });
        await Harness.SettleAsync();
        await Client.TerminateAsync(childId, "a test", None);
        Assert.Equal("the child was ended", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Sub_orchestrations_run_side_by_side()
    {
        var child = Child((context, input) => Echo.CallAsync(context, input));
        Assert.Equal(string.Join(',', Enumerable.Range(0, 20)), await RunAsync(async (context, _) =>
            string.Join(',', await Task.WhenAll(Enumerable.Range(0, 20).Select(i => CallChildAsync(context, child, $"{i}"))))));
    }

    [Fact]
    public async Task A_caller_waits_while_its_sub_orchestration_waits()
    {
        var childId = Key("child-id");
        var child = Child((context, _) => context.WaitForExternalEventAsync<string?>("Decision", Minutes(60), "a test"));
        var id = await StartAsync((context, _) => CallChildAsync(context, child, instanceId: childId));
        await Harness.SettleAsync();
        Assert.Equal(OrchestrationStatus.Running, (await GetAsync(id)).Status);
        await Client.RaiseEventAsync(childId, "Decision", "yes", None);
        Assert.Equal("yes", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_sub_orchestration_that_continues_as_new_answers_at_its_end()
    {
        var child = Key("child");
        Scenarios.Set(child, async (context, input) =>
        {
            await Echo.CallAsync(context, "work");
            if (input == "xxx")
            {
                return input;
            }

            context.ContinueAsNew(new ScenarioInput(child, input + "x"));
            return null;
        });
        Assert.Equal("xxx", await RunAsync((context, _) => CallChildAsync(context, child, "")));
    }

    [Fact]
    public async Task An_id_can_be_used_again_when_its_instance_has_finished()
    {
        var childId = Key("child-id");
        var child = Child((context, input) => Echo.CallAsync(context, input));
        Assert.Equal("1,2", await RunAsync(async (context, _) =>
            $"{await CallChildAsync(context, child, "1", childId)},{await CallChildAsync(context, child, "2", childId)}"));
    }

    [Fact]
    public async Task An_orchestration_that_is_not_registered_fails_its_caller()
    {
        var finished = await FinishAsync(await StartAsync(async (context, _) =>
            await context.CallSubOrchestratorAsync<string?>("Nowhere", null, null, new RetryPolicy(5, Minutes(10)))));
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
    }

    [Fact]
    public async Task Ending_a_caller_leaves_its_sub_orchestration_running()
    {
        var childId = Key("child-id");
        var child = Child((context, _) => context.WaitForExternalEventAsync<string?>("Decision", Minutes(60), "a test"));
        var id = await StartAsync((context, _) => CallChildAsync(context, child, instanceId: childId));
        await Harness.SettleAsync();
        await Client.TerminateAsync(id, "a test", None);
        Assert.Equal(OrchestrationStatus.Terminated, (await FinishAsync(id)).Status);
        await Client.RaiseEventAsync(childId, "Decision", "yes", None);
        Assert.Equal("yes", OutputOf(await FinishAsync(childId)));
    }

    [Fact]
    public async Task A_sub_orchestration_under_way_survives_a_restart()
    {
        var childId = Key("child-id");
        var child = Child((context, _) => context.WaitForExternalEventAsync<string?>("Decision", Minutes(60), "a test"));
        var id = await StartAsync((context, _) => CallChildAsync(context, child, instanceId: childId));
        await Harness.SettleAsync();
        await Harness.RestartAsync();
        await Client.RaiseEventAsync(childId, "Decision", "yes", None);
        Assert.Equal("yes", OutputOf(await FinishAsync(id)));
    }
}
