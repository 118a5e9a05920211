using Microsoft.DurableTask;
using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Engine;

[Collection(AzuriteFixture.Collection)]
public sealed class EngineRestartTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly EngineHost host = new(azurite);

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_host_that_starts_again_finds_the_time_and_every_timer()
    {
        var child = Scripts.Add(async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromDays(20), CancellationToken.None);
            return "child";
        });
        var parent = await host.BeginAsync(async (context, _) => await context.CallSubOrchestratorAsync<string>(
            Scripts.Orchestrator, new ScriptInput(child, null), new SubOrchestrationOptions(instanceId: context.InstanceId + "-child")));
        var key = Scripts.NewKey();
        var retry = await host.BeginAsync(async (context, _) =>
            $"{await context.TryAsync(key, failures: 1, TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromDays(15), maxRetryInterval: TimeSpan.FromDays(15))))}");
        var wait = await host.BeginAsync(async (context, input) =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("word", TimeSpan.FromDays(5));
            }
            catch (OperationCanceledException) when (input is null)
            {
                context.Continue("second generation");
                return null;
            }
            catch (OperationCanceledException)
            {
                return $"{context.CurrentUtcDateTime:O}";
            }
        });
        await host.PassAsync(TimeSpan.FromDays(7));
        var (stood, kept) = (host.Now, host.Engine.KeptTimers);

        await host.RestartAsync();

        Assert.Equal(stood, host.Now);
        Assert.Equal((3, 3), (kept, host.Engine.KeptTimers));
        await host.PassAsync(TimeSpan.FromDays(30));
        Assert.Equal("child", await host.OutputAsync(parent));
        Assert.Equal("2", await host.OutputAsync(retry));
        Assert.Equal($"{EngineHost.Start.UtcDateTime.AddDays(10):O}", await host.OutputAsync(wait));
    }

    [Fact]
    public async Task An_instance_that_an_older_version_started_ends_under_the_next_ones_host()
    {
        await host.RestartAsync(options => options.Version = "1");
        Script script = async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return $"as version {context.Version} says";
        };
        var old = await host.BeginAsync(script);
        await host.SettleAsync();
        await host.RestartAsync(options => options.Version = "2");
        var young = await host.BeginAsync(script);
        await host.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("as version 1 says", await host.OutputAsync(old));
        Assert.Equal("as version 2 says", await host.OutputAsync(young));
    }

    [Fact]
    [Trait("Category", "Exhaustive")] // the store's time is real: what the host held is seen again after seconds
    public async Task An_activity_under_way_when_the_host_stops_runs_again_and_is_no_failure()
    {
        await host.RestartAsync(options => options.PrepareActivity = (activity, stopping) =>
        {
            if (activity is HoldActivity hold)
            {
                hold.Stopping = stopping;
            }
        });
        var key = Scripts.NewKey();
        var id = await host.BeginAsync(async (context, _) => await context.CallActivityAsync<string>(Scripts.Hold, key));
        await HoldActivity.IsHeldAsync(key);
        await host.RestartAsync();
        Assert.Equal("ran again", await host.OutputAsync(id));
    }

    [Fact]
    [Trait("Category", "Exhaustive")]
    public async Task An_activity_that_does_not_heed_the_stop_is_left_behind_and_runs_again_within_half_a_minute()
    {
        await host.RestartAsync(options => options.StopGrace = TimeSpan.Zero);
        var key = Scripts.NewKey();
        var id = await host.BeginAsync(async (context, _) => await context.CallActivityAsync<string>(Scripts.Hold, key));
        await HoldActivity.IsHeldAsync(key);
        await host.RestartAsync();
        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal("ran again", await host.OutputAsync(id));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }
}
