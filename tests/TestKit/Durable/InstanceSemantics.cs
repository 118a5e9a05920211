using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

/// <summary>Starting, finding and purging instances.</summary>
public abstract class InstanceSemantics : DurableSemantics
{
    [Fact]
    public async Task An_instance_shows_its_name_input_output_and_times()
    {
        var before = Harness.Now;
        var id = await StartAsync((context, input) => Echo.CallAsync(context, input + "!"), "hello");
        var finished = await FinishAsync(id);
        Assert.Equal((id, nameof(ScenarioOrchestration)), (finished.InstanceId, finished.Name));
        Assert.Equal("hello", OrchestrationJson.Deserialize<ScenarioInput>(finished.Input).Input);
        Assert.Equal("hello!", OutputOf(finished));
        Assert.True(finished.CreatedAt >= before.AddSeconds(-1) && finished.LastUpdatedAt >= finished.CreatedAt);
    }

    [Fact]
    public async Task Inputs_and_outputs_are_shown_only_when_asked_for()
    {
        var id = await StartAsync((context, input) => Echo.CallAsync(context, input), "hello");
        await FinishAsync(id);
        var plain = await Client.GetInstanceAsync(id, getInputsAndOutputs: false, None);
        Assert.Equal((null, null), (plain!.Input, plain.Output));
        Assert.Equal(OrchestrationStatus.Completed, plain.Status);
    }

    [Fact]
    public async Task An_unknown_instance_is_not_found() => Assert.Null(await Client.GetInstanceAsync(Key("unknown"), true, None));

