using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Drops;
using TfFlow.Lifecycle.Intake;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Proof;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>Each party gets the signed checkpoint, and a receipt for each act that concerns it, to be checked without us.</summary>
public class ReceiptTest
{
    [Fact]
    public async Task A_drop_and_its_erasure_have_receipts_after_the_next_checkpoint_that_hold_with_the_public_key_alone()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time);
        var checkpoints = host.Services.GetRequiredService<Checkpoints>();
        var extract = await World.DropAsync(host, World.AttendanceFile(20));

        Assert.Null(await checkpoints.RunIfDueAsync(World.Patience));
        Assert.Empty(await ReceiptsAsync(host, "school-0"));
        await host.Engine.AdvanceToAsync(time.GetUtcNow().AddMinutes(5), World.Patience);
        Assert.NotNull(await checkpoints.RunIfDueAsync(World.Patience));

        string[] atIntake = ["drop.claim", "drop.remove", "extract.seal", "grant.issue"];
        Assert.Equal(atIntake, (await ReceiptsAsync(host, "school-0")).Select(receipt => receipt.Act).Order(StringComparer.Ordinal));
        Assert.Empty(await ReceiptsAsync(host, "school-1"));

        await host.Engine.AdvanceToAsync(extract.KeptUntil!.Value, World.Patience);
        await World.SweepAsync(host);
        await checkpoints.RunAsync(World.Patience);

        var erased = Assert.Single(await ReceiptsAsync(host, "school-0"), receipt => receipt is { Act: "extract.erase" });
        Assert.Equal(("done", extract.Id, extract.RowsAccepted), (erased.Result, Assert.Single(erased.References), erased.Count));
        foreach (var party in World.Agreements.Versions.SelectMany(agreement => agreement.Parties).Select(party => party.Id).Distinct())
        {
            var note = await ReadAsync(host, party, Checkpoints.Document);
            Assert.Equal((await host.Services.GetRequiredService<Ledger>().GetHeadAsync(World.Patience)).Size, SignedCheckpoint.Open(note, await KeyAsync(host)).Checkpoint.Size);
        }
    }

    [Theory]
    [InlineData("Nothing,that,is,expected\n1,2,3,4\n", true)]
    [InlineData("Nothing,that,is,sealed\n1,2,3,4\n", false)]
    public async Task A_file_that_was_refused_has_its_hashes_in_the_receipts_too(string content, bool isSealed)
    {
        var file = Encoding.UTF8.GetBytes(content);
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(new VirtualClock(TimeProvider.System.GetUtcNow()));
        var extract = isSealed ? await World.DropAsync(host, file) : await PutPlainAsync(host, file);
        Assert.Equal("Quarantined", extract.State);

        await host.Services.GetRequiredService<Checkpoints>().RunAsync(World.Patience);
        var receipts = await ReceiptsAsync(host, "school-0");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file));

        // A plain file is refused unread: what lay there is the file itself. A sealed one was opened.
        Assert.Equal(isSealed ? sha256 : "", Assert.Single(receipts, receipt => receipt.Act == "extract.seal").Hash);
        var removed = Assert.Single(receipts, receipt => receipt.Act == "drop.remove").Hash;
        Assert.Equal((64, !isSealed), (removed.Length, removed == sha256));
    }

    private static async Task<ExtractView> PutPlainAsync(LocalHost host, byte[] file)
    {
        using var api = World.As(host, "school-0");
        var grant = await api.PostAsync<UploadPermission>("/agencies/school-0/grants", new GrantRequest(World.Attendance), World.Patience);
        await UploadClient.PutAsync(grant.UploadUri, new MemoryStream(file), World.Patience);
        return await new DropSender(api, "school-0").WaitAsync(grant.GrantId, World.Patience);
    }

    [Fact]
    public async Task The_host_signs_by_itself_when_a_checkpoint_is_due()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(checkpoints: new CheckpointPolicy { Interval = TimeSpan.FromSeconds(1) });

        await World.DropAsync(host, World.AttendanceFile(20));

        var patience = World.Patience;
        while ((await ReceiptsAsync(host, "school-0")).All(receipt => receipt.Act != "drop.remove"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience);
        }

        var verdict = await new LedgerVerifier(host.Services.GetRequiredService<Ledger>(), await KeyAsync(host)).VerifyAsync([], progress: null, World.Patience);
        Assert.True(verdict is { IsSound: true, Checkpoints: > 0 }, verdict.ToString());
    }

    /// <summary>What an agency finds: each checked with nothing but the key.</summary>
    private static async Task<List<LedgerEntry>> ReceiptsAsync(LocalHost host, string agency)
    {
        var key = await KeyAsync(host);
        using var api = World.As(host, agency);
        var found = new List<LedgerEntry>();
        var documents = await OutboxCommand.ListAsync(api, agency, World.Patience);
        foreach (var document in documents.Where(document => document.Name.StartsWith(Checkpoints.ReceiptFolder, StringComparison.Ordinal)))
        {
            var entry = Receipt.Parse(await ReadAsync(host, agency, document.Name)).Check(key);
            Assert.Equal(document.Name, $"{Checkpoints.ReceiptFolder}{entry.ActId}.txt");
            Assert.Equal(agency, entry.Agency);
            found.Add(entry);
        }

        return found;
    }

    private static async Task<string> ReadAsync(LocalHost host, string agency, string name)
    {
        using var api = World.As(host, agency);
        return Encoding.UTF8.GetString(await OutboxCommand.ReadAsync(api, agency, name, World.Patience));
    }

    private static async Task<LedgerPublicKey> KeyAsync(LocalHost host)
    {
        using var api = World.As(host, "school-0");
        return LedgerPublicKey.Parse(Encoding.UTF8.GetString(await api.GetBytesAsync("/ledger/key", World.Patience)));
    }
}
