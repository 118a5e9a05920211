using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Drops;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Retention;
using TfFlow.Scenarios.Cases;

namespace TfFlow.Scenarios;

/// <summary>The store goes away in the middle of work.</summary>
public class StoreAwayTest
{
    [Fact]
    public async Task A_store_that_stops_and_comes_back_is_waited_for_and_nothing_is_lost()
    {
        await using var world = await World.CreateAloneAsync();
        await using var host = await world.StartAsync();
        using var api = World.As(host, "school-0");
        var drops = new DropSender(api, "school-0");
        var grants = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            var file = new MemoryStream(World.AttendanceFile(1_500, seed: i));
            grants.Add((await drops.PutAsync(new GrantRequest(World.Attendance), file, plain: false, World.Patience)).GrantId);
        }

        await world.Azurite.StopAsync();

        // The intakes may have nothing left to ask: this question is put to the store that is away, and waits.
        var waiting = host.Services.GetRequiredService<Registers>().Extracts.FindAsync("none", World.Patience);
        await CaseWorld.UntilAsync<string>(
            async () => await File.ReadAllTextAsync(world.LogFile),
            log => log.Contains("does not answer", StringComparison.Ordinal));
        await world.Azurite.StartAgainAsync(World.Patience);

        Assert.Null(await waiting);
        foreach (var grant in grants)
        {
            var extract = await drops.WaitAsync(grant, World.Patience);
            Assert.Equal("Kept", extract.State);
        }

        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task After_a_store_lost_acknowledged_writes_the_host_says_which_entries_and_extracts_are_missing()
    {
        await using var world = await World.CreateAloneAsync();
        ExtractView kept;
        await using (var host = await world.StartAsync())
        {
            kept = await World.DropAsync(host, World.AttendanceFile(200));
            await world.LoseWritesAsync(() => World.DropAsync(host, World.AttendanceFile(200, seed: 2)));
        }

        await using var again = await world.StartAsync();
        var log = await File.ReadAllTextAsync(world.LogFile);

        Assert.Contains("The ledger in the store ends before what this host wrote", log, StringComparison.Ordinal);
        Assert.NotNull(await again.Services.GetRequiredService<Registers>().Extracts.FindAsync(kept.Id, World.Patience));
        _ = await again.Services.GetRequiredService<Inventory>().FindAsync(World.Patience).ToListAsync();
    }
}
