using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Host.Local.Commands;
using TfFlow.Host.Local.Drops;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Proof;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Host.Local.Demo;

/// <summary>Carries the files of an invented authority's agencies from drop through matching to certified erasure, on virtual time, and checks what must hold.</summary>
internal sealed class DemoRun(IAnsiConsole console, StringWriter transcript, string folder, int people, int seed)
{
    private readonly Dictionary<string, double> seconds = [];
    private readonly List<DemoInvariant> invariants = [];

    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetUtcNow();
        var time = new VirtualTime(began);
        var today = DateOnly.FromDateTime(began.UtcDateTime);
        var authority = new SyntheticAuthority(seed, today, people, troubled: 0.05, Canaries.For(today));
        DemoReport report;
        await using (var host = await TimedAsync("start", () => StartAsync(time, cancellationToken)))
        {
            var month = await MonthAsync(host, authority, cancellationToken);
            List<SyntheticExtract> files =
            [
                .. month.Select(extract => extract.File),
                .. new SyntheticExtracts(seed, today).Refused("northmere-police", "northmere-asb", "northmere-schools", "northmere-attendance", "northmere-jobcentre", "northmere-benefits"),
            ];
            console.WriteLine($"{files.Count} extracts, {files.Sum(file => file.Rows):N0} rows, from {files.Select(file => file.Agency).Distinct().Count()} agencies, about {authority.People:N0} people in {authority.Households.Count:N0} households.");
            var taken = await TimedAsync("drop to kept", () => DropAllAsync(host, files, cancellationToken));
            ShowIntake(files, taken);
            CheckIntake(files, taken);
            var kept = await RegisteredAsync(host, cancellationToken);

            var sources = month.Zip(taken).ToDictionary(pair => pair.Second.Id, pair => pair.First);
            var matching = await new DemoMatch(console, host, authority, sources, Check).RunAsync(
                (phase, run) => TimedAsync(phase, run), until => PassAsync(host, time, until, cancellationToken), cancellationToken);

            var lastDue = time.GetUtcNow().AddMonths(13);
            console.WriteLine();
            console.WriteLine($"Time passes, sweep by sweep, to {lastDue:d MMMM yyyy}: no case takes the families up, and what was kept is due.");
            await TimedAsync("time to erasure", () => PassAsync(host, time, lastDue, cancellationToken));
            var atTheEnd = await ReadAllAsync(host, taken, cancellationToken);
            ShowErasure(atTheEnd);
            var receipts = await TimedAsync("receipts", () => CheckReceiptsAsync(host, atTheEnd, cancellationToken));
            await TimedAsync("invariants", () => CheckTheEndAsync(host, kept, atTheEnd, cancellationToken));
            report = Report(files, taken, atTheEnd, kept, matching, began, time.GetUtcNow(), await HeadAsync(host, cancellationToken), receipts);
        }

