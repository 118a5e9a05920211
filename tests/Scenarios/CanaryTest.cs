using TfFlow.Api.Endpoints;
using TfFlow.Host.Local.Azurite;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;

namespace TfFlow.Scenarios;

/// <summary>Names, addresses and dates found nowhere else go in; every byte that storage and host wrote is searched.</summary>
public class CanaryTest
{
    private static readonly IReadOnlyList<string> Texts = Canaries.Texts(World.Today);

    [Fact]
    public async Task Of_a_sealed_drop_no_canary_is_at_rest_at_any_moment()
    {
        await using var world = await World.CreateAloneAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using (var idle = await world.StartAsync(time, watch: false))
        {
            using var api = World.As(idle, "school-0");
            var file = new MemoryStream(World.AttendanceFile(2_000));
            await new DropSender(api, "school-0").PutAsync(new GrantRequest(World.Attendance), file, plain: false, World.Patience);
            await AssertNoneAsync(world.AzuriteFolder, world.WorkFolder);
        }

        await using var host = await world.StartAsync(time);
        var scanning = new CancellationTokenSource();
        var whileAtWork = ScanAgainAndAgainAsync(world, scanning.Token);
        var extract = await World.DropAsync(host, World.AttendanceFile(5_000, seed: 2), "school-1");
        Assert.Equal("Kept", extract.State);
        await scanning.CancelAsync();
        Assert.True(await whileAtWork > 0);

        await PassAsync(host, time, extract.KeptUntil!.Value);
        await AssertNoneAsync(world.AzuriteFolder, world.WorkFolder);
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task Of_a_plain_drop_a_canary_is_only_in_the_drop_itself_and_storage_serves_none_after_intake()
    {
        await using var world = await World.CreateAloneAsync();
        await using var host = await world.StartAsync();

        var extract = await World.DropAsync(host, World.AttendanceFile(1_000), exchange: World.PlainAttendance, plain: true);

        Assert.Equal("Kept", extract.State);
        await AssertNoneAsync(world.WorkFolder);

        // The emulator keeps the bytes of deleted blobs until its own collection: what it still serves is what counts.
        await ServedBlobs.AssertNoneAsync(world.Azurite.ConnectionString(AzuriteAccounts.Personal), Texts);
        await AssertNoneAsync(Path.Combine(world.AzuriteFolder, "data"), except: "__blobstorage__");
    }

    [Fact]
    public void The_scan_finds_each_of_its_encodings()
    {
        var text = Texts[0];
        foreach (var written in (string[])
        [
            text,
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("x" + text + "yz")),
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("xy" + text + "z")),
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)),
        ])
        {
            Assert.NotEmpty(CanaryScan.Text("test", $"before {written} after", [text]));
        }

        Assert.NotEmpty(CanaryScan.Text("test", Uri.EscapeDataString("O'Hara & Sons"), ["O'Hara & Sons"]));
        Assert.Empty(CanaryScan.Text("test", "nothing here", [text]));
    }

    private static async Task PassAsync(LocalHost host, VirtualClock time, DateTimeOffset until)
    {
        await host.Engine.AdvanceToAsync(until, World.Patience);
        await World.SweepAsync(host);
        Assert.True(time.GetUtcNow() >= until);
    }

    private static async Task<int> ScanAgainAndAgainAsync(World world, CancellationToken until)
    {
        var scans = 0;
        while (!until.IsCancellationRequested || scans == 0)
        {
            await AssertNoneAsync(world.AzuriteFolder, world.WorkFolder);
            scans++;
        }

        return scans;
    }

    private static async Task AssertNoneAsync(params string[] folders)
    {
        foreach (var folder in folders)
        {
            var (_, hits) = await CanaryScan.FolderAsync(folder, Texts, World.Patience);
            Assert.Empty(hits);
        }
    }

    private static async Task AssertNoneAsync(string folder, string except)
    {
        var (_, hits) = await CanaryScan.FolderAsync(folder, Texts, World.Patience);
        Assert.All(hits, hit => Assert.Contains(except, hit.File, StringComparison.Ordinal));
    }
}
