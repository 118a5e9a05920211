using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Engine;
using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Engine;

[Collection(AzuriteFixture.Collection)]
public sealed class EngineRealTimeTest(AzuriteFixture azurite)
{
    [Fact]
    public async Task On_real_time_a_wait_of_eighty_days_is_ended_by_its_event_and_nobody_moves_the_clock()
    {
        void Configure(LocalEngineOptions options) => (options.ConnectionString, options.HubName) = (azurite.Server.ConnectionString(AzuriteAccounts.Host), "realtime");
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLocalEngine(Configure, registry => registry.AddOrchestratorFunc<string>("Waits", context => context.WaitForExternalEvent<string>("word", TimeSpan.FromDays(80))));
        using var host = builder.Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await client.WaitForInstanceStartAsync(id);

        // A command beside the host: a client of its own, in a container without a worker.
        await using (var command = new ServiceCollection().AddLocalEngineClient(Configure).BuildServiceProvider())
        {
            await command.GetRequiredService<DurableTaskClient>().RaiseEventAsync(id, "word", "from a command");
        }

        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        Assert.Equal("from a command", ended.ReadOutputAs<string>());
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Services.GetRequiredService<LocalEngine>().AdvanceToAsync(EngineHost.Start, CancellationToken.None));
        await host.StopAsync();
    }
}
