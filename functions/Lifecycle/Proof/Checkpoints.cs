using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Proof;

/// <summary>Signs the ledger as it grows, and hands every party the checkpoint and the receipts of what concerns it.</summary>
/// <param name="keyRing">The ring of the signing key alone: who signs is not who writes.</param>
/// <remarks>docs/ledger-format.md. A receipt is pending until the first checkpoint over its entry.</remarks>
public sealed class Checkpoints(
    IKeyRing keyRing, StoreNames names, Ledger ledger, Outbox outbox, AgreementCatalogue agreements, Deployment deployment, MatchingPlan plan, CheckpointPolicy policy, TimeProvider time) : IDisposable
{
    /// <summary>The service key of the ring that holds the signing key.</summary>
    public const string KeyRing = "checkpoints";

    /// <summary>Where a party finds the newest checkpoint in its outbox: it proves all that earlier ones proved.</summary>
    public const string Document = "ledger/checkpoint.txt";

    /// <summary>What a receipt's name begins with in an outbox; the act's id follows.</summary>
    public const string ReceiptFolder = "receipts/";

    private readonly SemaphoreSlim turn = new(1, 1);
    private KeyRingLedgerSigner? signer;
    private Checkpointer? checkpointer;

    /// <summary>How often to ask, so that no entry waits much longer than the policy's interval.</summary>
    public TimeSpan Pace => policy.Interval / 10;

    /// <summary>Signs and hands out a checkpoint when one is due, and finishes one that was interrupted.</summary>
    /// <returns>The checkpoint, or null when none was due.</returns>
    /// <exception cref="LedgerDamagedException">The entries do not continue the last checkpoint: nothing is signed.</exception>
    public Task<SignedCheckpoint?> RunIfDueAsync(CancellationToken cancellationToken) =>
        InTurnAsync((_, checkpoints) => checkpoints.RunIfDueAsync(policy, time, cancellationToken), cancellationToken);

    /// <summary>Signs and hands out a checkpoint of the ledger as it stands, due or not.</summary>
    /// <returns>The checkpoint, or null when nothing was appended since the last.</returns>
    /// <exception cref="LedgerDamagedException">The entries do not continue the last checkpoint: nothing is signed.</exception>
    public Task<SignedCheckpoint?> RunAsync(CancellationToken cancellationToken) =>
        InTurnAsync((_, checkpoints) => checkpoints.RunAsync(cancellationToken), cancellationToken);

    /// <summary>What checkpoints and receipts are checked with.</summary>
    public Task<LedgerPublicKey> GetPublicKeyAsync(CancellationToken cancellationToken) =>
        InTurnAsync((keys, _) => Task.FromResult(keys.PublicKey), cancellationToken);

    public void Dispose()
    {
        signer?.Dispose();
        turn.Dispose();
    }

    private async Task<T> InTurnAsync<T>(Func<KeyRingLedgerSigner, Checkpointer, Task<T>> run, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            signer ??= await KeyRingLedgerSigner.OpenAsync(keyRing, names.Origin, cancellationToken);
            return await run(signer, checkpointer ??= new(ledger, signer, PublishAsync));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Partners get a receipt of every act about them. Whose deployment this is keeps the ledger itself: it gets those of its own drops and of erasures.</summary>
    private bool IsReceipted(LedgerEntry entry) =>
        entry.Agency != deployment.OwnerOr(plan.Authority) || entry.Act.Split('.') is ["grant" or "drop" or "extract", _] or [_, "erase"];

    private async Task PublishAsync(CheckpointPublication publication, CancellationToken cancellationToken)
    {
        var parties = agreements.Versions.SelectMany(agreement => agreement.Parties).Select(party => party.Id).ToHashSet();
        await Parallel.ForEachAsync(
            ledger.ReceiptsAsync(publication, entry => entry.Kind is EntryKind.Outcome && parties.Contains(entry.Agency) && IsReceipted(entry), cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (issued, token) => await outbox.PutTextAsync(issued.Record.Entry.Agency, $"{ReceiptFolder}{issued.Record.Entry.ActId}.txt", issued.Receipt.ToString(), token));

        foreach (var party in parties)
        {
            await outbox.PutTextAsync(party, Document, publication.Checkpoint.Note, cancellationToken);
        }
    }
}
