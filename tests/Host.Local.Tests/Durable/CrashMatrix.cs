using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Durable;

/// <summary>A host may die before or after any operation on its store, and the next one ends where it would have ended.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class CrashMatrix(AzuriteFixture azurite)
{
    [Fact]
    public Task At_every_point_the_next_host_ends_where_the_first_would_have() => TellInMemoryAsync(instancesInMemory: 1000, every: 1);

    [Fact]
    public Task At_some_points_of_a_host_that_replays_every_turn() => TellInMemoryAsync(instancesInMemory: 0, every: 7);

    [Fact, Trait("Category", "Exhaustive")]
    public Task At_every_point_of_a_host_that_replays_every_turn() => TellInMemoryAsync(instancesInMemory: 0, every: 1);

    [Fact]
    public Task A_host_may_die_again_while_it_takes_up_what_the_last_one_left() => TellOfSeveralDeathsAsync(40);

    [Fact, Trait("Category", "Exhaustive")]
    public Task Hosts_may_die_again_and_again() => TellOfSeveralDeathsAsync(1000);

    [Fact]
    public Task On_Azurite_at_some_points() => TellOnAzuriteAsync(every: 23);

    [Fact, Trait("Category", "Exhaustive")]
    public Task On_Azurite_at_every_point() => TellOnAzuriteAsync(every: 1);

    private static IEnumerable<(int Operation, bool After)> Points(int operations) =>
        Enumerable.Range(1, operations).SelectMany(operation => (IEnumerable<(int, bool)>)[(operation, false), (operation, true)]);

    private static async Task TellInMemoryAsync(int instancesInMemory, int every)
    {
        var (whole, operations) = await TellInMemoryAsync(instancesInMemory);
        Assert.Contains("-main Completed \"second generation\" \"enough 300000 one-two as it should go item\"", whole, StringComparison.Ordinal);
        Assert.True(operations > 100, $"{operations} operations");
        await Parallel.ForEachAsync(Points(operations).Where((_, i) => i % every == 0), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (point, _) =>
        {
            var (end, _) = await TellInMemoryAsync(instancesInMemory, point);
            Assert.True(end == whole, $"Killed {point}: {end}");
        });
    }

    private static async Task TellOfSeveralDeathsAsync(int stories)
    {
        var (whole, operations) = await TellInMemoryAsync(1000);
        var random = new Random(20260406);
        for (var i = 0; i < stories; i++)
        {
            (int, bool)[] points = [(random.Next(1, operations), random.Next(2) == 0), (random.Next(1, 40), random.Next(2) == 0), (random.Next(1, 40), random.Next(2) == 0)];
            var (end, _) = await TellInMemoryAsync(1000, points);
            Assert.True(end == whole, $"Killed {string.Join(", ", points)}: {end}");
        }
    }

    private static async Task<(string End, int Operations)> TellInMemoryAsync(int instancesInMemory, params (int Operation, bool After)[] points)
    {
        CrashPoint[] lives = points.Length == 0 ? [new CrashPoint(0, false)] : [.. points.Select(point => new CrashPoint(point.Operation, point.After))];
        var end = await TellAsync(new MemoryTables(), new MemoryBlobs(), instancesInMemory, lives);
        return (end, lives[0].Operations);
    }

    private static Task<string> TellAsync(Vault.Storage.ITableStore tables, Vault.Storage.IBlobStore blobs, int instancesInMemory, CrashPoint[] lives)
    {
        var leaseFile = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var prefix = AzuriteFixture.FreshName("crash");
        return new CrashScenario(prefix).TellAsync(
            (seenTables, seenBlobs) => new LocalHarness(seenTables, seenBlobs, options => (options.Prefix, options.LeaseFile, options.InstancesInMemory) = (prefix, leaseFile, instancesInMemory)),
            tables,
            blobs,
            lives);
    }

    private async Task TellOnAzuriteAsync(int every)
    {
        var never = new CrashPoint(0, false);
        var whole = await TellAsync(azurite.Tables, azurite.Blobs, 1000, [never]);
        foreach (var point in Points(never.Operations).Where((_, i) => i % every == 0))
        {
            var end = await TellAsync(azurite.Tables, azurite.Blobs, 1000, [new CrashPoint(point.Operation, point.After)]);
            Assert.True(end == whole, $"Killed {point}: {end}");
        }
    }
}
