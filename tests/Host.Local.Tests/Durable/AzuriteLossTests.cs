using Microsoft.Extensions.Logging;
using TfFlow.Host.Local.Azurite;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.TestKit.Durable;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Durable;

/// <summary>An emulator that is stopped or killed under a running host.</summary>
public sealed class AzuriteLossTests
{
    [Fact]
    public async Task While_the_store_is_away_the_host_waits_says_so_and_goes_on()
    {
        await using var world = await World.StartAsync();
        var id = await StartAsync(world.Harness, "away", async (context, _) =>
        {
            var first = await WaitAsync(context);
            return first + await Echo.CallAsync(context, "!");
        });
        await world.Azurite.StopAsync();
        var raising = world.Harness.Client.RaiseEventAsync(id, "Go", "kept waiting", default);
        await UntilAsync(() => world.Harness.Log.Of(LogLevel.Warning).Any(line => line.Contains("store does not answer", StringComparison.Ordinal)));
        Assert.False(raising.IsCompleted);
        await world.Azurite.StartAgainAsync(default);
        await raising.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("\"kept waiting!\"", (await world.Harness.Client.WaitForCompletionAsync(id, true, default).WaitAsync(TimeSpan.FromSeconds(60))).Output);
        Assert.Contains(world.Harness.Log.Of(LogLevel.Information), line => line.Contains("store answers again", StringComparison.Ordinal));
        Assert.Empty(world.Harness.Log.Of(LogLevel.Error));
    }

    [Fact]
    public async Task After_a_hard_kill_the_host_says_what_is_lost_and_goes_on_from_what_is_there()
    {
        await using var world = await World.StartAsync();
        var id = await StartAsync(world.Harness, "killed", async (context, _) => $"{await WaitAsync(context)},{await WaitAsync(context)},{await WaitAsync(context)}");
        await world.Harness.Client.RaiseEventAsync(id, "Go", "saved", default);
        await world.Azurite.StopAsync(); // saves
        await world.Azurite.StartAgainAsync(default);
        await world.Harness.Client.RaiseEventAsync(id, "Go", "lost", default);
        await world.Azurite.KillAsync(); // within the five seconds before it saves
        await world.Azurite.StartAgainAsync(default);
        await world.Harness.Client.RaiseEventAsync(id, "Go", "second", default).WaitAsync(TimeSpan.FromSeconds(60));
        await world.Harness.SettleAsync();
        var now = (await world.Harness.Client.GetInstanceAsync(id, true, default))!;
        if (now.Status == OrchestrationStatus.Running)
        {
            Assert.Contains(world.Harness.Log.Of(LogLevel.Error), line => line.Contains("lost acknowledged writes", StringComparison.Ordinal));
            await world.Harness.Client.RaiseEventAsync(id, "Go", "third", default);
            now = await world.Harness.Client.WaitForCompletionAsync(id, true, default).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal("\"saved,second,third\"", now.Output);
        }
        else
        {
            Assert.Equal("\"saved,lost,second\"", now.Output); // it saved in time after all
        }
    }

    private static Task<string> StartAsync(LocalHarness harness, string key, ScenarioCode code)
    {
        Scenarios.Set(key, code);
        return ScenarioOrchestration.ScheduleAsync(harness.Client, new ScenarioInput(key, null), null, default);
    }

    private static Task<string?> WaitAsync(OrchestrationContext context) => context.WaitForExternalEventAsync<string?>("Go", TimeSpan.FromDays(1), "a test");

    private static async Task UntilAsync(Func<bool> so)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!so())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private sealed class World(AzuriteServer azurite, LocalHarness harness, string folder) : IAsyncDisposable
    {
        public AzuriteServer Azurite => azurite;

        public LocalHarness Harness => harness;

        public static async Task<World> StartAsync()
        {
            var folder = Directory.CreateTempSubdirectory("tfflow-loss-").FullName;
            var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder }, CancellationToken.None);
            var options = new StoreOptions { MaxRetries = 1 }; // so that the host's own patience is what is seen
            var account = azurite.ConnectionString(AzuriteAccounts.Host);
            var harness = new LocalHarness(new TableStore(account, options), new BlobStore(account, options));
            await harness.StartHostAsync();
            return new(azurite, harness, folder);
        }

        public async ValueTask DisposeAsync()
        {
            await harness.DisposeAsync();
            await azurite.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
