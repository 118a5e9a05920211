using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>One pass over the pages: each entry against its tile, each checkpoint against the tree so far, the tree against the head.</summary>
internal sealed class EntryScan
{
    private readonly Ledger ledger;
    private readonly CheckpointAudit checkpoints;
    private readonly CompactRange? head;
    private readonly IProgress<long>? progress;
    private readonly CancellationToken cancellationToken;
    private readonly TileAudit tiles;
    private readonly TileBuilder tree;
    private readonly EntryExplainer explainer;

    // Up to here the entries are those of a checkpoint.
    private long agreed;

    /// <param name="head">The head row's tree, or null when it cannot be read.</param>
    public EntryScan(Ledger ledger, CheckpointAudit checkpoints, CompactRange? head, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.head = head;
        this.progress = progress;
        this.cancellationToken = cancellationToken;
        tiles = new TileAudit(ledger.Tiles, checkpoints, cancellationToken);
        tree = new TileBuilder(tiles.Enqueue);
        explainer = new EntryExplainer(ledger, cancellationToken);
        Acts = new ActRowAudit(ledger);
    }

    public ActRowAudit Acts { get; }

    public IReadOnlyList<LedgerFault> TileFaults => tiles.Faults;

    public long Size => tree.Size;

    public Hash256 Root => tree.Root;

    /// <returns>The first bad entry, or null.</returns>
    public async Task<LedgerFault?> RunAsync()
    {
        PageRow? before = null;
        await foreach (var row in ledger.Tables.QueryAsync(ledger.Name, LedgerRows.PagesFrom(0), cancellationToken))
        {
            PageRow page;
            try
            {
                page = LedgerRows.ReadPage(row);
            }
            catch (InvalidDataException exception)
            {
                var index = before is { } last ? last.First + last.Entries.Count : 0;
                return new(LedgerFaultKind.EntryEdited, index, $"The page there cannot be read: {exception.Message}");
            }

            if (head is not null && page.First >= head.Size)
            {
                // Appended since the head was read, or not counted by it.
                if ((await ledger.GetHeadAsync(cancellationToken)).Size > page.First)
                {
                    break;
                }

                return await CheckAsync(before, page.First) is { } earlier ? earlier
                    : await explainer.BelongsAsync(page) ? new(LedgerFaultKind.HeadChanged, head.Size, $"The head counts {head.Size} entries, and more follow: it was set back.")
                    : new(LedgerFaultKind.EntryInserted, page.First, "A page follows the head that was never appended.");
            }

            if (await CheckAsync(before, page.First) is { } fault)
            {
                return fault;
            }

            before = page;
        }

        return await CheckAsync(before, head?.Size) ?? await CheckEndAsync();
    }

    /// <summary>Checks a page, now that the next one is known to begin at <paramref name="limit"/>; null when it is the last.</summary>
    private async Task<LedgerFault?> CheckAsync(PageRow? read, long? limit)
    {
        if (read is not { } page)
        {
            return limit is null or 0 ? null
                : limit == head?.Size ? new(LedgerFaultKind.TailCut, 0, $"The head counts {limit} entries, and none is there.")
                : new(LedgerFaultKind.EntryDeleted, 0, $"The entries before {limit} are missing.");
        }

        var expected = (int)Math.Min(int.MaxValue, (limit ?? page.First + page.Entries.Count) - page.First);
        var leaves = page.Entries.ConvertAll(entry => MerkleTree.HashLeaf(entry.Span));
        for (var i = 0; i < Math.Min(expected, leaves.Count); i++)
        {
            if (await tiles.ContradictsAsync(page.First + i, leaves[i]))
            {
                return await explainer.ExplainAsync(page, leaves, i, expected);
            }
        }

        if (leaves.Count != expected)
        {
            var fault = await explainer.ExplainAsync(page, leaves, place: null, expected);
            return leaves.Count < expected && limit == head?.Size && fault.Index == page.First + leaves.Count
                ? fault with { Kind = LedgerFaultKind.TailCut, Detail = $"The head counts {limit} entries, and none is there from here on." }
                : fault;
        }

        if (page.Count != page.Entries.Count)
        {
            return new(LedgerFaultKind.EntryEdited, page.First, $"The page says it holds {page.Count} entries and holds {page.Entries.Count}.");
        }

        for (var i = 0; i < leaves.Count; i++)
        {
            if (await AppendAsync(page.First + i, page.Entries[i], leaves[i]) is { } fault)
            {
                return fault;
            }
        }

        progress?.Report(tree.Size);
        return null;
    }

    private async Task<LedgerFault?> AppendAsync(long index, ReadOnlyMemory<byte> bytes, Hash256 leaf)
    {
        try
        {
            Acts.AddEntry(CanonicalEntry.Decode(bytes.Span), index, leaf);
        }
        catch (InvalidDataException exception)
        {
            return new(LedgerFaultKind.EntryEdited, index, exception.Message);
        }

        tree.Append(leaf);
        await tiles.CheckFullAsync();
        if (!checkpoints.Roots.TryGetValue(tree.Size, out var root))
        {
            return null;
        }

        if (tree.Root != root)
        {
            return await explainer.ExplainAsync(agreed, tree.Size)
                ?? new(LedgerFaultKind.Forked, agreed, $"The entries from here to {tree.Size - 1} are not those the checkpoint of size {tree.Size} was signed over: they were written anew.");
        }

        agreed = tree.Size;
        if (tree.Size == checkpoints.Newest)
        {
            await tiles.CheckPartialAsync(tree.Partial());
        }

        return null;
    }

    private async Task<LedgerFault?> CheckEndAsync()
    {
        if (head is not null && tree.Size == head.Size && tree.Root != head.Root)
        {
            return await explainer.ExplainAsync(agreed, tree.Size)
                ?? new(LedgerFaultKind.HeadChanged, agreed, $"The head keeps another root than the entries give, of which {agreed} are those of a checkpoint.");
        }

        if (tree.Size < checkpoints.Newest)
        {
            return new(LedgerFaultKind.TailCut, tree.Size, $"A checkpoint was signed over {checkpoints.Newest} entries, and they end here.");
        }

        return head is null ? new(LedgerFaultKind.HeadChanged, tree.Size, "The head row cannot be read.") : null;
    }
}
