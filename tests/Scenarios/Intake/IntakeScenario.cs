using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Proof;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios.Intake;

/// <summary>An extract's way from its drop to its certified erasure. The same file for both hosts.</summary>
public abstract class IntakeScenario
{
    private const string School = "school-0";

    private static readonly IReadOnlyList<string> Canaries = Cli.Demo.Canaries.Texts(World.Today);

    private protected abstract Task<IntakeHost> StartAsync();

    [Fact]
    public async Task A_sealed_drop_is_kept_in_parts_its_report_waits_and_nothing_of_it_can_be_read_at_rest()
    {
        await using var host = await StartAsync();
        var file = World.AttendanceFile(300);
        var extract = await DropAsync(host, file);

        Assert.Equal("Kept", extract.State);
        Assert.Equal(file.Count(c => c == '\n') - 1, extract.RowsAccepted + extract.RowsRefused);
        Assert.InRange(extract.RowsAccepted, 290, 310);
        Assert.Contains($"reports/{extract.Id}.json", await OutboxAsync(host, School));
        await Assert.ThrowsAsync<CommandException>(() => FindAsync(host, "school-1", extract.Id));
        Assert.Equal(["drop.claim", "drop.remove", "extract.seal", "grant.issue"], (await DoneAsync(host)).Order(StringComparer.Ordinal));
        foreach (var folder in host.Folders)
        {
            Assert.Empty((await CanaryScan.FolderAsync(folder, Canaries, World.Patience)).Hits);
        }

        await AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task A_drop_that_is_announced_again_and_again_is_taken_in_once()
    {
        await using var host = await StartAsync();
        var (grant, drop) = await PutAsync(host, World.AttendanceFile(50));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.AnnounceAsync(drop)));
        var extract = await WaitAsync(host, grant);
        await host.AnnounceAsync(drop);

