using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Engine;

namespace TfFlow.Host.Local.Tests.Engine;

[Trait("Category", "Exhaustive")]
public sealed class EngineOutageTest
{
    [Fact]
    public async Task What_is_under_way_when_the_store_goes_goes_on_when_it_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-outage-").FullName;
        await using (var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder }, CancellationToken.None))
        {
            using var host = await EngineStory.StartAsync(azurite.ConnectionString(AzuriteAccounts.Host), "outage", new VirtualClock(EngineHost.Start.AddYears(-1)));
            var client = host.Services.GetRequiredService<DurableTaskClient>();
            await EngineStory.BeginAsync(client);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
            var story = host.Services.GetRequiredService<LocalEngine>().AdvanceToAsync(EngineHost.Start, patience.Token);
            foreach (var seconds in (int[])[1, 2, 3])
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
                await azurite.StopAsync();
                await Task.Delay(TimeSpan.FromSeconds(seconds * 4), TimeProvider.System);
                await azurite.StartAgainAsync(CancellationToken.None);
            }

            await story;
            for (var instance = 0; instance < EngineStory.Instances; instance++)
            {
                var shown = (await client.GetInstanceAsync(EngineStory.IdOf(instance), getInputsAndOutputs: true))!;
                Assert.Equal(EngineStory.Ending(instance), shown.ReadOutputAs<string>());
            }

            await azurite.StopAsync();
            await host.StopAsync(); // with the store away
        }

        Directory.Delete(folder, recursive: true);
    }
}
