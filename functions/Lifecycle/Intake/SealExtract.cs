using System.Globalization;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Intake;

/// <summary>Checks the agreement, then reads a claimed drop once: opened, checked, split and re-sealed in one pass. Accepted whole, accepted with refused rows, or refused.</summary>
public sealed class SealExtract(Registers registers, IntakeGate gate, DropReader drops, ExtractSealer sealer, Erasure erasure, Corrections corrections, Outbox outbox, Acts acts, TimeProvider time)
    : Activity<SealExtract, ExtractReference, bool>
{
    /// <returns>True when the extract is accepted, by this run or an earlier one.</returns>
    public override async Task<bool> RunAsync(ExtractReference input, CancellationToken cancellationToken)
    {
        var extract = await registers.Extracts.GetAsync(input.ExtractId, cancellationToken);
        var grant = await registers.Grants.GetAsync(extract.Row.GrantId, cancellationToken);
        var decision = await gate.CheckAsync(extract.Row, grant.Row, cancellationToken);
        var act = extract.Row.Act("extract.seal", nameof(ExtractIntakeOrchestration)) with { Basis = decision.Basis, Purpose = decision.Purpose };
        var outcome = await acts.PerformAsync(act, token => SealAsync(extract, grant.Row, decision, token), cancellationToken);
        if (outcome.Result != ActResult.Done.Result)
        {
            return false;
        }

        if (grant.Row.Correction)
        {
            await corrections.EraseAsync(input.ExtractId, cancellationToken);
        }

        return true;
    }

    private async Task<ActResult> SealAsync(Registered<Extract> extract, UploadGrant grant, IntakeDecision decision, CancellationToken cancellationToken)
    {
        if (extract.Row.State is ExtractStage.Claimed)
        {
            extract = decision.Refusal is { } refusal
                ? await RefuseAsync(extract, refusal, decision, outcome: null, cancellationToken)
                : await ReadAsync(extract, grant, decision, cancellationToken);
        }

        if (grant.Correction && extract.Row.RefusalCode.Length == 0)
        {
            await corrections.SupersedeAsync(extract.Row, grant.Corrects, cancellationToken);
        }

        return extract.Row.RefusalCode.Length > 0
            ? new ActResult { Result = extract.Row.RefusalCode, Hash = extract.Row.Drop.PlainSha256 }
            : new ActResult { Count = extract.Row.RowsAccepted, Hash = extract.Row.Drop.PlainSha256 };
    }

    private async Task<Registered<Extract>> ReadAsync(Registered<Extract> extract, UploadGrant grant, IntakeDecision decision, CancellationToken cancellationToken)
    {
        extract = await BeginAsync(extract, cancellationToken);
        ExtractOutcome outcome;
        QualityProfile quality;
        SealedExtract written;
        try
        {
            await using var drop = await drops.OpenAsync(extract.Row, grant.PlainAllowed, cancellationToken);
            (outcome, quality, written) = await sealer.SealAsync(extract.Row, decision, drop.Plaintext, cancellationToken);
            await drop.ReadToEndAsync(cancellationToken);
            extract = extract with { Row = extract.Row with { Drop = extract.Row.Drop with { Sha256 = drop.Sha256, PlainSha256 = drop.PlainSha256 } } };
        }
        catch (Exception e) when (RefusalFor(e) is { } refusal)
        {
            await erasure.EraseAsync(extract.Row.Id, extract.Row.Sealed!.Blobs, cancellationToken);
            return await RefuseAsync(extract, refusal, decision, outcome: null, cancellationToken);
        }

        var last = await LastAsync(extract.Row, cancellationToken);
        if ((IntakeDecision.RefusalOf(outcome) ?? (last is null ? FirstUse(quality) : null)) is { } quarantine)
        {
            await erasure.EraseAsync(extract.Row.Id, extract.Row.Sealed!.Blobs, cancellationToken);
            return await RefuseAsync(extract, quarantine, decision, outcome, cancellationToken);
        }

        var corrected = grant.Correction ? await corrections.FindAsync(extract.Row, grant.Corrects, cancellationToken) : null;
        var report = Report(extract.Row, decision, refusal: null, outcome) with
        {
            Quality = quality,
            SinceLast = last?.Quality is { } before ? QualityRules.Since(before, quality) : [],
            Replaces = grant.Correction ? Replaced(corrected?.Row) : "",
        };
        await PutAsync(extract.Row, report, cancellationToken);
        return await registers.Extracts.ChangeAsync(
            extract,
            extract.Row with
            {
                State = ExtractStage.Sealed,
                AgreementVersion = decision.AgreementVersion,
                Sealed = written,
                Left = [],
                RowsAccepted = outcome.Accepted,
                RowsRefused = outcome.Refused,
                LastRow = outcome.LastRow,
                Quality = quality,
                RetentionRule = decision.Retention!.Quote,
                KeptUntil = decision.KeptUntil(time.GetUtcNow()),
            },
            cancellationToken);
    }

    /// <summary>Records what this run will write before it writes it, then erases what earlier runs may have left.</summary>
    /// <remarks>The row first: from then on a run that still goes on elsewhere cannot commit, so nothing is erased that a row will name.</remarks>
    private async Task<Registered<Extract>> BeginAsync(Registered<Extract> extract, CancellationToken cancellationToken)
    {
        IReadOnlyList<SealedBlob> left = [.. extract.Row.Left, .. extract.Row.Sealed?.Blobs ?? []];
        extract = await registers.Extracts.ChangeAsync(
            extract, extract.Row with { Sealed = new(SealedBlob.Of(extract.Row.Id), SealedBlob.Of(extract.Row.Id)), Left = left }, cancellationToken);
        await erasure.EraseAsync(extract.Row.Id, left, cancellationToken);
        return extract;
    }

    private async Task<Registered<Extract>> RefuseAsync(
        Registered<Extract> extract, Refusal refusal, IntakeDecision decision, ExtractOutcome? outcome, CancellationToken cancellationToken)
    {
        await PutAsync(extract.Row, Report(extract.Row, decision, refusal, outcome), cancellationToken);
        return await registers.Extracts.ChangeAsync(
            extract,
            extract.Row with { State = ExtractStage.Refused, RefusalCode = refusal.Code, Sealed = null, Left = [], RowsRefused = outcome?.Refused ?? 0 },
            cancellationToken);
    }

    /// <returns>The extract accepted last from the same agency under the same exchange; null when this is the first.</returns>
    private async Task<Extract?> LastAsync(Extract extract, CancellationToken cancellationToken) => await registers.Extracts.ListAsync(cancellationToken)
        .Select(other => other.Row)
        .Where(other => other.Id != extract.Id && other.Agency == extract.Agency && other.Organisation == extract.Organisation && other.Exchange == extract.Exchange && other.RowsAccepted > 0)
        .OrderByDescending(other => other.ClaimedAt)
        .FirstOrDefaultAsync(cancellationToken);

    private static Refusal? FirstUse(QualityProfile quality) => QualityRules.FirstUse(quality) is { Count: > 0 } problems
        ? new("quality.first-use", $"The first extract of an exchange is used only if its quality allows it. Expected {string.Join("; ", problems)}. Correct the export and send it again; nothing of the file was kept.")
        : null;

    private Task PutAsync(Extract extract, IntakeReport report, CancellationToken cancellationToken) =>
        outbox.PutAsync(extract.Agency, $"reports/{extract.Id}.json", report, cancellationToken);

    private static IntakeReport Report(Extract extract, IntakeDecision decision, Refusal? refusal, ExtractOutcome? outcome) => new(
        extract.Id,
        extract.Agreement,
        extract.AgreementVersion,
        extract.Exchange,
        decision.Dataset,
        (refusal is null ? outcome!.State : ExtractState.Quarantined).ToString(),
        refusal?.Code ?? "",
        refusal?.Words ?? "",
        outcome?.Rows ?? 0,
        outcome?.Accepted ?? 0,
        outcome?.Refused ?? 0,
        outcome?.Counts ?? new Dictionary<string, long>(),
        outcome?.Findings ?? []);

    private static string Replaced(Extract? corrected) => corrected is null
        ? "It was sent as a correction, but nothing had been accepted before it under this exchange: it is taken as a first file."
        : string.Create(CultureInfo.InvariantCulture, $"It takes the place of extract {corrected.Id}, received on {corrected.ClaimedAt:dd/MM/yyyy}.");

    /// <summary>What is wrong with the drop itself, and will be at every try; null for what another try may mend.</summary>
    private static Refusal? RefusalFor(Exception exception) => exception switch
    {
        DropRefusedException refused => refused.Refusal,
        SealException { Error: SealError.KeyRetired or SealError.KeyDestroyed or SealError.UnwrapFailed } => null,
        SealException broken => new(broken.Code, "The sealed drop was not read: it was not sealed to this grant's key, or was changed or cut on the way. Ask for a new grant and drop it again."),
        StorageException { Error: StorageError.ConditionNotMet or StorageError.NotFound } =>
            new("drop.changed", "The dropped file was replaced or removed after it was claimed. Ask for a new grant and drop it again."),
        _ => null,
    };
}
