using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfFlow.Cli.Commands;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Tests.Ledger;

[Collection(AzuriteFixture.Collection)]
public sealed class LedgerCommandTest(AzuriteFixture azurite) : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-ledger-");
    private readonly Signer signer = new();
    private readonly List<CheckpointPublication> published = [];
    private Vault.Ledger.Ledger ledger = null!;

    private const string Dropped = "a,b\n";

    public async Task InitializeAsync()
    {
        ledger = new Vault.Ledger.Ledger(azurite.Tables, azurite.Blobs, AzuriteFixture.FreshName("ledger"));
        await ledger.CreateAsync(default);
        var acts = new Acts(ledger, new Clock());
        foreach (var (actId, agency) in new[] { ("a", "north-police"), ("b", "north-police"), ("c", "youth-offending") })
        {
            var act = new LedgerAct { ActId = actId, Act = "extract.erase", Actor = "=Sweep", Agency = agency, Agreement = "isa-2", References = [$"ref-{actId}"], Count = 3 };
            await acts.PerformAsync(act, _ => Task.FromResult(actId == "c" ? new ActResult { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Dropped))) } : ActResult.Done), default);
        }

        await new Checkpointer(ledger, signer, (publication, _) =>
        {
            published.Add(publication);
            return Task.CompletedTask;
        }).RunAsync(default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        folder.Delete(recursive: true);
        signer.Dispose();
    }

    [Fact]
    public async Task Verify_says_that_the_ledger_holds_and_what_no_checkpoint_covers()
    {
        await ledger.AppendAsync(new LedgerEntry(new LedgerAct { ActId = "late", Act = "extract.erase", Actor = "Sweep" }, EntryKind.Intent, Start), default);
        var run = await RunAsync("verify", "--checkpoint", Write("checkpoint", published[0].Checkpoint.Note));
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("The ledger holds: 7 entries, 6 of them under a checkpoint (1 checked)", run.Output, StringComparison.Ordinal);
        Assert.Contains("The last 1 are under no checkpoint yet", run.Output, StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse((await RunAsync("verify", "--json")).Output).RootElement.GetProperty("isSound").GetBoolean());
    }

    [Fact]
    public async Task Verify_against_another_key_says_that_the_ledger_does_not_hold()
    {
        using var other = new Signer();
        var run = await RunAsync("verify", "--key", other.PublicKey.ToString());
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("KeySwapped at 6", run.Output, StringComparison.Ordinal);

        Assert.Equal(1, (await RunAsync("verify", "--json", "--key", Write("key", other.PublicKey.ToString()))).ExitCode);
        Assert.Equal(2, (await RunAsync("verify", "--key", "nonsense")).ExitCode);
        Assert.Equal(2, (await RunAsync("verify", "--checkpoint", "missing")).ExitCode);
    }

    [Fact]
    public async Task Search_finds_by_agency_reference_act_agreement_and_time()
    {
        Assert.Equal(6 + 1, Lines(await RunAsync("search")).Length);
        Assert.Equal(4 + 1, Lines(await RunAsync("search", "--agency", "north-police")).Length);
        Assert.Equal(2 + 1, Lines(await RunAsync("search", "--reference", "ref-c")).Length);
        Assert.Equal(6 + 1, Lines(await RunAsync("search", "--act", "extract", "--agreement", "isa-2")).Length);
        Assert.Equal("0 entries.", Assert.Single(Lines(await RunAsync("search", "--act", "ext"))));
        Assert.Equal(6, Lines(await RunAsync("search", "--json", "--act", "extract", "--from", "2026-04-01", "--before", "2026-04-02")).Length);
        Assert.Equal("0 entries.", Assert.Single(Lines(await RunAsync("search", "--before", "2026-04-01T09:00Z"))));
        Assert.NotEqual(0, (await RunAsync("search", "--before", "yesterday")).ExitCode);
        Assert.Equal("0 entries. No entry names an agency 'south-police': 'tfflow agreement exchanges' lists the parties.", Assert.Single(Lines(await RunAsync("search", "--agency", "south-police"))));
        Assert.Equal("0 entries. No entry names an agreement 'isa-3': 'tfflow agreement list' lists them.", Assert.Single(Lines(await RunAsync("search", "--agreement", "isa-3"))));
        Assert.Equal("       0  2026-04-01 09:00:00Z  begun  What came of a file is erased [extract.erase], by =Sweep, for north-police, under isa-2  (3)  ref-a", Lines(await RunAsync("search"))[0]);
    }

    [Fact]
    public async Task A_search_is_an_entry_before_anything_is_shown_and_what_is_no_id_is_not_kept()
    {
        await RunAsync("search", "--agency", "north-police", "--reference", "Jane Example");

        var records = await ledger.ReadAsync(6, default).ToListAsync();
        Assert.Equal([("ledger.search", EntryKind.Intent), ("ledger.search", EntryKind.Outcome)], records.Select(record => (record.Entry.Act, record.Entry.Kind)));
        Assert.All(records, record => Assert.Equal(("tester", "north-police"), (record.Entry.Actor, record.Entry.Agency.Text)));
        Assert.All(records, record => Assert.Empty(record.Entry.References));
    }

    [Fact]
    public async Task An_export_is_an_entry_with_the_hash_of_what_was_exported()
    {
        var csv = Path.Combine(folder.FullName, "bundle.csv");
        var run = await RunAsync("export", csv, "--agency", "youth-offending", "--purpose", "court bundle");
        Assert.Equal(0, run.ExitCode);
        var lines = await File.ReadAllLinesAsync(csv);
        Assert.Equal(LedgerExport.CsvHeader, lines[0]);
        Assert.StartsWith("4,2026-04-01T09:00:00.0000000Z,intent,c,extract.erase,'=Sweep,,youth-offending,isa-2,", lines[1], StringComparison.Ordinal);

        var records = await ledger.ReadAsync(6, default).ToListAsync();
        Assert.Equal(["ledger.export", "ledger.export"], records.Select(record => record.Entry.Act));
        Assert.Equal(("court bundle", "tester", 2L), (records[1].Entry.Purpose, records[1].Entry.Actor, records[1].Entry.Count));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(csv))), records[1].Entry.Hash);
        Assert.Contains(records[1].Entry.Hash, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_as_json_lines_carries_the_bytes_that_were_hashed()
    {
        var file = Path.Combine(folder.FullName, "bundle.jsonl");
        await RunAsync("export", file, "--purpose", "subject request");
        foreach (var line in await File.ReadAllLinesAsync(file))
        {
            using var json = JsonDocument.Parse(line);
            var bytes = json.RootElement.GetProperty("bytes").GetBytesFromBase64();
            Assert.Equal(MerkleTree.HashLeaf(bytes).ToString(), json.RootElement.GetProperty("leafHash").GetString());
            Assert.Equal(CanonicalEntry.Decode(bytes).ActId, json.RootElement.GetProperty("actId").GetString());
        }

        Assert.Equal(2, (await RunAsync("export", "bundle.xlsx", "--purpose", "x")).ExitCode);

        // What was exported is evidence: it is not overwritten.
        var (before, again) = (await File.ReadAllTextAsync(file), await RunAsync("export", file, "--purpose", "subject request"));
        Assert.Equal((2, before), (again.ExitCode, await File.ReadAllTextAsync(file)));
    }

    [Fact]
    public async Task The_key_is_printed_as_parties_keep_it()
    {
        Assert.Equal(signer.PublicKey.ToString(), LedgerPublicKey.Parse((await RunAsync("key")).Output).ToString());
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", (await RunAsync("key", "--pem")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_is_checked_offline_with_the_public_key_alone()
    {
        var receipt = (await ledger.FindReceiptAsync("c", EntryKind.Outcome, default))!.ToString();
        var key = Write("key", signer.PublicKey + "\n");
        var good = await CommandRun.RunAsync(ReceiptCommand.Create(), "check", Write("receipt", receipt), "--key", key);
        Assert.Equal(0, good.ExitCode);
        Assert.StartsWith("The receipt holds: this is entry 5 of the ledger 'council.example/tfflow'.", good.Output, StringComparison.Ordinal);
        Assert.Contains("extract.erase: done", good.Output, StringComparison.Ordinal);
        Assert.Contains("What came of a file is erased.", good.Output, StringComparison.Ordinal);

        var bad = await CommandRun.RunAsync(ReceiptCommand.Create(), "check", Write("bad", receipt.Replace("index 5", "index 4", StringComparison.Ordinal)), "--key", key);
        Assert.Equal(1, bad.ExitCode);
        Assert.StartsWith("The receipt does not hold: ", bad.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandRun.RunAsync(ReceiptCommand.Create(), "check", "missing", "--key", key)).ExitCode);
        Assert.Equal(2, (await CommandRun.RunAsync(ReceiptCommand.Create(), "check", Write("receipt", receipt), "--key", "nonsense")).ExitCode);
        Assert.Contains("\"actId\":\"c\"", (await CommandRun.RunAsync(ReceiptCommand.Create(), "check", Write("receipt", receipt), "--key", key, "--json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_is_printed_on_demand_and_the_reading_is_an_act()
    {
        var printed = await RunAsync("receipt", "c");

        Assert.Equal(0, printed.ExitCode);
        Assert.Equal("c", Receipt.Parse(printed.Output).Check(signer.PublicKey).ActId);
        Assert.Contains(await ledger.ReadAsync(0, default).ToListAsync(), record => record.Entry is { Kind: EntryKind.Outcome, Act: "ledger.receipt", Actor: "tester", Count: 1 });

        // The reading's own id is long: its beginning is enough, and says how many it fits where it is not.
        var reading = await RunAsync("receipt", "ledger.receipt-");
        Assert.Contains("No checkpoint covers it yet", reading.Error, StringComparison.Ordinal);
        var several = await Assert.ThrowsAsync<Cli.Commands.CommandException>(() => RunAsync("receipt", "ledger.receipt-"));
        Assert.Equal("'ledger.receipt-' fits 2 references of an act: type more of it.", several.Message);

        var unknown = await RunAsync("receipt", "never");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("no outcome of an act never", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_says_whether_a_file_is_the_one_it_is_of()
    {
        var key = Write("key", signer.PublicKey + "\n");
        var receipt = Write("receipt", (await ledger.FindReceiptAsync("c", EntryKind.Outcome, default))!.ToString());
        Task<CommandRun> With(string file) => CommandRun.RunAsync(ReceiptCommand.Create(), "check", receipt, "--key", key, "--file", Write("mine.csv", file));

        var mine = await With(Dropped);
        Assert.Equal(0, mine.ExitCode);
        Assert.Contains("This is your file", mine.Output, StringComparison.Ordinal);
        var another = await With(Dropped + "x");
        Assert.Equal(1, another.ExitCode);
        Assert.Contains("This is not the file of the receipt, and no file that was sent is: a receipt of extract.erase has the SHA-256 of the certificate of the erasure.", another.Output, StringComparison.Ordinal);
    }

    private static string[] Lines(CommandRun run) => run.Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.RunAsync(
        LedgerCommand.Create((_, _) => Task.FromResult(new LedgerAccess(ledger, signer.PublicKey, new Acts(ledger, new Clock()), "tester", Store: null))), arguments);

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Start;
    }

    private sealed class Signer : ILedgerSigner, IDisposable
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public LedgerPublicKey PublicKey => new("council.example/tfflow", key.ExportSubjectPublicKeyInfo());

        public Task<byte[]> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
            Task.FromResult(key.SignData(text.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

        public void Dispose() => key.Dispose();
    }
}
