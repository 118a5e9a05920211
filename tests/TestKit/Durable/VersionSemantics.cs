using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

public abstract class VersionSemantics : DurableSemantics
{
    [Fact]
    public async Task An_instance_has_the_version_of_the_host_that_started_it()
    {
        await Harness.RestartAsync("2.1");
        var id = await StartAsync((context, _) => Task.FromResult<string?>(context.Version));
        Assert.Equal("2.1", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_instance_has_the_version_it_is_started_with()
    {
        await Harness.RestartAsync("2");
        var id = await StartAsync((context, _) => Task.FromResult<string?>(context.Version), options: new StartOptions { Version = "1.5" });
        Assert.Equal("1.5", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task An_instance_started_by_one_version_finishes_under_the_next()
    {
        var key = Key("versioned");
        Scenarios.Set(key, async (context, _) =>
        {
            await Echo.CallAsync(context, "old step");
            await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
            return $"old code {context.Version}";
        });
        await Harness.RestartAsync("1");
        var old = await StartKeyAsync(key);
        await Harness.SettleAsync();
        Scenarios.Set(key, async (context, _) =>
        {
            if (context.Version == "1")
            {
                await Echo.CallAsync(context, "old step");
            }
            else
            {
                await Inflate.CallAsync(context, 1);
            }

            await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
            return $"new code {context.Version}";
        });
        await Harness.RestartAsync("2");
        var fresh = await StartKeyAsync(key);
        await Client.RaiseEventAsync(old, "Go", null, None);
        await Client.RaiseEventAsync(fresh, "Go", null, None);
        Assert.Equal("new code 1", OutputOf(await FinishAsync(old)));
        Assert.Equal("new code 2", OutputOf(await FinishAsync(fresh)));
    }

    [Fact]
    public async Task A_new_generation_keeps_its_instances_version()
    {
        var key = Key("generations");
        Scenarios.Set(key, async (context, input) =>
        {
            await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
            if (input is not null)
            {
                return context.Version;
            }

            context.ContinueAsNew(new ScenarioInput(key, "second"));
            return null;
        });
        await Harness.RestartAsync("1");
        var id = await StartKeyAsync(key);
        await Harness.SettleAsync();
        await Harness.RestartAsync("2");
        await Client.RaiseEventAsync(id, "Go", null, None);
        await Client.RaiseEventAsync(id, "Go", null, None);
        Assert.Equal("1", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_sub_orchestration_has_the_version_of_the_host_that_calls_it()
    {
        var child = Child((context, _) => Task.FromResult<string?>(context.Version));
        await Harness.RestartAsync("1");
        var id = await StartAsync(async (context, _) =>
        {
            await context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test");
            return $"{context.Version} calls {await CallChildAsync(context, child)}";
        });
        await Harness.SettleAsync();
        await Harness.RestartAsync("2");
        await Client.RaiseEventAsync(id, "Go", null, None);
        Assert.Equal("1 calls 2", OutputOf(await FinishAsync(id)));
    }
}
