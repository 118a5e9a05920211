using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Engine;
using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Engine;

[Collection(AzuriteFixture.Collection)]
[Trait("Category", "Exhaustive")]
public sealed class EngineKillTest(AzuriteFixture azurite)
{
    private string Connection => azurite.Server.ConnectionString(AzuriteAccounts.Host);

    [Fact]
    public async Task A_host_killed_again_and_again_brings_every_instance_to_the_end_it_would_have_had()
    {
        var hub = AzuriteFixture.FreshName("killed");
        using (var first = await EngineStory.StartAsync(Connection, hub, new VirtualClock(EngineHost.Start.AddYears(-1))))
        {
            await EngineStory.BeginAsync(first.Services.GetRequiredService<DurableTaskClient>());
            await first.StopAsync();
        }

        var random = new Random(7);
        for (var kill = 0; kill < 10; kill++)
        {
            using var process = EngineStory.StartProcess(Connection, hub);
            await process.StandardOutput.ReadLineAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 3000)), TimeProvider.System);
            process.Kill();
            await process.WaitForExitAsync();
        }

        using var last = EngineStory.StartProcess(Connection, hub);
        await last.WaitForExitAsync();
        Assert.Equal(0, last.ExitCode);
        using var host = await EngineStory.StartAsync(Connection, hub, new VirtualClock(EngineHost.Start.AddYears(-1)));
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        for (var instance = 0; instance < EngineStory.Instances; instance++)
        {
            var shown = (await client.GetInstanceAsync(EngineStory.IdOf(instance), getInputsAndOutputs: true))!;
            Assert.Equal((OrchestrationRuntimeStatus.Completed, EngineStory.Ending(instance)), (shown.RuntimeStatus, shown.ReadOutputAs<string>()));
        }

        await host.StopAsync();
    }

    [Fact]
    public async Task An_activity_longer_than_its_message_is_hidden_runs_once()
    {
        var runs = 0;
        using var host = await StartAsync(AzuriteFixture.FreshName("long"), registry => registry.AddActivityFunc<int, int>("Long", async (_, seconds) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
            return Interlocked.Increment(ref runs);
        }));
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Calls");
        await client.WaitForInstanceCompletionAsync(id);
        Assert.Equal(1, runs);
        await host.StopAsync();
    }

    private async Task<IHost> StartAsync(string hub, Action<DurableTaskRegistry> tasks)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLocalEngine(
            options => (options.ConnectionString, options.HubName) = (Connection, hub),
            registry =>
            {
                registry.AddOrchestratorFunc<int>("Calls", context => context.CallActivityAsync<int>("Long", 25));
                tasks(registry);
            });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
