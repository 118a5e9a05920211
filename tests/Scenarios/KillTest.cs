using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>The host killed again and again, at random instants, while extracts go through it.</summary>
public class KillTest
{
    [Fact]
    public Task Killed_a_few_times_the_host_loses_nothing_and_does_nothing_twice() => RunAsync(kills: 5, total: 10);

    [Fact]
    [Trait("Category", "Exhaustive")]
    public Task Killed_at_fifty_random_instants_over_a_hundred_extracts_the_host_loses_nothing_and_does_nothing_twice() => RunAsync(kills: 50, total: 100);

    private static async Task RunAsync(int kills, int total)
    {
        await using var world = await World.CreateAloneAsync();
        var random = new Random(2_026);
        var granted = new HashSet<string>();
        for (var kill = 0; kill < kills; kill++)
        {
            await using var host = await HostProcess.StartAsync(world);
            var lifetime = TimeSpan.FromMilliseconds(random.Next(0, 900));
            var work = DropUntilKilledAsync(host, world, granted, wanted: total * (kill + 1) / kills, random.Next());
            await Task.WhenAny(work, Task.Delay(lifetime, TimeProvider.System));
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 400)), TimeProvider.System);
            await host.KillAsync();
            await work;
        }

        // A day on: what was cut short and is wanted by nobody is ended by the sweep.
        var time = new VirtualClock(TimeProvider.System.GetUtcNow().AddDays(1));
        await using var last = await world.StartAsync(time);
        while (granted.Count < total)
        {
            using var api = World.As(last, "school-0");
            granted.Add((await new DropSender(api, "school-0").PutAsync(Request, File(granted.Count), plain: false, World.Patience)).GrantId);
        }

        var extracts = await SettledAsync(last, granted);
        Assert.Equal(total, extracts.Select(extract => extract.Id).Distinct().Count());
        foreach (var extract in extracts)
        {
            AssertEndedAsItsContentAsks(extract);
        }

        await World.SweepAsync(last);
        await World.AssertAccountedForAsync(last);
        await AssertEachSealedOnceAsync(last, extracts);
    }

    private static GrantRequest Request => new(World.Attendance);

    /// <summary>Every fifth file is one that must be quarantined.</summary>
    private static MemoryStream File(int index) => new(index % 5 == 4 ? "Surname,Forenames\r\nX,Y\r\n"u8.ToArray() : World.AttendanceFile(50 + index, seed: index));

    private static async Task DropUntilKilledAsync(HostProcess host, World world, HashSet<string> granted, int wanted, int seed)
    {
        try
        {
            while (granted.Count < wanted)
            {
                var agency = $"school-{(granted.Count + seed) % 10}";
                using var api = host.As(world, agency);
                granted.Add((await new DropSender(api, agency).PutAsync(Request, File(granted.Count), plain: false, World.Patience)).GrantId);
            }
        }
        catch (CommandException e) when (e.ExitCode == ExitCode.Unavailable)
        {
            // Killed while a drop was on its way: a grant that reached nobody waits for its end.
        }
    }

    private static async Task<List<ExtractView>> SettledAsync(LocalHost host, HashSet<string> granted)
    {
        var registers = host.Services.GetRequiredService<Registers>();
        var extracts = new List<ExtractView>();
        foreach (var id in granted)
        {
            var agency = (await registers.Grants.GetAsync(id, World.Patience)).Row.Agency;
            using var api = World.As(host, agency, Role.AgencySubmitter);
            extracts.Add(await new DropSender(api, agency).WaitAsync(id, World.Patience));
        }

        return extracts;
    }

    private static void AssertEndedAsItsContentAsks(ExtractView extract) => Assert.True(
        extract is { State: "Kept", RowsAccepted: > 0 } or { State: "Quarantined", RefusalCode.Length: > 0, RowsAccepted: 0 },
        $"{extract.Id} stands as {extract.State} {extract.RefusalCode}");

    private static async Task AssertEachSealedOnceAsync(LocalHost host, List<ExtractView> extracts)
    {
        var records = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).ToListAsync();
        Assert.Equal(Enumerable.Range(0, records.Count).Select(index => (long)index), records.Select(record => record.Index));
        foreach (var extract in extracts)
        {
            var outcomes = records.Where(record =>
                record.Entry is { Act: "extract.seal", Kind: EntryKind.Outcome } entry && entry.References.Contains(extract.Id) && entry.Result is "done");
            Assert.Equal(extract.State == "Kept" ? 1 : 0, outcomes.Count());
        }
    }
}
