using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Retention;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Erases one extract whose retention is over: keys destroyed, blobs deleted, both verified, certificate in the outbox and the ledger.</summary>
public sealed class EraseExtract(Registers registers, Erasure erasure, Outbox outbox, Acts acts, TimeProvider time)
{
    /// <returns>True once it is erased, by this run or an earlier one; false when it is not due after all, or held.</returns>
    public async Task<bool> RunAsync(ExtractReference input, CancellationToken cancellationToken)
    {
        var extract = await registers.Extracts.GetAsync(input.ExtractId, cancellationToken);
        if (extract.Row.State is not (ExtractStage.Kept or ExtractStage.Erasing or ExtractStage.Erased)
            || (extract.Row.State is ExtractStage.Kept && !(extract.Row.KeptUntil <= time.GetUtcNow())))
        {
            return false;
        }

        var act = extract.Row.Act("extract.erase", nameof(RetentionSweepOrchestration)) with { Count = extract.Row.RowsAccepted };
        return await Erasure.UnlessHeldAsync(acts.PerformAsync(act, token => EraseAsync(extract, act.ActId, token), cancellationToken));
    }

    private async Task<ActResult> EraseAsync(Registered<Extract> extract, string actId, CancellationToken cancellationToken)
    {
        var certificate = $"certificates/{extract.Row.Id}.json";
        if (extract.Row.State is ExtractStage.Kept)
        {
            extract = await registers.Extracts.ChangeAsync(extract, extract.Row with { State = ExtractStage.Erasing }, cancellationToken);
        }

        if (extract.Row.State is ExtractStage.Erasing)
        {
            await erasure.EraseAsync(extract.Row.Id, extract.Row.Sealed!.Blobs, cancellationToken);
            var erasedAt = time.GetUtcNow();
            await outbox.PutOnceAsync(extract.Row.Agency, certificate, Certify(extract.Row, actId, erasedAt), cancellationToken);
            await registers.Extracts.ChangeAsync(
                extract, extract.Row with { State = ExtractStage.Erased, ErasedAt = erasedAt }, cancellationToken);
        }

        return new ActResult { Hash = await outbox.HashAsync(extract.Row.Agency, certificate, cancellationToken) };
    }

    private static ErasureCertificate Certify(Extract extract, string actId, DateTimeOffset erasedAt) =>
        Certificates.Of(actId, extract.Id, extract.Sealed!.Blobs, extract.RowsAccepted, extract.RetentionRule, extract.KeptUntil, erasedAt) with
        {
            Agreement = extract.Agreement,
            AgreementVersion = extract.AgreementVersion,
            Exchange = extract.Exchange,
            SealedAnew = extract.RowsKept,
        };
}
