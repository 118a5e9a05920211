using Microsoft.Extensions.Logging;
using TfFlow.Host.Local.Durable;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.TestKit;
using TfFlow.TestKit.Durable;

namespace TfFlow.Host.Local.Tests.Durable;

[Collection(AzuriteFixture.Collection)]
public sealed class LeaseTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_host_that_died_takes_its_lease_back_at_once()
    {
        await using var first = Harness("lease");
        await first.StartHostAsync();
        await first.KillAsync();
        await using var second = Harness(first.Options.Prefix, first.Options.LeaseFile);
        await second.StartHostAsync();
        Assert.DoesNotContain(second.Log.Of(LogLevel.Information), line => line.Contains("waiting for it to lapse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_host_stands_by_until_the_lease_of_one_that_died_lapses()
    {
        await using var first = Harness("lease");
        await first.StartHostAsync();
        var id = await StartWaitingAsync(first);
        await using var second = Harness(first.Options.Prefix);
        var starting = second.StartHostAsync();
        await StandsByAsync(second);
        await first.KillAsync();
        Assert.False(starting.IsCompleted);
        await starting.WaitAsync(Patience);
        await second.Client.RaiseEventAsync(id, "Go", "taken over", default);
        Assert.Equal("\"taken over\"", (await second.Client.WaitForCompletionAsync(id, true, default)).Output);
    }

    [Fact]
    public async Task A_host_that_stops_hands_over_at_once()
    {
        await using var first = Harness("lease", duration: TimeSpan.FromSeconds(60));
        await first.StartHostAsync();
        var id = await StartWaitingAsync(first);
        await using var second = Harness(first.Options.Prefix, duration: TimeSpan.FromSeconds(60));
        var starting = second.StartHostAsync();
        await StandsByAsync(second);
        await first.Host.StopAsync(default);
        await starting.WaitAsync(TimeSpan.FromSeconds(20));
        await second.Client.RaiseEventAsync(id, "Go", "handed over", default);
        Assert.Equal("\"handed over\"", (await second.Client.WaitForCompletionAsync(id, true, default)).Output);
    }

    [Fact]
    public async Task A_host_whose_lease_is_taken_stops_and_stands_by()
    {
        await using var host = Harness("lease");
        await host.StartHostAsync();
        var id = await StartWaitingAsync(host);
        var blob = new Vault.Storage.BlobAddress(host.Options.Prefix + "-host", "active");
        var own = Guid.Parse(await ReadSharedAsync(host.Options.LeaseFile));
        var thief = Guid.NewGuid();
        await azurite.Blobs.ReleaseLeaseAsync(blob, own, default);
        await azurite.Blobs.AcquireLeaseAsync(blob, thief, Shortest, default);
        await UntilAsync(() => host.Log.Of(LogLevel.Critical).Any(line => line.Contains("taken by another host", StringComparison.Ordinal)));
        await azurite.Blobs.ReleaseLeaseAsync(blob, thief, default);
        await host.Host.WhenActiveAsync(default).WaitAsync(Patience);
        await host.Client.RaiseEventAsync(id, "Go", "back", default);
        Assert.Equal("\"back\"", (await host.Client.WaitForCompletionAsync(id, true, default)).Output);
    }

    [Fact]
    public async Task Two_processes_with_one_lease_file_take_turns()
    {
        await using var first = Harness("lease");
        await first.StartHostAsync();
        await using var second = Harness(first.Options.Prefix, first.Options.LeaseFile);
        var starting = second.StartHostAsync();
        await StandsByAsync(second);
        Assert.False(starting.IsCompleted);
        await first.KillAsync();
        await starting.WaitAsync(Patience);
    }

    private LocalHarness Harness(string prefix, string? leaseFile = null, TimeSpan? duration = null) => new(azurite.Tables, azurite.Blobs, options =>
    {
        options.Prefix = prefix == "lease" ? AzuriteFixture.FreshName(prefix) : prefix;
        options.LeaseFile = leaseFile ?? options.LeaseFile;
        options.LeaseDuration = duration ?? Shortest;
    });

    private static async Task<string> StartWaitingAsync(LocalHarness harness)
    {
        Scenarios.Set("lease", (context, _) => context.WaitForExternalEventAsync<string?>("Go", TimeSpan.FromDays(1), "a test"));
        return await ScenarioOrchestration.ScheduleAsync(harness.Client, new ScenarioInput("lease", null), null, default);
    }

    private static Task StandsByAsync(LocalHarness harness) =>
        UntilAsync(() => harness.Log.Of(LogLevel.Information).Any(line => line.Contains("waiting for it to lapse", StringComparison.Ordinal)));

    private static async Task UntilAsync(Func<bool> so)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!so())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>The file is locked by a host of this process: only its bytes are read, as an operator would.</summary>
    private static async Task<string> ReadSharedAsync(string path)
    {
        var copy = path + ".copy";
        using var cat = System.Diagnostics.Process.Start("cp", [path, copy]);
        await cat.WaitForExitAsync();
        var text = await File.ReadAllTextAsync(copy);
        File.Delete(copy);
        return text;
    }
}