        var canaries = await TimedAsync("canary scan", () => ScanAsync(today, cancellationToken));
        ShowInvariants();
        return report with { Canaries = canaries, Invariants = invariants, Seconds = seconds };
    }

    private async Task<LocalHost> StartAsync(VirtualTime time, CancellationToken cancellationToken)
    {
        console.WriteLine("Bringing up storage, key ring, orchestrations and the API…");
        return await LocalHost.StartAsync(
            new LocalHostOptions
            {
                Folder = folder,
                Agreements = DemoAuthority.Agreements,
                Matching = DemoAuthority.Plan(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
                Time = time,
                LogFile = Path.Combine(folder, "host.log"),
                Progress = new Progress<string>(console.WriteLine),
            },
            cancellationToken);
    }

    /// <summary>The police make their anonymous list with the secret they share with the authority.</summary>
    private static async Task<IReadOnlyList<AuthorityExtract>> MonthAsync(LocalHost host, SyntheticAuthority authority, CancellationToken cancellationToken)
    {
        var secret = await host.Services.GetRequiredService<IKeyRing>().GetSecretAsync(ExtractSealer.PseudonymSecret, cancellationToken);
        try
        {
            return await authority.MonthAsync(secret, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static async Task<List<ExtractView>> DropAllAsync(LocalHost host, List<SyntheticExtract> files, CancellationToken cancellationToken)
    {
        var dropped = new List<(DropSender Sender, ApiClient Api, Task<ExtractView> Arrival)>();
        foreach (var file in files)
        {
            var api = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("demo", Role.AgencySubmitter, file.Agency), TimeSpan.FromHours(1)));
            var sender = new DropSender(api, file.Agency);
            var grant = await sender.PutAsync(new GrantRequest(file.Exchange, "information-manager", "known to be persistent, reviewed this month", Correction: true), new MemoryStream(file.Csv), file.Plain, cancellationToken);
            dropped.Add((sender, api, sender.WaitAsync(grant.GrantId, cancellationToken)));
        }

        var extracts = new List<ExtractView>();
        foreach (var (_, api, arrival) in dropped)
        {
            extracts.Add(await arrival);
            api.Dispose();
        }

        return extracts;
    }

    /// <summary>Sweep and matching run and the ledger is signed, as the host's own timers have it on real time: every night of the first month, then once a week.</summary>
    private static async Task<bool> PassAsync(LocalHost host, VirtualTime time, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (sweeps, matchings, checkpoints) = (host.Services.GetRequiredService<Sweeps>(), host.Services.GetRequiredService<Matchings>(), host.Services.GetRequiredService<Checkpoints>());
        var first = time.GetUtcNow().UtcDateTime.Date;
        for (var night = first.AddDays(1); night <= until.UtcDateTime; night = night.AddDays(night < first.AddDays(31) ? 1 : 7))
        {
            await host.Orchestrations.AdvanceToAsync(new(night, TimeSpan.Zero), cancellationToken);
            var sweep = await sweeps.StartAsync(cancellationToken);

            // A sweep that meets the round at one family tries again a little later: on this clock, when it is moved.
            await host.Orchestrations.AdvanceToAsync(new(night.AddMinutes(1), TimeSpan.Zero), cancellationToken);
            await host.Orchestrations.WaitForCompletionAsync(sweep, getInputsAndOutputs: false, cancellationToken);
            await matchings.StartAsync(Matchings.Timer, role: "", cancellationToken);
            await checkpoints.RunIfDueAsync(cancellationToken);
        }

        await checkpoints.RunAsync(cancellationToken);
        return true;
    }

    /// <summary>As its agencies would: each takes its receipts out of its outbox and checks them with nothing but the public key.</summary>
    private async Task<ReceiptReport> CheckReceiptsAsync(LocalHost host, List<ExtractView> atTheEnd, CancellationToken cancellationToken)
    {
        var (held, broken, size) = (new List<LedgerEntry>(), 0, 0L);
        foreach (var agency in atTheEnd.Select(extract => extract.Agency).Distinct())
        {
            using var api = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("demo", Role.AgencySubmitter, agency), TimeSpan.FromHours(1)));
            var key = LedgerPublicKey.Parse(Encoding.UTF8.GetString(await api.GetBytesAsync("/ledger/key", cancellationToken)));
            size = SignedCheckpoint.Open(await ReadTextAsync(api, agency, Checkpoints.Document, cancellationToken), key).Checkpoint.Size;
            foreach (var document in (await OutboxCommand.ListAsync(api, agency, cancellationToken)).Where(document => document.Name.StartsWith(Checkpoints.ReceiptFolder, StringComparison.Ordinal)))
            {
                var receipt = await ReadTextAsync(api, agency, document.Name, cancellationToken);
                if (TryCheck(receipt, key) is { } entry)
                {
                    held.Add(entry);
                }
                else
                {
                    broken++;
                }
            }
        }

        var missing = atTheEnd
            .SelectMany(extract => ((string[])["drop.claim", "extract.seal", extract.ErasedAt is null ? "drop.remove" : "extract.erase"]).Select(act => (Act: act, extract.Id)))
            .Count(wanted => !held.Exists(entry => entry.Act == wanted.Act && entry.References.Contains(wanted.Id)));
        var words = string.Create(CultureInfo.InvariantCulture, $"{held.Count} receipts checked offline against the checkpoint of {size} entries");
        console.WriteLine($"  {words}, with the public key alone.");
        Check("Every drop and every erasure has its receipt, and each holds", missing == 0 && broken == 0, missing + broken == 0 ? words : $"{missing} are missing, {broken} do not hold");
        return new(held.Count, size);

        static async Task<string> ReadTextAsync(ApiClient api, string agency, string name, CancellationToken cancellationToken) =>
            Encoding.UTF8.GetString(await OutboxCommand.ReadAsync(api, agency, name, cancellationToken));
    }

    private static LedgerEntry? TryCheck(string receipt, LedgerPublicKey key)
    {
        try
        {
            return Receipt.Parse(receipt).Check(key);
        }
        catch (LedgerProofException)
        {
            return null;
        }
    }

    private static async Task<List<Extract>> RegisteredAsync(LocalHost host, CancellationToken cancellationToken) =>
        await host.Services.GetRequiredService<Registers>().Extracts.ListAsync(cancellationToken)
            .Select(extract => extract.Row).Where(extract => extract.State is ExtractStage.Kept).ToListAsync(cancellationToken);

    private static async Task<List<ExtractView>> ReadAllAsync(LocalHost host, List<ExtractView> taken, CancellationToken cancellationToken)
    {
        var registers = host.Services.GetRequiredService<Registers>();
        var extracts = new List<ExtractView>();
        foreach (var extract in taken)
        {
            extracts.Add(ExtractView.Of((await registers.Extracts.GetAsync(extract.Id, cancellationToken)).Row));
        }

        return extracts;
    }

    private void ShowIntake(List<SyntheticExtract> files, List<ExtractView> taken)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("What was dropped", "From", "Under", "Rows", "Accepted", "Refused", "End of its intake");
        foreach (var (file, extract) in files.Zip(taken))
        {
            table.AddRow(
                file.Story,
                file.Agency,
                extract.Exchange,
                file.Rows.ToString("N0", CultureInfo.InvariantCulture),
                extract.RowsAccepted.ToString("N0", CultureInfo.InvariantCulture),
                extract.RowsRefused.ToString("N0", CultureInfo.InvariantCulture),
                extract.RefusalCode.Length > 0 ? $"quarantined: {extract.RefusalCode}" : $"kept until {extract.KeptUntil:yyyy-MM-dd}");
        }

        console.Write(table);
    }

    private void ShowErasure(List<ExtractView> atTheEnd)
    {
        foreach (var extract in atTheEnd.Where(extract => extract.ErasedAt is not null))
        {
            console.WriteLine($"  {extract.Id} from {extract.Agency}: erased {extract.ErasedAt:yyyy-MM-dd}, {extract.RowsAccepted:N0} records, certificate in its outbox.");
        }
    }

    private void ShowInvariants()
    {
        console.WriteLine();
        foreach (var invariant in invariants)
        {
            console.WriteLine($"  {(invariant.Holds ? "holds" : "BROKEN")}: {invariant.Name} ({invariant.Detail})");
        }
    }

    private void CheckIntake(List<SyntheticExtract> files, List<ExtractView> taken)
    {
        var wrong = files.Zip(taken).Where(pair => pair.First.Refused is { } refused
            ? pair.Second.RefusalCode.Length > 0 || pair.Second.RowsRefused != refused || pair.Second.RowsAccepted != pair.First.Rows - refused
            : pair.Second.RefusalCode.Length == 0).Select(pair => pair.First.Story).ToList();
        Check("Every extract ended as its content asks", wrong.Count == 0, wrong.Count == 0 ? $"{files.Count} of {files.Count}" : string.Join("; ", wrong));
    }

    private async Task<bool> CheckTheEndAsync(
        LocalHost host, List<Extract> kept, List<ExtractView> atTheEnd, CancellationToken cancellationToken)
    {
        var accepted = atTheEnd.Where(extract => extract.RefusalCode.Length == 0).ToList();
        Check("Everything accepted is erased", accepted.All(extract => extract.State == "Erased"), $"{accepted.Count(extract => extract.State == "Erased")} of {accepted.Count}");

        var outbox = host.Services.GetRequiredService<Outbox>();
        var missing = 0;
        foreach (var extract in accepted)
        {
            missing += await outbox.FindAsync(extract.Agency, $"certificates/{extract.Id}.json", cancellationToken) is { } certificate ? await Close(certificate) : 1;
        }

        Check("Every erasure has its certificate", missing == 0, $"{accepted.Count - missing} of {accepted.Count}");

        var (stores, names) = (host.Services.GetRequiredService<Stores>(), host.Services.GetRequiredService<StoreNames>());
        var left = await stores.Blobs.ListAsync(names.Vault, prefix: null, cancellationToken).CountAsync(cancellationToken);
        Check("No sealed blob is left", left == 0, $"{kept.Count * 2} were sealed, {left} remain");

        var discrepancies = await host.Services.GetRequiredService<Inventory>().FindAsync(cancellationToken).ToListAsync(cancellationToken);
        Check(
            "Blobs, keys, registers and ledger account for each other",
            discrepancies.Count == 0,
            discrepancies.Count == 0 ? "nothing left over, nothing missing" : string.Join("; ", discrepancies.Take(5).Select(d => $"{d.Code} {d.Reference}")));

        var key = await host.Services.GetRequiredService<Checkpoints>().GetPublicKeyAsync(cancellationToken);
        var verdict = await new LedgerVerifier(host.Services.GetRequiredService<Ledger>(), key).VerifyAsync([], progress: null, cancellationToken);
        Check("The ledger verifies", verdict.IsSound, verdict.ToString());
        return true;

        static async Task<int> Close(Vault.Storage.BlobDownload document)
        {
            await document.DisposeAsync();
            return 0;
        }
    }

    private async Task<CanaryReport> ScanAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var texts = Canaries.Texts(today);
        var (bytes, hits) = await CanaryScan.FolderAsync(folder, texts, cancellationToken);
        var printed = CanaryScan.Text("console", transcript.ToString(), texts);
        var all = hits.Concat(printed).Select(hit => $"{hit.File}: {hit.Encoding}").ToList();
        Check(
            "No canary is found in any byte that storage, host or console wrote",
            all.Count == 0,
            all.Count == 0 ? $"{texts.Count} texts, {bytes:N0} bytes" : string.Join("; ", all.Take(5)));
        return new(texts.Count, bytes, all);
    }

    private DemoReport Report(
        List<SyntheticExtract> files,
        List<ExtractView> taken,
        List<ExtractView> atTheEnd,
        List<Extract> kept,
        DemoMatching matching,
        DateTimeOffset began,
        DateTimeOffset ended,
        LedgerHeadView ledger,
        ReceiptReport receipts) => new(
            seed,
            files.Count,
            files.Sum(file => (long)file.Rows),
            [.. files.Zip(taken, atTheEnd).Select(all => new DemoExtract(all.First.Story, all.First.Rows, all.Second, all.Third))],
            taken.Sum(extract => extract.RowsAccepted),
            taken.Sum(extract => extract.RowsRefused),
            taken.Count(extract => extract.RefusalCode.Length > 0),
            files.Count(file => file.Plain),
            kept.Count * 2,
            kept.Sum(extract => extract.Sealed!.Blobs.Sum(blob => blob.Length)),
            atTheEnd.Count(extract => extract.State == "Erased"),
            atTheEnd.Count(extract => extract.State == "Erased") * 2,
            began,
            ended,
            matching,
            ledger,
            receipts,
            new(0, 0, []),
            [],
            seconds);

    private static async Task<LedgerHeadView> HeadAsync(LocalHost host, CancellationToken cancellationToken)
    {
        var head = await host.Services.GetRequiredService<Ledger>().GetHeadAsync(cancellationToken);
        return new(head.Size, head.Root.ToString());
    }

    private void Check(string name, bool holds, string detail) => invariants.Add(new(name, holds, detail));

    private async Task<T> TimedAsync<T>(string phase, Func<Task<T>> run)
    {
        var watch = Stopwatch.StartNew();
        var result = await run();
        seconds[phase] = Math.Round(watch.Elapsed.TotalSeconds, 2);
        return result;
    }
}