    [Fact]
    public async Task Instances_without_an_id_get_ids_of_their_own()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => StartAsync((_, _) => Task.FromResult<string?>(null))));
        Assert.Equal(10, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    public async Task An_id_that_cannot_be_a_key_is_refused(string id) =>
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync((_, _) => Task.FromResult<string?>(null), options: new StartOptions { InstanceId = id }));

    [Fact]
    public async Task Ids_with_unusual_characters_work()
    {
        var id = Key("ünusual 'id' (%7e) & more: +1 家 ");
        await StartAsync((context, _) => Echo.CallAsync(context, context.InstanceId), options: new StartOptions { InstanceId = id });
        Assert.Equal(id, OutputOf(await FinishAsync(id)));
        Assert.True(await Client.PurgeAsync(id, None));
    }

    [Fact]
    public async Task A_start_on_a_running_instance_is_refused()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Assert.ThrowsAsync<InstanceExistsException>(() => StartAsync((_, _) => Task.FromResult<string?>("second"), options: new StartOptions { InstanceId = id }));
        await Client.RaiseEventAsync(id, "Go", "first", None);
        Assert.Equal("first", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_start_on_a_suspended_instance_is_refused()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Harness.SettleAsync();
        await Client.SuspendAsync(id, "a test", None);
        await UntilStatusAsync(id, OrchestrationStatus.Suspended);
        await Assert.ThrowsAsync<InstanceExistsException>(() => StartAsync((_, _) => Task.FromResult<string?>("second"), options: new StartOptions { InstanceId = id }));
    }

    [Fact]
    public async Task A_start_on_a_completed_instance_replaces_it()
    {
        var id = await StartAsync((context, _) => Echo.CallAsync(context, "first"));
        Assert.Equal("first", OutputOf(await FinishAsync(id)));
        await StartAsync((context, _) => Echo.CallAsync(context, "second"), options: new StartOptions { InstanceId = id });
        Assert.Equal("second", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_start_on_a_failed_or_terminated_instance_replaces_it()
    {
        var id = await StartAsync((_, _) => throw new BrokenException("first"));
        await FinishAsync(id);
        await StartAsync((context, _) => WaitAsync(context), options: new StartOptions { InstanceId = id });
        await Harness.SettleAsync();
        await Client.TerminateAsync(id, "second", None);
        await FinishAsync(id);
        await StartAsync((_, _) => Task.FromResult<string?>("third"), options: new StartOptions { InstanceId = id });
        Assert.Equal("third", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_instance_that_is_replaced_takes_nothing_over()
    {
        var key = Key();
        var id = await StartAsync(async (context, _) =>
        {
            context.SetCustomStatus("first");
            return await Echo.CallAsync(context, "first");
        });
        await FinishAsync(id);
        await StartAsync(
            async (context, _) =>
            {
                await WaitAsync(context);
                return $"{await Count.CallAsync(context, key)}";
            },
            options: new StartOptions { InstanceId = id });
        await Harness.SettleAsync();
        var second = await GetAsync(id);
        Assert.Equal((OrchestrationStatus.Running, null, null), (second.Status, second.CustomStatus, second.Output));
        await Harness.RestartAsync();
        await Client.RaiseEventAsync(id, "Go", null, None);
        Assert.Equal("1", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_orchestration_that_is_not_registered_fails()
    {
        var id = await Client.ScheduleNewInstanceAsync("Nowhere", null, null, None);
        Assert.Equal(OrchestrationStatus.Failed, (await FinishAsync(id)).Status);
    }

    [Fact]
    public async Task Instances_are_found_by_their_status()
    {
        var prefix = Key("by-status-");
        await StartAsync((_, _) => Task.FromResult<string?>(null), options: new StartOptions { InstanceId = prefix + "completed" });
        await StartAsync((_, _) => throw new BrokenException("a test"), options: new StartOptions { InstanceId = prefix + "failed" });
        await StartAsync((context, _) => WaitAsync(context), options: new StartOptions { InstanceId = prefix + "running" });
        await Harness.SettleAsync();
        await FinishAsync(prefix + "completed");
        await FinishAsync(prefix + "failed");
        Assert.Equal([prefix + "completed", prefix + "failed"], await QueryAsync(prefix, OrchestrationStatus.Completed, OrchestrationStatus.Failed));
        Assert.Equal([prefix + "running"], await QueryAsync(prefix, OrchestrationStatus.Running));
        Assert.Equal([], await QueryAsync(prefix, OrchestrationStatus.Terminated));
    }

    [Fact]
    public async Task Instances_are_found_by_their_prefix_and_time()
    {
        var prefix = Key("by-prefix-");
        await StartAsync((context, _) => WaitAsync(context), options: new StartOptions { InstanceId = prefix + "-one" });
        await PassAsync(10);
        var between = Harness.Now - Minutes(5);
        await StartAsync((context, _) => WaitAsync(context), options: new StartOptions { InstanceId = prefix + "-two" });
        await Harness.SettleAsync();
        Assert.Equal([prefix + "-one", prefix + "-two"], await QueryAsync(prefix));
        Assert.Equal([prefix + "-two"], await QueryAsync(new OrchestrationQuery { InstanceIdPrefix = prefix, CreatedFrom = between }));
        Assert.Equal([prefix + "-one"], await QueryAsync(new OrchestrationQuery { InstanceIdPrefix = prefix, CreatedTo = between }));
    }

    [Fact]
    public async Task Instances_come_page_by_page_each_once()
    {
        var prefix = Key("by-page-");
        for (var i = 0; i < 25; i++)
        {
            await StartAsync((_, _) => Task.FromResult<string?>(null), options: new StartOptions { InstanceId = $"{prefix}-{i:D2}" });
        }

        await Harness.SettleAsync();
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"{prefix}-{i:D2}"), await QueryAsync(new OrchestrationQuery { InstanceIdPrefix = prefix, PageSize = 10 }));
    }

    [Fact]
    public async Task A_purged_instance_is_unknown()
    {
        var id = await StartAsync((context, _) => Echo.CallAsync(context, "done"));
        await FinishAsync(id);
        Assert.True(await Client.PurgeAsync(id, None));
        Assert.Null(await Client.GetInstanceAsync(id, true, None));
        Assert.False(await Client.PurgeAsync(id, None));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.RaiseEventAsync(id, "Go", null, None));
    }

    [Fact]
    public async Task A_running_instance_is_not_purged()
    {
        var id = await StartAsync((context, _) => WaitAsync(context));
        await Harness.SettleAsync();
        Assert.False(await Client.PurgeAsync(id, None));
        Assert.Equal(OrchestrationStatus.Running, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task A_purged_id_can_be_started_again()
    {
        var id = await StartAsync((context, _) => Echo.CallAsync(context, "first"));
        await FinishAsync(id);
        await Client.PurgeAsync(id, None);
        await StartAsync((context, _) => Echo.CallAsync(context, "second"), options: new StartOptions { InstanceId = id });
        Assert.Equal("second", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Finished_instances_are_purged_by_age_and_status()
    {
        var from = Harness.Now;
        var completed = await StartAsync((_, _) => Task.FromResult<string?>(null));
        var failed = await StartAsync((_, _) => throw new BrokenException("a test"));
        var running = await StartAsync((context, _) => WaitAsync(context));
        await FinishAsync(completed);
        await FinishAsync(failed);
        await PassAsync(10);
        var late = await StartAsync((_, _) => Task.FromResult<string?>(null));
        await FinishAsync(late);
        Assert.Equal(1, await Client.PurgeAsync(new PurgeFilter(from, Harness.Now - Minutes(5), [OrchestrationStatus.Completed]), None));
        Assert.Null(await Client.GetInstanceAsync(completed, false, None));
        Assert.Equal(2, await Client.PurgeAsync(new PurgeFilter(from), None));
        Assert.Null(await Client.GetInstanceAsync(failed, false, None));
        Assert.Null(await Client.GetInstanceAsync(late, false, None));
        Assert.NotNull(await Client.GetInstanceAsync(running, false, None));
    }

    [Theory]
    [InlineData("running")]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("purged")]
    public async Task The_claim_row_lets_the_work_be_done_once(string first)
    {
        var (claim, effect) = (Key("claim"), Key("effect"));
        var id = Key("once");
        ScenarioCode code = async (context, input) =>
        {
            if (!await Claim.CallAsync(context, new ClaimOf(claim, input!)))
            {
                return "done before";
            }

            await Count.CallAsync(context, effect);
            return first switch
            {
                "running" => await WaitAsync(context),
                "failed" => throw new BrokenException("after the work"),
                _ => "done",
            };
        };
        await StartAsync(code, "first delivery", new StartOptions { InstanceId = id });
        if (first == "running")
        {
            await Harness.SettleAsync();
            await Assert.ThrowsAsync<InstanceExistsException>(() => StartAsync(code, "second delivery", new StartOptions { InstanceId = id }));
        }
        else
        {
            await FinishAsync(id);
            if (first == "purged")
            {
                Assert.True(await Client.PurgeAsync(id, None));
            }

            await StartAsync(code, "second delivery", new StartOptions { InstanceId = id });
            Assert.Equal("done before", OutputOf(await FinishAsync(id)));
        }

        Assert.Equal(1, Effects.RunsOf(effect));
    }

    private Task<string?> WaitAsync(OrchestrationContext context) => context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");

    private async Task<IReadOnlyList<string>> QueryAsync(string prefix, params OrchestrationStatus[] statuses) =>
        await QueryAsync(new OrchestrationQuery { InstanceIdPrefix = prefix, Statuses = statuses.Length == 0 ? null : statuses });

    private async Task<IReadOnlyList<string>> QueryAsync(OrchestrationQuery query)
    {
        var found = new List<string>();
        string? continuation = null;
        do
        {
            var page = await Client.QueryAsync(query, continuation, None);
            Assert.InRange(page.Instances.Count, 0, query.PageSize);
            found.AddRange(page.Instances.Select(instance => instance.InstanceId));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return [.. found.Order(StringComparer.Ordinal)];
    }
}
