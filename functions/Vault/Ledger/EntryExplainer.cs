using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Ledger;

/// <summary>Says what happened to an entry, by the row that was written beside it under its act id.</summary>
internal sealed class EntryExplainer(Ledger ledger, CancellationToken cancellationToken)
{
    /// <summary>Whether every entry of the page has its act row there.</summary>
    public async Task<bool> BelongsAsync(PageRow page)
    {
        for (var i = 0; i < page.Entries.Count; i++)
        {
            if (await FindAsync(page.Entries[i]) is not { } row || row.Index != page.First + i)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Names what is wrong with a page that should hold <paramref name="expected"/> entries.</summary>
    /// <param name="place">The first entry in it that is known to be wrong, or null when that is not known.</param>
    public async Task<LedgerFault> ExplainAsync(PageRow page, List<Hash256> leaves, int? place, int expected)
    {
        var first = place ?? await FirstStrangerAsync(page, leaves) ?? Math.Min(leaves.Count, expected);
        var index = page.First + first;
        if (leaves.Count < expected)
        {
            var missing = expected - leaves.Count;
            return new(LedgerFaultKind.EntryDeleted, index, missing == 1 ? "The entry there is missing." : $"{missing} entries are missing from here on.");
        }

        if (leaves.Count > expected)
        {
            return new(LedgerFaultKind.EntryInserted, index, $"{leaves.Count - expected} more than were appended stand from here on.");
        }

        return await ExplainAsync(index, page.Entries[first], leaves[first])
            ?? new(LedgerFaultKind.EntryEdited, index, "The entry is not the one its tile was made of.");
    }

    /// <summary>The first entry of [<paramref name="from"/>, <paramref name="before"/>) that contradicts its act row, or null.</summary>
    public async Task<LedgerFault?> ExplainAsync(long from, long before)
    {
        await foreach (var record in ledger.ReadAsync(from, cancellationToken))
        {
            if (record.Index >= before)
            {
                break;
            }

            if (await ExplainAsync(record.Index, record.Bytes, MerkleTree.HashLeaf(record.Bytes.Span)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private async Task<LedgerFault?> ExplainAsync(long index, ReadOnlyMemory<byte> entry, Hash256 leaf) => await FindAsync(entry) switch
    {
        null => new(LedgerFaultKind.EntryEdited, index, "No entry of that act was appended."),
        { } row when row.Index != index => new(LedgerFaultKind.EntryReordered, index, $"The entry of index {row.Index} stands there."),
        { } row when row.Leaf != leaf => new(LedgerFaultKind.EntryEdited, index, "The entry is not the one that was appended."),
        _ => null,
    };

    private async Task<int?> FirstStrangerAsync(PageRow page, List<Hash256> leaves)
    {
        for (var i = 0; i < leaves.Count; i++)
        {
            if (await ExplainAsync(page.First + i, page.Entries[i], leaves[i]) is not null)
            {
                return i;
            }
        }

        return null;
    }

    private async Task<ActRow?> FindAsync(ReadOnlyMemory<byte> bytes)
    {
        LedgerEntry entry;
        try
        {
            entry = CanonicalEntry.Decode(bytes.Span);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return LedgerRows.TryReadAct(await ledger.Tables.GetAsync(ledger.Name, LedgerRows.Log, LedgerRows.ActKey(entry.ActId, entry.Kind), cancellationToken));
    }
}
