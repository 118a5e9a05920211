using System.Buffers.Binary;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>Remembers how far the ledger was searched for intents without outcome, and which were open there.</summary>
/// <remarks>Derived: a lost or stale row costs a longer search, never an intent.</remarks>
internal sealed class OpenIntents(ITableStore tables, string table)
{
    private const string Partition = "open";
    private const string Row = "search";
    private const string Next = "Next";
    private const int ItemLength = 2 * sizeof(long);

    // What a row takes with room to spare; more open intents than that are searched for again.
    private const int MaxRemembered = 40_000;

    public async Task<IReadOnlyList<LedgerRecord>> FindAsync(Ledger ledger, DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(table, Partition, Row, cancellationToken);
        var next = row?.Get<long>(Next) ?? 0;
        var open = Decode(row is null ? [] : LedgerRows.ReadChunks(row));
        var begun = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var record in ledger.ReadAsync(next, cancellationToken))
        {
            next = record.Index + 1;
            if (record.Entry.Kind == EntryKind.Intent)
            {
                open.Add(record.Index, record.Entry.At.UtcTicks);
                begun[record.Entry.ActId] = record.Index;
            }
            else if (begun.Remove(record.Entry.ActId, out var index) || await IntentOfAsync(record.Entry.ActId) is { } earlier && (index = earlier) >= 0)
            {
                open.Remove(index);
            }
        }

        await RememberAsync(row, next, open, cancellationToken);
        var found = new List<LedgerRecord>();
        foreach (var index in open.Where(item => item.Value < olderThan.UtcTicks).Select(item => item.Key))
        {
            found.Add(await ledger.ReadAsync(index, cancellationToken).FirstAsync(cancellationToken));
        }

        return found;

        async Task<long?> IntentOfAsync(string actId) =>
            await tables.GetAsync(table, LedgerRows.Log, LedgerRows.ActKey(actId, EntryKind.Intent), cancellationToken) is { } act
                ? LedgerRows.ReadAct(act).Index
                : null;
    }

    private async Task RememberAsync(TableRow? read, long next, SortedDictionary<long, long> open, CancellationToken cancellationToken)
    {
        if (open.Count > MaxRemembered || read?.Find<long>(Next) == next)
        {
            return;
        }

        var row = new TableRow(Partition, Row) { ETag = read?.ETag ?? default, [Next] = next };
        LedgerRows.WriteChunks(row, Encode(open));
        try
        {
            await tables.SubmitAsync(table, read is null ? TableWrite.Insert(row) : TableWrite.Replace(row), cancellationToken);
        }
        catch (StorageException exception) when (exception.Error is StorageError.ConditionNotMet or StorageError.AlreadyExists or StorageError.NotFound)
        {
            // Another sweep remembered its own search.
        }
    }

    private static byte[] Encode(SortedDictionary<long, long> open)
    {
        var bytes = new byte[open.Count * ItemLength];
        var rest = bytes.AsSpan();
        foreach (var (index, ticks) in open)
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, index);
            BinaryPrimitives.WriteInt64BigEndian(rest[sizeof(long)..], ticks);
            rest = rest[ItemLength..];
        }

        return bytes;
    }

    private static SortedDictionary<long, long> Decode(ReadOnlySpan<byte> bytes)
    {
        var open = new SortedDictionary<long, long>();
        for (; bytes.Length >= ItemLength; bytes = bytes[ItemLength..])
        {
            open.Add(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]));
        }

        return open;
    }
}
