using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>Holds the act rows against the entries: one each, and no other.</summary>
/// <remarks>The rows lie in another order than the entries, so both are summed; only where the sums differ is each looked up.</remarks>
internal sealed class ActRowAudit(Ledger ledger)
{
    private UInt128 sum;

    public void AddEntry(LedgerEntry entry, long index, Hash256 leaf) => sum += Mix(LedgerRows.ActKey(entry.ActId, entry.Kind), index, leaf);

    /// <param name="size">Rows of later entries are passed over.</param>
    public async Task<LedgerFault?> CompareAsync(long size, CancellationToken cancellationToken)
    {
        UInt128 rows = 0;
        await foreach (var row in ledger.Tables.QueryAsync(ledger.Name, LedgerRows.Acts, cancellationToken))
        {
            if (LedgerRows.TryReadAct(row) is not { } act)
            {
                return await FindAsync(size, cancellationToken);
            }

            if (act.Index < size)
            {
                rows += Mix(row.RowKey, act.Index, act.Leaf);
            }
        }

        return rows == sum ? null : await FindAsync(size, cancellationToken);
    }

    private async Task<LedgerFault> FindAsync(long size, CancellationToken cancellationToken)
    {
        await foreach (var record in ledger.ReadAsync(0, cancellationToken).TakeWhile(record => record.Index < size).WithCancellation(cancellationToken))
        {
            var key = LedgerRows.ActKey(record.Entry.ActId, record.Entry.Kind);
            var act = LedgerRows.TryReadAct(await ledger.Tables.GetAsync(ledger.Name, LedgerRows.Log, key, cancellationToken));
            if (act?.Index != record.Index || act?.Leaf != MerkleTree.HashLeaf(record.Bytes.Span))
            {
                return new(LedgerFaultKind.ActRowChanged, record.Index, "The row that finds this entry by its act is missing or changed.");
            }
        }

        return new(LedgerFaultKind.ActRowChanged, size, "There are rows of acts of which the ledger has no entry.");
    }

    // Strings hash differently in each process, so nobody can prepare rows whose sum agrees.
    private static ulong Mix(string key, long index, Hash256 leaf) =>
        unchecked(((ulong)(uint)HashCode.Combine(1, key, index, leaf) << 32) | (uint)HashCode.Combine(2, key, index, leaf));
}