        Assert.Equal(extract.Id, (await WaitAsync(host, grant)).Id);
        Assert.Equal(["drop.claim", "drop.remove", "extract.seal", "grant.issue"], (await DoneAsync(host)).Order(StringComparer.Ordinal));
        await AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task A_file_that_is_not_as_agreed_is_quarantined_with_its_code_and_nothing_of_it_is_kept()
    {
        await using var host = await StartAsync();

        var extract = await DropAsync(host, "Surname,Forenames\r\nMarlowe,Edith\r\n"u8.ToArray());

        Assert.Equal(("Quarantined", "file.column-missing", 0), (extract.State, extract.RefusalCode, extract.RowsAccepted));
        Assert.Contains($"reports/{extract.Id}.json", await OutboxAsync(host, School));
        await AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task A_plain_file_is_taken_where_it_is_agreed_and_refused_unread_where_it_is_not()
    {
        await using var host = await StartAsync();

        var agreed = await DropAsync(host, World.AttendanceFile(50), World.PlainAttendance, plain: true);
        var other = await PutPlainAsync(host, World.Attendance, World.AttendanceFile(50, seed: 2));

        Assert.Equal("Kept", agreed.State);
        Assert.Equal(("Quarantined", "drop.not-sealed"), (other.State, other.RefusalCode));
        await ServedBlobs.AssertNoneAsync(host.Personal, Canaries);
        await AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task A_file_nobody_was_granted_to_leave_is_removed_and_its_name_is_kept_nowhere()
    {
        await using var host = await StartAsync();
        var blobs = new BlobStore(host.Personal);
        await blobs.CreateContainerAsync("drop-school-0", World.Patience);
        var stray = new BlobAddress("drop-school-0", "left by mistake/Quillfeatherstone family.csv");
        await blobs.PutAsync(stray, "x"u8.ToArray(), WriteCondition.None, World.Patience);

        await host.AnnounceAsync(stray);

        await UntilAsync(async () => (await DoneAsync(host)).Contains("drop.unexpected"));
        Assert.Null(await blobs.GetPropertiesAsync(stray, World.Patience));
        var entries = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).ToListAsync();
        Assert.DoesNotContain("Quillfeatherstone", JsonSerializer.Serialize(entries.Select(entry => entry.Entry)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drop_that_came_while_the_host_was_away_is_taken_in_when_it_is_back()
    {
        await using var host = await StartAsync();
        var (grant, drop) = await PutAsync(host, World.AttendanceFile(50));

        await host.RestartAsync(TimeSpan.FromMinutes(10));
        await host.AnnounceAsync(drop);

        Assert.Equal("Kept", (await WaitAsync(host, grant)).State);
        await AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task When_its_time_is_over_it_is_erased_at_night_certified_and_receipted()
    {
        await using var host = await StartAsync();
        var extract = await DropAsync(host, World.AttendanceFile(50));

        await host.RestartAsync(extract.KeptUntil!.Value - TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
        await host.PassNightAsync();
        var erased = await FindAsync(host, School, extract.Id);

        Assert.Equal("Erased", erased.State);
        Assert.InRange(erased.ErasedAt!.Value, extract.KeptUntil.Value, DateTimeOffset.MaxValue);
        Assert.Contains($"certificates/{extract.Id}.json", await OutboxAsync(host, School));
        await AssertAccountedForAsync(host);

        await host.RestartAsync(TimeSpan.FromHours(1));
        await host.SignIfDueAsync();
        await UntilAsync(async () => (await ReceiptsAsync(host)).Any(entry => entry is { Act: "extract.erase", Result: "done" }));
        Assert.Equal(
            ["drop.claim", "drop.remove", "extract.erase", "extract.seal", "grant.issue"], (await ReceiptsAsync(host)).Select(entry => entry.Act).Order(StringComparer.Ordinal));
    }

    private static async Task<ExtractView> DropAsync(IntakeHost host, byte[] file, string exchange = World.Attendance, bool plain = false)
    {
        var (grant, drop) = await PutAsync(host, file, exchange, plain);
        await host.AnnounceAsync(drop);
        return await WaitAsync(host, grant);
    }

    private static async Task<(string Grant, BlobAddress Drop)> PutAsync(IntakeHost host, byte[] file, string exchange = World.Attendance, bool plain = false)
    {
        using var api = host.As(School);
        var grant = await new DropSender(api, School).PutAsync(new GrantRequest(exchange), new MemoryStream(file), plain, World.Patience);
        return (grant.GrantId, new($"drop-{School}", grant.GrantId));
    }

    /// <summary>Puts a plain file whatever the grant says.</summary>
    private static async Task<ExtractView> PutPlainAsync(IntakeHost host, string exchange, byte[] file)
    {
        using var api = host.As(School);
        var grant = await api.PostAsync<UploadPermission>($"/agencies/{School}/grants", new GrantRequest(exchange), World.Patience);
        await UploadClient.PutAsync(grant.UploadUri, new MemoryStream(file), World.Patience);
        await host.AnnounceAsync(new($"drop-{School}", grant.GrantId));
        return await WaitAsync(host, grant.GrantId);
    }

    private static async Task<ExtractView> WaitAsync(IntakeHost host, string grant)
    {
        using var api = host.As(School);
        return await new DropSender(api, School).WaitAsync(grant, World.Patience);
    }

    private static async Task<ExtractView> FindAsync(IntakeHost host, string agency, string id)
    {
        using var api = host.As(agency);
        return await api.GetAsync<ExtractView>($"/extracts/{id}", World.Patience);
    }

    private static async Task<IReadOnlyList<string>> OutboxAsync(IntakeHost host, string agency)
    {
        using var api = host.As(agency);
        return [.. (await OutboxCommand.ListAsync(api, agency, World.Patience)).Select(document => document.Name)];
    }

    /// <summary>The acts that were done, of everything the ledger has.</summary>
    private static async Task<IReadOnlyList<string>> DoneAsync(IntakeHost host) => await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
        .Where(record => record.Entry is { Kind: EntryKind.Outcome, Result: "done" })
        .Select(record => record.Entry.Act)
        .Where(act => act.StartsWith("drop.", StringComparison.Ordinal) || act.StartsWith("extract.", StringComparison.Ordinal) || act.StartsWith("grant.", StringComparison.Ordinal))
        .ToListAsync();

    /// <summary>Each checked with nothing but the public key.</summary>
    private static async Task<IReadOnlyList<LedgerEntry>> ReceiptsAsync(IntakeHost host)
    {
        using var api = host.As(School);
        var key = LedgerPublicKey.Parse(Encoding.UTF8.GetString(await api.GetBytesAsync("/ledger/key", World.Patience)));
        var receipts = new List<LedgerEntry>();
        foreach (var name in (await OutboxAsync(host, School)).Where(name => name.StartsWith(Checkpoints.ReceiptFolder, StringComparison.Ordinal)))
        {
            receipts.Add(Receipt.Parse(Encoding.UTF8.GetString(await OutboxCommand.ReadAsync(api, School, name, World.Patience))).Check(key));
        }

        return receipts;
    }

    private static async Task AssertAccountedForAsync(IntakeHost host) =>
        Assert.Empty(await host.Services.GetRequiredService<Inventory>().FindAsync(World.Patience).ToListAsync());

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var patience = World.Patience;
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience);
        }
    }
}
