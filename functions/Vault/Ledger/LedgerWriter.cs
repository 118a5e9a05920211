using Azure;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>Group commit: whatever waits while one transaction is under way goes into the next together.</summary>
/// <remarks>A transaction is the head (If-Match), one page and an insert-only row an entry: all of it stands or none.
/// Several processes may write; who loses the head reads it again and retries, in turns.</remarks>
internal sealed class LedgerWriter(ITableStore tables, string table)
{
    // Losing the head means another process gained it, so attempts this many are a fault, not contention.
    private const int MaxAttempts = 1000;

    // Callers run on other threads, so a look that finds no more of them may come too early.
    private const int LooksForMore = 3;

    // In milliseconds or so: callers that were just answered mostly append again.
    private const int LooksBeforeLeaving = 3;

    private readonly WriterTurns turns = new(tables, table);
    private readonly Lock gate = new();
    private readonly Queue<Pending> queue = new();
    private readonly Dictionary<string, Pending> waiting = new(StringComparer.Ordinal);
    private bool running;
    private Head? head;

    public async Task<LedgerPlace> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = CanonicalEntry.Encode(entry);
        var key = LedgerRows.ActKey(entry.ActId, entry.Kind);
        var pending = new Pending(key, bytes);
        bool joined;
        lock (gate)
        {
            joined = !waiting.TryAdd(key, pending);
            if (joined)
            {
                pending = waiting[key];
            }
            else
            {
                queue.Enqueue(pending);
            }

            if (!running)
            {
                running = true;
                _ = Task.Run(DrainAsync, CancellationToken.None);
            }
        }

        var place = await pending.Place.Task.WaitAsync(cancellationToken);
        return joined ? place with { Repeated = true } : place;
    }

    private async Task DrainAsync()
    {
        while (await GatherAsync() is { Count: > 0 } batch)
        {
            try
            {
                await CommitAsync(batch);
            }
#pragma warning disable CA1031 // Whatever went wrong belongs to the callers that wait for it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                head = null;
                batch.ForEach(pending => Release(pending).SetException(exception));
            }
        }
    }

    /// <summary>Lets callers append that are about to: those just answered, and those that append several entries one after the other. So they go into one page.</summary>
    private async Task<List<Pending>> GatherAsync()
    {
        for (var (most, same) = (0, 0); same < LooksForMore && most < LedgerRows.MaxEntriesPerPage;)
        {
            await Task.Yield();
            var now = Waiting();
            (most, same) = now > most ? (now, 0) : (most, same + 1);
        }

        for (var look = 0; Waiting() == 0 && turns.IsHeld; look++)
        {
            if (look == LooksBeforeLeaving)
            {
                head = null;
                await turns.LeaveAsync();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return Take();

        int Waiting()
        {
            lock (gate)
            {
                return queue.Count;
            }
        }
    }

    private List<Pending> Take()
    {
        lock (gate)
        {
            var batch = new List<Pending>();
            for (var room = LedgerRows.MaxPageBytes; batch.Count < LedgerRows.MaxEntriesPerPage && queue.TryPeek(out var next) && next.Length <= room;)
            {
                batch.Add(queue.Dequeue());
                room -= next.Length;
            }

            running = batch.Count > 0;
            return batch;
        }
    }

    /// <summary>Commits the batch, less what was there already; takes each entry from it as its caller is answered.</summary>
    private async Task CommitAsync(List<Pending> batch)
    {
        for (var attempt = 1; batch.Count > 0; attempt++)
        {
            var before = head ??= await ReadHeadAsync();
            var after = before.Range.Copy();
            batch.ForEach(pending => after.Append(pending.Leaf));
            try
            {
                var eTags = await tables.SubmitAsync(table, Plan(before, after, batch, turns.Sign()), CancellationToken.None);
                head = turns.IsOver ? null : new Head(after, eTags[0]);
            }
            catch (StorageException exception) when (exception.Error is StorageError.ConditionNotMet or StorageError.AlreadyExists && attempt < MaxAttempts)
            {
                if (exception.Error == StorageError.ConditionNotMet)
                {
                    turns.Lost();
                }

                head = await ReadHeadAsync();
                if (head.ETag != before.ETag)
                {
                    continue;
                }

                // The head is ours still, so what exists is an act row: a repeated append, or our own commit whose answer was lost.
                if (await AnswerRepeatsAsync(batch) == 0)
                {
                    throw new LedgerDamagedException(before.Range.Size, "a page follows the head without being counted in it.");
                }

                continue;
            }

            for (var i = 0; i < batch.Count; i++)
            {
                Release(batch[i]).SetResult(new LedgerPlace(before.Range.Size + i, Repeated: false));
            }

            batch.Clear();
        }
    }

    // The head comes first: when it has moved, that is what the service complains of.
    private static List<TableWrite> Plan(Head before, CompactRange after, List<Pending> batch, string turn)
    {
        var first = before.Range.Size;
        var row = LedgerRows.WriteHead(after, before.ETag, turn);
        return
        [
            before.ETag == default ? TableWrite.Insert(row) : TableWrite.Replace(row),
            TableWrite.Insert(LedgerRows.WritePage(first, [.. batch.Select(pending => (ReadOnlyMemory<byte>)pending.Bytes)])),
            .. batch.Select((pending, i) => TableWrite.Insert(LedgerRows.WriteAct(pending.Key, first + i, first, pending.Leaf))),
        ];
    }

    private async Task<int> AnswerRepeatsAsync(List<Pending> batch)
    {
        var rows = await Task.WhenAll(batch.Select(pending => tables.GetAsync(table, LedgerRows.Log, pending.Key, CancellationToken.None)));
        var repeated = batch.Zip(rows).Where(pair => pair.Second is not null).ToList();
        foreach (var (pending, row) in repeated)
        {
            batch.Remove(pending);
            Release(pending).SetResult(new LedgerPlace(LedgerRows.ReadAct(row!).Index, Repeated: true));
        }

        return repeated.Count;
    }

    private async Task<Head> ReadHeadAsync() =>
        await turns.ReadHeadAsync() is { } row
            ? new Head(LedgerRows.ReadHead(row), row.ETag)
            : new Head(new CompactRange(), default);

    private TaskCompletionSource<LedgerPlace> Release(Pending pending)
    {
        lock (gate)
        {
            waiting.Remove(pending.Key);
        }

        return pending.Place;
    }

    private sealed record Head(CompactRange Range, ETag ETag);

    private sealed class Pending(string key, byte[] bytes)
    {
        public string Key { get; } = key;

        public byte[] Bytes { get; } = bytes;

        public Hash256 Leaf { get; } = MerkleTree.HashLeaf(bytes);

        public int Length => Bytes.Length + EntryBundle.LengthPrefix;

        public TaskCompletionSource<LedgerPlace> Place { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
