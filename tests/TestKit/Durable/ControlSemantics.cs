using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

public abstract class ControlSemantics : DurableSemantics
{
    [Fact]
    public async Task A_custom_status_is_seen_while_it_runs_and_after()
    {
        var id = await StartAsync(async (context, _) =>
        {
            context.SetCustomStatus("waiting for the first");
            await WaitAsync(context);
            context.SetCustomStatus(new FailTimes("waiting for the second", 2));
            await WaitAsync(context);
            return null;
        });
        await Harness.SettleAsync();
        Assert.Equal("\"waiting for the first\"", (await GetAsync(id)).CustomStatus);
        await Client.RaiseEventAsync(id, "Go", null, None);
        await Harness.SettleAsync();
        Assert.Equal("waiting for the second", OrchestrationJson.Deserialize<FailTimes>((await GetAsync(id)).CustomStatus).Key);
        await Client.RaiseEventAsync(id, "Go", null, None);
        Assert.NotNull((await FinishAsync(id)).CustomStatus);
    }

    [Fact]
    public async Task Terminating_ends_a_waiting_instance_with_the_reason_as_its_output()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Harness.SettleAsync();
        await Client.TerminateAsync(id, "no longer needed", None);
        var finished = await FinishAsync(id);
        Assert.Equal(OrchestrationStatus.Terminated, finished.Status);
        Assert.Equal("no longer needed", OrchestrationJson.Deserialize<string>(finished.Output));
        Assert.Null(finished.Failure);
    }

    [Fact]
    public async Task Terminating_runs_no_further_step()
    {
        var (gate, after) = (Key(), Key());
        var id = await StartAsync(async (context, _) =>
        {
            await Gate.CallAsync(context, gate);
            return $"{await Count.CallAsync(context, after)}";
        });
        await UntilAsync(() => Effects.RunsOf(gate) > 0);
        await Client.TerminateAsync(id, "a test", None);
        Assert.Equal(OrchestrationStatus.Terminated, (await FinishAsync(id)).Status);
        Effects.GateOf(gate).SetResult();
        await Harness.SettleAsync();
        Assert.Equal(0, Effects.RunsOf(after));
        Assert.Equal(OrchestrationStatus.Terminated, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task Terminating_a_finished_instance_changes_nothing()
    {
        var id = await StartAsync((_, _) => Task.FromResult<string?>("done"));
        await FinishAsync(id);
        await Client.TerminateAsync(id, "too late", None);
        await Harness.SettleAsync();
        Assert.Equal("done", OutputOf(await GetAsync(id)));
    }

    [Fact]
    public async Task Suspending_holds_an_instance_and_resuming_lets_it_go_on()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Harness.SettleAsync();
        await Client.SuspendAsync(id, "a test", None);
        await UntilStatusAsync(id, OrchestrationStatus.Suspended);
        await Client.RaiseEventAsync(id, "Go", "while suspended", None);
        await Harness.SettleAsync();
        Assert.Equal(OrchestrationStatus.Suspended, (await GetAsync(id)).Status);
        await Client.ResumeAsync(id, "a test", None);
        Assert.Equal("while suspended", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_resumed_instance_runs_again()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Client.SuspendAsync(id, "a test", None);
        await UntilStatusAsync(id, OrchestrationStatus.Suspended);
        await Client.ResumeAsync(id, "a test", None);
        await UntilStatusAsync(id, OrchestrationStatus.Running);
        await Client.RaiseEventAsync(id, "Go", "go", None);
        Assert.Equal("go", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Timers_due_while_suspended_fire_on_resuming()
    {
        var key = Key();
        var id = await StartAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(context.CurrentUtcDateTime + Minutes(10), "a test");
            return $"{await Count.CallAsync(context, key)}";
        });
        await Harness.SettleAsync();
        await Client.SuspendAsync(id, "a test", None);
        await PassAsync(15);
        Assert.Equal(0, Effects.RunsOf(key));
        await Client.ResumeAsync(id, "a test", None);
        Assert.Equal("1", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Results_that_come_while_suspended_wait_for_resuming()
    {
        var (gate, after) = (Key(), Key());
        var id = await StartAsync(async (context, _) =>
        {
            await Gate.CallAsync(context, gate);
            return $"{await Count.CallAsync(context, after)}";
        });
        await UntilAsync(() => Effects.RunsOf(gate) > 0);
        await Client.SuspendAsync(id, "a test", None);
        Effects.GateOf(gate).SetResult();
        await Harness.SettleAsync();
        Assert.Equal((0, OrchestrationStatus.Suspended), (Effects.RunsOf(after), (await GetAsync(id)).Status));
        await Client.ResumeAsync(id, "a test", None);
        Assert.Equal("1", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_suspended_instance_can_be_terminated()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Harness.SettleAsync();
        await Client.SuspendAsync(id, "a test", None);
        await Client.TerminateAsync(id, "a test", None);
        Assert.Equal(OrchestrationStatus.Terminated, (await FinishAsync(id)).Status);
    }

    [Fact]
    public async Task Suspending_twice_and_resuming_once_lets_it_go_on()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Harness.SettleAsync();
        await Client.SuspendAsync(id, "once", None);
        await Client.SuspendAsync(id, "twice", None);
        await UntilStatusAsync(id, OrchestrationStatus.Suspended);
        await Client.ResumeAsync(id, "a test", None);
        await Client.RaiseEventAsync(id, "Go", "go", None);
        Assert.Equal("go", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Suspending_or_resuming_a_finished_instance_changes_nothing()
    {
        var id = await StartAsync((_, _) => Task.FromResult<string?>("done"));
        await FinishAsync(id);
        await Client.SuspendAsync(id, "too late", None);
        await Client.ResumeAsync(id, "too late", None);
        await Harness.SettleAsync();
        Assert.Equal("done", OutputOf(await GetAsync(id)));
    }

    [Fact]
    public async Task Resuming_an_instance_that_is_not_suspended_changes_nothing()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Harness.SettleAsync();
        await Client.ResumeAsync(id, "a test", None);
        await Client.RaiseEventAsync(id, "Go", "go", None);
        Assert.Equal("go", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_suspension_survives_a_restart()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Harness.SettleAsync();
        await Client.SuspendAsync(id, "a test", None);
        await Client.RaiseEventAsync(id, "Go", "kept", None);
        await Harness.SettleAsync();
        await Harness.RestartAsync();
        await Harness.SettleAsync();
        Assert.Equal(OrchestrationStatus.Suspended, (await GetAsync(id)).Status);
        await Client.ResumeAsync(id, "a test", None);
        Assert.Equal("kept", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Nobody_can_be_terminated_suspended_or_resumed()
    {
        var nobody = Key("nobody");
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.TerminateAsync(nobody, "a test", None));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.SuspendAsync(nobody, "a test", None));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.ResumeAsync(nobody, "a test", None));
    }

    [Fact]
    public async Task Waiting_for_the_end_can_be_given_up()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.WaitForCompletionAsync(id, false, patience.Token));
    }

    [Fact]
    public async Task Many_can_wait_for_the_same_end()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        var waits = Enumerable.Range(0, 5).Select(_ => FinishAsync(id)).ToList();
        await Client.RaiseEventAsync(id, "Go", "go", None);
        Assert.All(await Task.WhenAll(waits), finished => Assert.Equal("go", OutputOf(finished)));
    }

    private Task<string?> WaitAsync(OrchestrationContext context) => context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
}
