using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Proof;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Retention;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Demo;

/// <summary>What is left at the end, and what the ledger can prove of it all.</summary>
internal sealed class DemoEnding(DemoStory story, DemoDeployment authority)
{
    /// <summary>Acts by which information passes from one party to another.</summary>
    private static readonly Dictionary<string, string> Disclosing = new()
    {
        ["extract.seal"] = "received",
        ["marker.send"] = "marker instruction",
        ["research.release"] = "anonymous extract",
        ["study.submit"] = "submission to the study",
    };

    private static readonly string[] Erasing = ["extract.erase", "family.erase", "case.erase", "research.destroy"];

    public async Task<DemoProof> RunAsync(CancellationToken cancellationToken)
    {
        story.Chapter(authority.Now, "What is left, and what can be proved.");
        var entries = await authority.Get<Ledger>().ReadAsync(0, cancellationToken).Select(record => record.Entry).ToListAsync(cancellationToken);
        var done = entries.Where(entry => entry is { Kind: EntryKind.Outcome, Result: "done" }).ToList();
        var receipts = await CheckReceiptsAsync(cancellationToken);
        var erasures = await CheckErasuresAsync(done, cancellationToken);
        var markers = await CheckMarkersAsync(cancellationToken);
        var disclosures = CheckDisclosures(done);
        await CheckNothingIsLeftAsync(cancellationToken);
        CheckIntents(entries);
        var head = await CheckLedgerAsync(cancellationToken);
        Show(disclosures);
        return new(disclosures, erasures, markers, done.CountBy(entry => entry.Act).ToDictionary(), receipts, head);
    }

