using System.Runtime.CompilerServices;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>The append-only ledger in one table. One instance a process; several processes may write.</summary>
/// <remarks>docs/ledger-format.md.</remarks>
public sealed class Ledger(ITableStore tables, string table = "ledger")
{
    private readonly LedgerWriter writer = new(tables, table);
    private readonly OpenIntents openIntents = new(tables, table);

    public Task CreateAsync(CancellationToken cancellationToken) => tables.CreateTableAsync(table, cancellationToken);

    /// <summary>Appends the entry, or finds the one of the same act id and kind; returns only when it is durable.</summary>
    /// <remarks>A caller that cancels gives up waiting: the entry may still be written. After a failure too it may stand; appending it again settles that.</remarks>
    /// <exception cref="ArgumentException">The entry cannot be written: <see cref="CanonicalEntry.Encode"/>.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public Task<LedgerPlace> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken) => writer.AppendAsync(entry, cancellationToken);

    public async Task<LedgerHead> GetHeadAsync(CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(table, LedgerRows.Log, LedgerRows.Head, cancellationToken);
        var range = row is null ? new CompactRange() : LedgerRows.ReadHead(row);
        return new LedgerHead(range.Size, range.Root);
    }

    /// <summary>The entries from <paramref name="from"/> on, in order, a page at a time.</summary>
    /// <exception cref="LedgerDamagedException">An entry is missing or unreadable.</exception>
    public async IAsyncEnumerable<LedgerRecord> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? next = null;
        await foreach (var row in tables.QueryAsync(table, LedgerRows.PagesFrom(from), cancellationToken))
        {
            var (first, entries) = Read(row, next ?? from);
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
        if (await tables.GetAsync(table, LedgerRows.Log, LedgerRows.ActKey(actId, kind), cancellationToken) is not { } row)
        {
            return null;
        }

        var act = LedgerRows.ReadAct(row);
        var page = await tables.GetAsync(table, LedgerRows.Log, LedgerRows.PageKey(act.Page), cancellationToken)
            ?? throw new LedgerDamagedException(act.Page, "its page is missing.");
        var (first, entries) = Read(page, act.Page);
        return act.Index - first is var i && i >= 0 && i < entries.Count
            ? Decode(act.Index, entries[(int)i])
            : throw new LedgerDamagedException(act.Index, "its page does not hold it.");
    }

    /// <summary>Acts begun before <paramref name="olderThan"/> that have no outcome: what the sweep resolves.</summary>
    /// <remarks>Reads only what was appended since the last call, and the open ones.</remarks>
    public Task<IReadOnlyList<LedgerRecord>> IntentsWithoutOutcomeAsync(DateTimeOffset olderThan, CancellationToken cancellationToken) =>
        openIntents.FindAsync(this, olderThan, cancellationToken);

    private static (long First, List<ReadOnlyMemory<byte>> Entries) Read(TableRow row, long index)
    {
        try
        {
            return LedgerRows.ReadPage(row);
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
