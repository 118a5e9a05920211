using Microsoft.Extensions.DependencyInjection;
using TfFlow.Host.Local.Engine;
using TfFlow.Lifecycle;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>The host killed again and again while its sweep, begun at every start, erases what is due.</summary>
public class SweepKillTest
{
    [Fact]
    public Task Killed_while_the_sweep_erases_the_host_erases_everything_due_once_and_certifies_it() => RunAsync(kills: 3, total: 8);

    [Fact]
    [Trait("Category", "Exhaustive")]
    public Task Killed_again_and_again_while_the_sweep_erases_the_host_erases_everything_due_once_and_certifies_it() => RunAsync(kills: 20, total: 40);

    private static async Task RunAsync(int kills, int total)
    {
        await using var world = await World.CreateAloneAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using (var host = await world.StartAsync(time))
        {
            for (var i = 0; i < total; i++)
            {
                Assert.Equal("Kept", (await World.DropAsync(host, World.AttendanceFile(400, seed: i), exchange: "testshire-attendance-brief")).State);
            }
        }

        var random = new Random(2_027);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var killed = await HostProcess.StartAsync(world);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 250)), TimeProvider.System);
            await killed.KillAsync();
        }

        // A day on: what the kills cut short is past everybody's patience.
        time = new VirtualClock(TimeProvider.System.GetUtcNow().AddDays(1));
        await using var last = await world.StartAsync(time);
        await World.SweepAsync(last);
        await last.Engine.AdvanceToAsync(time.GetUtcNow().AddDays(1), World.Patience);

        var registers = last.Services.GetRequiredService<Registers>();
        var extracts = await registers.Extracts.ListAsync(World.Patience).Select(extract => extract.Row).ToListAsync();
        Assert.Equal(total, extracts.Count);
        Assert.All(extracts, extract => Assert.Equal(ExtractStage.Erased, extract.State));
        await World.AssertAccountedForAsync(last);
        await AssertCertifiedOnceAsync(last, extracts.Select(extract => extract.Id.Text));
    }

    /// <summary>Each has one outcome, which names the certificate that lies in the outbox.</summary>
    internal static async Task AssertCertifiedOnceAsync(Host.Local.Hosting.LocalHost host, IEnumerable<string> extracts)
    {
        var outbox = host.Services.GetRequiredService<Outbox>();
        var done = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Where(record => record.Entry is { Act: "extract.erase", Kind: EntryKind.Outcome, Result: "done" })
            .ToListAsync();
        foreach (var id in extracts)
        {
            var outcome = Assert.Single(done, record => record.Entry.References.Contains(id));
            Assert.Equal(outcome.Entry.Hash, await outbox.HashAsync("school-0", $"certificates/{id}.json", World.Patience));
        }
    }
}
