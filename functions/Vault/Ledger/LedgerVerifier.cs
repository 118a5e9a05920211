using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>Recomputes the whole ledger, page by page in bounded memory, and names the first entry that is not as it was appended.</summary>
/// <param name="key">The public key as it was given beforehand, never the one the store shows.</param>
public sealed class LedgerVerifier(Ledger ledger, LedgerPublicKey key)
{
    /// <exception cref="StorageException">The store failed; it says nothing of the ledger.</exception>
    public Task<LedgerVerdict> VerifyAsync(CancellationToken cancellationToken) => VerifyAsync([], progress: null, cancellationToken);

    /// <param name="held">Checkpoints that parties hold: what a store and its keeper cannot take back.</param>
    /// <param name="progress">Told how many entries are done.</param>
    /// <exception cref="StorageException">The store failed; it says nothing of the ledger.</exception>
    public async Task<LedgerVerdict> VerifyAsync(IEnumerable<string> held, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // Checkpoints first: what is appended meanwhile only lengthens the ledger.
        var checkpoints = await CheckpointAudit.RunAsync(ledger.Checkpoints, key, held, cancellationToken);
        var head = await ledger.Tables.GetAsync(ledger.Name, LedgerRows.Log, LedgerRows.Head, cancellationToken);
        var scan = new EntryScan(ledger, checkpoints, ReadHead(head), progress, cancellationToken);
        var fault = await scan.RunAsync();
        List<LedgerFault> faults = [.. fault is null ? scan.TileFaults : [fault, .. scan.TileFaults], .. checkpoints.Faults];
        if (fault is null && await scan.Acts.CompareAsync(scan.Size, cancellationToken) is { } actFault)
        {
            faults.Add(actFault);
        }

        return new LedgerVerdict(scan.Size, scan.Root, checkpoints.Roots.Count, checkpoints.Newest, faults);
    }

    private static CompactRange? ReadHead(TableRow? row)
    {
        try
        {
            return row is null ? new CompactRange() : LedgerRows.ReadHead(row);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidCastException)
        {
            return null;
        }
    }
}
