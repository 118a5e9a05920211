using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;
using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Engine;

[Collection(AzuriteFixture.Collection)]
public sealed class EngineControlTest(EngineHost host) : IClassFixture<EngineHost>
{
    private static readonly Script Waits = async (context, _) => await context.WaitForExternalEvent<string>("word");

    [Fact]
    public async Task An_instance_can_be_terminated_and_says_why()
    {
        var id = await host.BeginAsync(Waits);
        await host.SettleAsync();
        await host.Client.TerminateInstanceAsync(id, output: "an operator said so");
        await host.SettleAsync();
        var shown = await host.ShowAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, shown.RuntimeStatus);
        Assert.Equal("an operator said so", shown.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_suspended_instance_takes_what_came_meanwhile_when_it_is_resumed()
    {
        var id = await host.BeginAsync(Waits);
        await host.SettleAsync();
        await host.Client.SuspendInstanceAsync(id, "look");
        await host.Client.SuspendInstanceAsync(id, "look again");
        await host.SettleAsync();
        await host.Client.RaiseEventAsync(id, "word", "meanwhile");
        await host.SettleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.ShowAsync(id)).RuntimeStatus);
        await host.Client.ResumeInstanceAsync(id);
        Assert.Equal("meanwhile", await host.OutputAsync(id));
    }

    [Fact]
    public async Task An_id_that_runs_is_not_started_again()
    {
        await host.BeginAsync(Waits, id: "runs");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.BeginAsync(Waits, id: "runs"));
        await host.SettleAsync();
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.BeginAsync(Waits, id: "runs"));
    }

    [Fact]
    public async Task Of_many_starts_of_one_id_at_once_one_is_taken()
    {
        // It runs until it is told: one that has finished could be started again.
        Script waits = async (context, _) => await context.WaitForExternalEvent<string>("go");
        var starts = Enumerable.Range(0, 8).Select(_ => host.BeginAsync(waits, id: "at-once")).ToList();
        await Task.WhenAll(starts).ContinueWith(_ => { }, TaskScheduler.Default);
        _ = Assert.Single(starts, start => start.IsCompletedSuccessfully);
        await host.Client.RaiseEventAsync("at-once", "go", "told");
        Assert.Equal("told", await host.OutputAsync("at-once"));
    }

    [Fact]
    public async Task An_id_that_has_finished_can_be_started_again()
    {
        Script echoes = async (context, input) => await context.EchoAsync(input!);
        await host.BeginAsync(echoes, "once", id: "again");
        Assert.Equal("once", await host.OutputAsync("again"));
        await host.BeginAsync(echoes, "twice", id: "again");
        Assert.Equal("twice", await host.OutputAsync("again"));
    }

    [Fact]
    public async Task What_has_finished_is_purged_and_what_runs_is_not()
    {
        var (done, runs) = (await host.BeginAsync((_, _) => Task.FromResult<string?>("done")), await host.BeginAsync(Waits));
        await host.SettleAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.PurgeInstanceAsync(runs));
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync(done)).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync(done)).PurgedInstanceCount);
        Assert.Null(await host.Client.GetInstanceAsync(done));
        Assert.NotNull(await host.Client.GetInstanceAsync(runs));
    }

    [Fact]
    public async Task A_purge_by_age_takes_what_was_created_before_and_has_finished()
    {
        var (old, runs) = (await host.BeginAsync((_, _) => Task.FromResult<string?>("done")), await host.BeginAsync(Waits));
        await host.SettleAsync();
        await host.PassAsync(TimeSpan.FromDays(30));
        var young = await host.BeginAsync((_, _) => Task.FromResult<string?>("done"));
        await host.SettleAsync();
        await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: host.Now.AddDays(-1)));
        await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Running]));
        Assert.Null(await host.Client.GetInstanceAsync(old));
        Assert.NotNull(await host.Client.GetInstanceAsync(runs));
        Assert.NotNull(await host.Client.GetInstanceAsync(young));
    }

    [Fact]
    public async Task A_custom_status_is_shown_and_one_taken_back_is_none()
    {
        var id = await host.BeginAsync(async (context, _) =>
        {
            context.SetCustomStatus("waiting for a word");
            await context.WaitForExternalEvent<string>("word");
            context.SetCustomStatus(null);
            return null;
        });
        var silent = await host.BeginAsync(Waits);
        await host.SettleAsync();
        Assert.Equal("waiting for a word", (await host.ShowAsync(id)).ReadCustomStatusAs<string>());
        Assert.Null((await host.ShowAsync(silent)).SerializedCustomStatus);
        await host.Client.RaiseEventAsync(id, "word");
        await host.SettleAsync();
        Assert.Null((await host.ShowAsync(id)).SerializedCustomStatus);
    }

    [Fact]
    public async Task A_custom_status_that_tables_cannot_hold_is_a_failure_that_says_so()
    {
        var id = await host.BeginAsync(async (context, _) =>
        {
            context.SetCustomStatus(new string('x', 20_000));
            return await context.EchoAsync("never");
        });
        Assert.Equal("The custom status is larger than 16 KiB.", (await host.FailedAsync(id)).FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task Instances_are_listed_in_pages_by_prefix_and_status()
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            await host.BeginAsync(i == 0 ? Waits : (_, _) => Task.FromResult<string?>("done"), id: $"listed-{i}");
        }

        await host.SettleAsync();
        var completed = new OrchestrationQuery { InstanceIdPrefix = "listed-", Statuses = [OrchestrationRuntimeStatus.Completed], PageSize = 3 };
        var pages = new List<int>();
        await foreach (var page in host.Client.GetAllInstancesAsync(completed).AsPages())
        {
            pages.Add(page.Values.Count);
        }

        Assert.Equal(4, pages.Sum());
        Assert.True(pages.Max() <= 3);
    }
}
