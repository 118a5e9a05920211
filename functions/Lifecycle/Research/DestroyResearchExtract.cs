using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Retention;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research;

/// <summary>Destroys an extract when its time for review or collection is over, with a certificate.</summary>
public sealed class DestroyResearchExtract(Registers registers, StoreNames names, Erasure erasure, Outbox outbox, Acts acts, TimeProvider time)
{
    /// <returns>False when it is not due, or held.</returns>
    public async Task<bool> RunAsync(ResearchReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Research.GetAsync(input.RequestId, cancellationToken);
        if (current.Row.State is not (ResearchExtractState.Built or ResearchExtractState.Released or ResearchExtractState.Destroying or ResearchExtractState.Destroyed)
            || (current.Row.State is not ResearchExtractState.Destroyed && !(current.Row.DueAt <= time.GetUtcNow())))
        {
            return false;
        }

        var act = current.Row.Act("research.destroy", nameof(ResearchExtractOrchestration)) with { Count = current.Row.Records };
        return await Erasure.UnlessHeldAsync(acts.PerformAsync(act, token => DestroyAsync(current, act.ActId, token), cancellationToken));
    }

    private async Task<ActResult> DestroyAsync(Registered<ResearchRequest> current, string actId, CancellationToken cancellationToken)
    {
        var certificate = $"certificates/research-{current.Row.Id}.json";
        if (current.Row.State is ResearchExtractState.Built or ResearchExtractState.Released)
        {
            current = await registers.Research.ChangeAsync(current, current.Row with { State = ResearchExtractState.Destroying }, cancellationToken);
        }

        if (current.Row.State is ResearchExtractState.Destroying)
        {
            await erasure.DeleteAsync(new(names.Outbox(current.Row.Recipient), current.Row.FileName), cancellationToken);
            await erasure.EraseAsync(current.Row.Id, [.. new[] { current.Row.Draft }.OfType<Intake.SealedBlob>(), .. current.Row.Left], cancellationToken);
            var now = time.GetUtcNow();
            await outbox.PutOnceAsync(current.Row.Authority, certificate, Certify(current.Row, actId, now), cancellationToken);
            await registers.Research.ChangeAsync(current, current.Row with { State = ResearchExtractState.Destroyed, DestroyedAt = now }, cancellationToken);
        }

        return new ActResult { Hash = await outbox.HashAsync(current.Row.Authority, certificate, cancellationToken) };
    }

    private static ErasureCertificate Certify(ResearchRequest row, string actId, DateTimeOffset now)
    {
        var blobs = new[] { row.Draft, row.Release }.OfType<Intake.SealedBlob>();
        var rule = $"Collected within {ResearchRequest.CollectionDays} days or not at all";
        return Certificates.Of(actId, row.Id, blobs, row.Records, rule, row.DueAt, now, "the collection period") with
        {
            Exchange = row.Exchange,
            ResidualCopies = "What its recipient collected is the recipient's, under its own agreement. " + ErasureCertificate.NoReadableResidue,
        };
    }
}