    /// <summary>As its agencies would: each takes its receipts out of its outbox and checks them with nothing but the public key.</summary>
    private async Task<ReceiptReport> CheckReceiptsAsync(CancellationToken cancellationToken)
    {
        var (held, broken, size) = (new List<LedgerEntry>(), 0, 0L);
        var extracts = await authority.Get<Registers>().Extracts.ListAsync(cancellationToken).Select(extract => extract.Row).ToListAsync(cancellationToken);
        foreach (var agency in extracts.Select(extract => extract.Agency).Distinct())
        {
            using var api = authority.As(Role.AgencySubmitter, "information-manager", agency);
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

        var receipted = held.SelectMany(entry => entry.References, (entry, reference) => (entry.Act, reference)).ToHashSet();
        var missing = extracts
            .SelectMany(extract => ((string[])["drop.claim", "extract.seal", extract.ErasedAt is null ? "drop.remove" : "extract.erase"]).Select(act => (act, extract.Id)))
            .Count(wanted => !receipted.Contains(wanted));
        var words = string.Create(CultureInfo.InvariantCulture, $"{held.Count:N0} receipts checked offline against the checkpoint of {size:N0} entries, with the public key alone");
        story.Check("Every drop and every erasure has its receipt, and each holds", missing == 0 && broken == 0, missing + broken == 0 ? words : $"{missing} are missing, {broken} do not hold");
        return new(held.Count, size);
    }

    private async Task<DemoErasures> CheckErasuresAsync(List<LedgerEntry> done, CancellationToken cancellationToken)
    {
        var outbox = authority.Get<Outbox>();
        var certificates = new HashSet<string>();
        foreach (var agency in done.Select(entry => entry.Agency).Append(DemoAuthority.Id).Where(agency => agency != default).Distinct())
        {
            await foreach (var document in outbox.ListAsync(agency, cancellationToken).Where(document => document.Blob.Name.StartsWith("certificates/", StringComparison.Ordinal)))
            {
                await using var content = (await outbox.FindAsync(agency, document.Blob.Name, cancellationToken))!;
                certificates.Add((await JsonSerializer.DeserializeAsync<ErasureCertificate>(content.Content, Outbox.Json, cancellationToken))!.Id);
            }
        }

        var erasures = done.Where(entry => Erasing.Contains(entry.Act)).ToList();

        // A certificate names the act, whichever of its attempts succeeded.
        var missing = erasures.Count(entry => !certificates.Contains(Acts.WithoutAttempt(entry.ActId)));
        story.Check("Every erasure has its certificate", missing == 0, $"{erasures.Count - missing} of {erasures.Count}");
        return new(erasures.CountBy(entry => entry.Act).ToDictionary(), certificates.Count);
    }

    private async Task<DemoMarkers> CheckMarkersAsync(CancellationToken cancellationToken)
    {
        var instructions = await authority.Get<Registers>().Markers.ListAsync(cancellationToken).Select(row => row.Row).ToListAsync(cancellationToken);
        int Of(MarkerAction action, MarkerChangeState state) => instructions.Count(row => row.Change.Action == action && row.State == state);
        var markers = new DemoMarkers(
            Of(MarkerAction.Set, MarkerChangeState.Confirmed), Of(MarkerAction.Set, MarkerChangeState.Overtaken), Of(MarkerAction.Remove, MarkerChangeState.Confirmed), instructions.Count(row => row.IsOpen));
        story.Check(
            "Every marker that was or may have been set is off, and the police said so",
            markers.Removed == markers.Set + markers.Overtaken && markers.Open == 0,
            $"{markers.Set} set, {markers.Overtaken} overtaken on their way, {markers.Removed} taken off");
        return markers;
    }

    private List<DemoDisclosure> CheckDisclosures(List<LedgerEntry> done)
    {
        var disclosing = done.Where(entry => Disclosing.ContainsKey(entry.Act) && entry.Count > 0).ToList();
        var bare = disclosing.Count(entry => entry.Agreement.Length == 0 || entry.AgreementVersion.Length == 0 || entry.Basis.Length == 0 || entry.Purpose.Length == 0);
        story.Check("Every disclosure stands in the ledger with agreement, version, gateway and purpose", bare == 0, $"{disclosing.Count} disclosures, {bare} without");
        return
        [
            .. disclosing
                .GroupBy(entry => (entry.Agency, entry.Act, entry.Exchange, entry.Agreement, entry.AgreementVersion, entry.Basis, entry.Purpose))
                .Select(group => new DemoDisclosure(
                    group.Key.Agency, group.Key.Act, group.Key.Exchange, $"{group.Key.Agreement}@{group.Key.AgreementVersion}", GatewayOf(group.Key.Basis), group.Key.Purpose, group.Count(), group.Sum(entry => entry.Count))),
        ];
    }

    private async Task CheckNothingIsLeftAsync(CancellationToken cancellationToken)
    {
        var registers = authority.Get<Registers>();
        var extracts = await registers.Extracts.ListAsync(cancellationToken).Select(extract => extract.Row).ToListAsync(cancellationToken);
        var kept = extracts.Where(extract => extract.Sealed is not null).ToList();
        story.Check("Everything accepted is erased", kept.All(extract => extract.State is ExtractStage.Erased), $"{kept.Count(extract => extract.State is ExtractStage.Erased)} of {kept.Count} extracts");

        var keys = authority.Get<DataKeys>();
        var readable = await CountReadableAsync(keys, [.. kept.SelectMany(extract => extract.Sealed!.Blobs)], cancellationToken);

        var left = await keys.ListAsync(cancellationToken).CountAsync(cancellationToken);
        story.Check(
            "Nothing that was kept can be decrypted by anybody",
            readable == 0 && left == 0,
            $"{kept.Sum(extract => extract.RowsAccepted):N0} records in {kept.Count * 2} blobs attempted, {readable} opened; {left} data keys left");
        var blobs = await authority.Get<Stores>().Blobs.ListAsync(authority.Get<StoreNames>().Vault, prefix: null, cancellationToken).CountAsync(cancellationToken);
        story.Check("No sealed blob is left", blobs == 0, $"{blobs} remain");
        var discrepancies = await authority.Get<Inventory>().FindAsync(cancellationToken).ToListAsync(cancellationToken);
        story.Check(
            "Blobs, keys, registers and ledger account for each other",
            discrepancies.Count == 0,
            discrepancies.Count == 0 ? "nothing left over, nothing missing" : string.Join("; ", discrepancies.Take(5).Select(found => $"{found.Code} {found.Reference}")));
    }

    private void CheckIntents(List<LedgerEntry> entries)
    {
        var ended = entries.Where(entry => entry.Kind is EntryKind.Outcome).Select(entry => entry.ActId).ToHashSet();
        var open = entries.Count(entry => entry.Kind is EntryKind.Intent && !ended.Contains(entry.ActId));
        story.Check("No act was begun and has no outcome", open == 0, $"{ended.Count:N0} acts, {open} open");
    }

    private async Task<LedgerHeadView> CheckLedgerAsync(CancellationToken cancellationToken)
    {
        var ledger = authority.Get<Ledger>();
        var key = await authority.Get<Checkpoints>().GetPublicKeyAsync(cancellationToken);
        var verdict = await new LedgerVerifier(ledger, key).VerifyAsync([], progress: null, cancellationToken);
        story.Check("The ledger verifies", verdict.IsSound, verdict.ToString());
        var head = await ledger.GetHeadAsync(cancellationToken);
        return new(head.Size, head.Root.ToString());
    }

    private void Show(List<DemoDisclosure> disclosures)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Agency", "What", "Under", "Gateway", "Times", "Records");
        foreach (var disclosure in disclosures)
        {
            table.AddRow(
                disclosure.Agency,
                Disclosing[disclosure.Act],
                $"{disclosure.Exchange}, {disclosure.Agreement}",
                disclosure.Gateway,
                disclosure.Times.ToString("N0", CultureInfo.InvariantCulture),
                disclosure.Records.ToString("N0", CultureInfo.InvariantCulture));
        }

        story.Show(table);
    }

    /// <summary>The gateways come first in what the gate cites; its conditions follow.</summary>
    private static string GatewayOf(string basis) => string.Join("; ", basis.Split("; ").TakeWhile(part => !part.StartsWith("DPA 1998", StringComparison.Ordinal)));

    /// <summary>Tries to open each blob: to try is an act too.</summary>
    private async Task<int> CountReadableAsync(DataKeys keys, IReadOnlyList<SealedBlob> blobs, CancellationToken cancellationToken)
    {
        var readable = 0;
        var act = new LedgerAct { ActId = $"truth.attempt.{Reference.New()}", Act = "truth.attempt", Actor = nameof(DemoEnding), Agency = DemoAuthority.Id, Count = blobs.Count };
        await authority.Get<Acts>().PerformAsync(
            act,
            async token =>
            {
                foreach (var blob in blobs)
                {
                    try
                    {
                        (await keys.OpenAsync(blob.Name, token)).Dispose();
                        readable++;
                    }
                    catch (SealException e) when (e.Error is SealError.KeyDestroyed)
                    {
                        // As it must be.
                    }
                }

                return ActResult.Done;
            },
            cancellationToken);
        return readable;
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

    private static async Task<string> ReadTextAsync(ApiClient api, string agency, string name, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await OutboxCommand.ReadAsync(api, agency, name, cancellationToken));
}
