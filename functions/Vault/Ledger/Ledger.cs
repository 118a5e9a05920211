using System.Runtime.CompilerServices;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>The append-only ledger: its entries in one table, its tiles and checkpoints in two containers. One instance a process; several processes may write.</summary>
/// <param name="name">The table; the containers are <c>name-tiles</c> and <c>name-checkpoints</c>.</param>
/// <remarks>docs/ledger-format.md.</remarks>
public sealed class Ledger(ITableStore tables, IBlobStore blobs, string name = "ledger")
{
    private readonly LedgerWriter writer = new(tables, name);
    private readonly OpenIntents openIntents = new(tables, name);

    internal ITableStore Tables { get; } = tables;

    internal string Name { get; } = name;

    internal TileStore Tiles { get; } = new(blobs, name + "-tiles");

    internal CheckpointStore Checkpoints { get; } = new(tables, name, blobs, name + "-checkpoints");

    /// <summary>Whether there is a ledger in this store. Asking creates nothing.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Tables.QueryPageAsync(Name, TableQuery.All with { PageSize = 1 }, continuation: null, cancellationToken);
            return true;
        }
        catch (StorageException absent) when (absent.Error is StorageError.NotFound)
        {
            return false;
        }
    }

    /// <summary>Creates what is missing of the table and the containers.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await Tables.CreateTableAsync(Name, cancellationToken);
        await Tiles.CreateAsync(cancellationToken);
        await Checkpoints.CreateAsync(cancellationToken);
    }

    /// <summary>Appends the entry, or finds the one of the same act id and kind; returns only when it is durable.</summary>
    /// <remarks>A caller that cancels gives up waiting: the entry may still be written. After a failure too it may stand; appending it again settles that.</remarks>
    /// <exception cref="ArgumentException">The entry cannot be written: <see cref="CanonicalEntry.Encode"/>.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task<LedgerPlace> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        var place = await writer.AppendAsync(entry, cancellationToken);
        Appended?.Invoke(entry, place);
        return place;
    }

    /// <summary>An entry is durable, by this process; raised again for a repeated one.</summary>
    public event Action<LedgerEntry, LedgerPlace>? Appended;

    public async Task<LedgerHead> GetHeadAsync(CancellationToken cancellationToken)
    {
        var row = await Tables.GetAsync(Name, LedgerRows.Log, LedgerRows.Head, cancellationToken);
        var range = row is null ? new CompactRange() : LedgerRows.ReadHead(row);
        return new LedgerHead(range.Size, range.Root);
    }

    /// <summary>The entries from <paramref name="from"/> on, in order, a page at a time.</summary>
    /// <exception cref="LedgerDamagedException">An entry is missing or unreadable.</exception>
    public async IAsyncEnumerable<LedgerRecord> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? next = null;
        await foreach (var row in Tables.QueryAsync(Name, LedgerRows.PagesFrom(from), cancellationToken))
        {
            var (first, _, entries) = Read(row, next ?? from);
            if (next is { } expected ? first != expected : first > from)
            {
                throw new LedgerDamagedException(next ?? from, $"the next page begins at {first}.");
            }

            next = first + entries.Count;
            for (var i = (int)Math.Max(0, from - first); i < entries.Count; i++)
            {
                yield return Decode(first + i, entries[i]);
            }
        }
    }

    /// <summary>The entry of an act, or null.</summary>
    public async Task<LedgerRecord?> FindAsync(string actId, EntryKind kind, CancellationToken cancellationToken)
    {
        if (await Tables.GetAsync(Name, LedgerRows.Log, LedgerRows.ActKey(actId, kind), cancellationToken) is not { } row)
        {
            return null;
        }

        var act = LedgerRows.ReadAct(row);
        var page = await Tables.GetAsync(Name, LedgerRows.Log, LedgerRows.PageKey(act.Page), cancellationToken)
            ?? throw new LedgerDamagedException(act.Page, "its page is missing.");
        var (first, _, entries) = Read(page, act.Page);
        return act.Index - first is var i && i >= 0 && i < entries.Count
            ? Decode(act.Index, entries[(int)i])
            : throw new LedgerDamagedException(act.Index, "its page does not hold it.");
    }

    /// <summary>Acts begun before <paramref name="olderThan"/> that have no outcome: what the sweep resolves.</summary>
    /// <remarks>Reads only what was appended since the last call, and the open ones.</remarks>
    public Task<IReadOnlyList<LedgerRecord>> IntentsWithoutOutcomeAsync(DateTimeOffset olderThan, CancellationToken cancellationToken) =>
        openIntents.FindAsync(this, olderThan, cancellationToken);

    /// <summary>The receipt of an act's entry, or null while it is pending: until the next checkpoint.</summary>
    /// <exception cref="ArgumentException">There is no such entry.</exception>
    public async Task<Receipt?> FindReceiptAsync(string actId, EntryKind kind, CancellationToken cancellationToken)
    {
        var record = await FindAsync(actId, kind, cancellationToken)
            ?? throw new ArgumentException($"The ledger has no {kind} of act '{actId}'.", nameof(actId));
        var latest = await Checkpoints.FindLatestAsync(cancellationToken);
        return latest is null || Checkpoint.Parse(SignedNote.Parse(latest.Note).Text) is var checkpoint && checkpoint.Size <= record.Index
            ? null
            : await CreateReceiptAsync(record, checkpoint, latest.Note, new TiledTree(Tiles, checkpoint.Size, cancellationToken));
    }

    /// <summary>The receipts of the entries a checkpoint added, for those that are wanted.</summary>
    public async IAsyncEnumerable<(LedgerRecord Record, Receipt Receipt)> ReceiptsAsync(
        CheckpointPublication publication, Func<LedgerEntry, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (signed, from) = publication;
        var tree = new TiledTree(Tiles, signed.Checkpoint.Size, cancellationToken);
        await foreach (var record in ReadAsync(from, cancellationToken))
        {
            if (record.Index >= signed.Checkpoint.Size)
            {
                break;
            }

            if (isWanted(record.Entry))
            {
                yield return (record, await CreateReceiptAsync(record, signed.Checkpoint, signed.Note, tree));
            }
        }
    }

    /// <summary>The newest checkpoint as it was signed; null before the first.</summary>
    public async Task<string?> FindCheckpointAsync(CancellationToken cancellationToken) => (await Checkpoints.FindLatestAsync(cancellationToken))?.Note;

    /// <summary>Proves that an earlier checkpoint's tree begins a later one's.</summary>
    public Task<IReadOnlyList<Hash256>> ProveConsistencyAsync(Checkpoint earlier, Checkpoint later, CancellationToken cancellationToken) =>
        new TiledTree(Tiles, later.Size, cancellationToken).ProveConsistencyAsync(earlier.Size);

    private static async Task<Receipt> CreateReceiptAsync(LedgerRecord record, Checkpoint checkpoint, string note, TiledTree tree)
    {
        var proof = await tree.ProveInclusionAsync(record.Index);
        return MerkleProof.VerifyInclusion((ulong)record.Index, (ulong)checkpoint.Size, MerkleTree.HashLeaf(record.Bytes.Span), proof, checkpoint.Root)
            ? new Receipt(record.Index, record.Bytes, proof, note)
            : throw new LedgerDamagedException(record.Index, "it does not lead to the root of the checkpoint.");
    }

    private static PageRow Read(TableRow row, long index)
    {
        try
        {
            var page = LedgerRows.ReadPage(row);
            return page.Count == page.Entries.Count
                ? page
                : throw new LedgerDamagedException(page.First, $"its page says it holds {page.Count} entries and holds {page.Entries.Count}.");
        }
        catch (InvalidDataException exception)
        {
            throw new LedgerDamagedException(index, exception.Message);
        }
    }

    private static LedgerRecord Decode(long index, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return new LedgerRecord(index, CanonicalEntry.Decode(bytes.Span), bytes);
        }
        catch (InvalidDataException exception)
        {
            throw new LedgerDamagedException(index, exception.Message);
        }
    }
}
