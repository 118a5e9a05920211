using System.Text;
using Azure;
using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Durable.Storage;

/// <summary>Another than this host wrote the instance, or the store went back in time.</summary>
/// <param name="standing">What stands there now; null when nothing does.</param>
internal sealed class ConflictException(string instanceId, Head? standing) : Exception($"Instance '{instanceId}' is not as this host left it.")
{
    public Head? Standing { get; } = standing;
}

/// <summary>Instances in one table: a head and a row for each turn, written together by the head's ETag; turns too large for a row in blobs.</summary>
internal sealed class InstanceStore(ITableStore tables, IBlobStore blobs, string prefix, Patience patience)
{
    /// <summary>A turn of more characters goes to a blob; the transaction stays under its 4 MiB, the row under its 1 MiB.</summary>
    private const int LargestRow = 250_000;

    /// <summary>Rows of generations gone that one commit removes; a transaction holds 100.</summary>
    private const int RemovedAtOnce = 90;

    private readonly string table = prefix + "instances";
    private readonly string container = prefix + "-history";

    public string Table => table;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await patience.TryAsync(() => tables.CreateTableAsync(table, cancellationToken), cancellationToken);
        await patience.TryAsync(() => blobs.CreateContainerAsync(container, cancellationToken), cancellationToken);
    }

    public async Task<Head?> FindAsync(string instanceId, CancellationToken cancellationToken)
    {
        // Twice: between the two reads the head may move from one key to the other.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var row = await GetAsync(instanceId, Rows.ActiveKey(instanceId), cancellationToken)
                ?? await GetAsync(instanceId, Rows.RestingKey(instanceId), cancellationToken);
            if (row is not null)
            {
                return Rows.ToHead(row);
            }
        }

        return null;
    }

    /// <exception cref="InvalidDataException">A row or blob of the history is missing or unreadable.</exception>
    public async Task<Turn> ReadTurnAsync(Head head, int turn, CancellationToken cancellationToken)
    {
        var key = Rows.TurnKey(head.InstanceId, turn);
        var row = await GetAsync(head.InstanceId, key, cancellationToken) ?? throw new InvalidDataException($"History row {key} is missing.");
        if (row.Get<Guid>("ExecutionId") != head.ExecutionId || row.Get<long>("Generation") != head.Generation)
        {
            throw new InvalidDataException($"History row {key} belongs to another execution.");
        }

        var json = row.Find<string>("Blob") is { } blob ? await ReadBlobAsync(blob, cancellationToken) : Rows.ReadText(row, "Turn");
        return Rows.ToTurn(row, json ?? throw new InvalidDataException($"History row {key} is empty."));
    }

    public async Task<IReadOnlyList<Turn>> ReadTurnsAsync(Head head, CancellationToken cancellationToken)
    {
        var turns = new List<Turn>(head.Turns);
        foreach (var some in Enumerable.Range(0, head.Turns).Chunk(16))
        {
            turns.AddRange(await Task.WhenAll(some.Select(turn => ReadTurnAsync(head, turn, cancellationToken))));
        }

        return turns;
    }

    /// <summary>Writes a turn and the head it leads to: all or nothing.</summary>
    /// <param name="before">As this host read or wrote it last; null for an instance that is not there.</param>
    /// <param name="after">Its <see cref="Head.Turns"/> counts <paramref name="turn"/>, when there is one.</param>
    /// <returns><paramref name="after"/> as it stands now.</returns>
    /// <exception cref="ConflictException">The head is not <paramref name="before"/>.</exception>
    public async Task<Head> CommitAsync(Head? before, Head after, Turn? turn, CancellationToken cancellationToken)
    {
        // A host's own mark on its write, as random as an ETag; never seen by an orchestrator.
        after = after with { CommitId = Guid.NewGuid(), RowsWritten = Math.Max(before?.RowsWritten ?? 0, after.Turns), ETag = before?.ETag ?? default };
        var writes = new List<TableWrite>();
        if (turn is not null)
        {
            var row = await ToRowAsync(after, turn, cancellationToken);
            after = after with { Overflowed = (before?.Overflowed ?? false) || row["Blob"] is not null };
            writes.Add(TableWrite.Upsert(row));
        }

        for (var gone = after.RowsWritten - 1; gone >= after.Turns && writes.Count < RemovedAtOnce; gone--)
        {
            writes.Add(TableWrite.DeleteAny(after.InstanceId, Rows.TurnKey(after.InstanceId, gone)));
            after = after with { RowsWritten = gone };
        }

        var place = writes.Count;
        if (before is null)
        {
            writes.Add(TableWrite.Insert(Rows.ToRow(after)));
        }
        else if (Rows.HeadKey(before) == Rows.HeadKey(after))
        {
            writes.Add(TableWrite.Replace(Rows.ToRow(after)));
        }
        else
        {
            writes.Add(TableWrite.Delete(new TableRow(before.InstanceId, Rows.HeadKey(before)) { ETag = before.ETag }));
            writes.Add(TableWrite.Insert(Rows.ToRow(after)));
            place++;
        }

        return await patience.TryAsync(
            async attempt =>
            {
                if (attempt > 0 && await FindAsync(after.InstanceId, cancellationToken) is { } standing && standing.CommitId == after.CommitId)
                {
                    return standing; // the reply was lost, not the write
                }

                try
                {
                    var eTags = await tables.SubmitAsync(table, writes, cancellationToken);
                    return after with { ETag = eTags[place] };
                }
                catch (StorageException e) when (e.Error is StorageError.ConditionNotMet or StorageError.AlreadyExists or StorageError.NotFound)
                {
                    throw new ConflictException(after.InstanceId, await FindAsync(after.InstanceId, cancellationToken));
                }
            },
            cancellationToken);
    }

    /// <summary>Removes a resting instance with its history.</summary>
    /// <exception cref="ConflictException">The head is not as given.</exception>
    public async Task PurgeAsync(Head head, CancellationToken cancellationToken)
    {
        if (head.Overflowed)
        {
            await DeleteBlobsAsync(head.InstanceId, _ => true, cancellationToken);
        }

        while (head.RowsWritten > RemovedAtOnce)
        {
            head = await CommitAsync(head, head with { Turns = 0 }, null, cancellationToken);
        }

        List<TableWrite> writes = [TableWrite.Delete(Rows.ToRow(head))];
        writes.AddRange(Enumerable.Range(0, head.RowsWritten).Select(turn => TableWrite.DeleteAny(head.InstanceId, Rows.TurnKey(head.InstanceId, turn))));
        try
        {
            await patience.TryAsync(() => tables.SubmitAsync(table, writes, cancellationToken), cancellationToken);
        }
        catch (StorageException e) when (e.Error is StorageError.ConditionNotMet or StorageError.NotFound)
        {
            if (await FindAsync(head.InstanceId, cancellationToken) is { } standing)
            {
                throw new ConflictException(head.InstanceId, standing);
            }
        }
    }

    /// <summary>Removes the blobs of executions and generations gone.</summary>
    public Task RemoveStaleBlobsAsync(Head head, CancellationToken cancellationToken) =>
        DeleteBlobsAsync(head.InstanceId, name => !name.StartsWith(BlobPrefix(head), StringComparison.Ordinal), cancellationToken);

    /// <summary>Heads by instance id; none where no host has ever run.</summary>
    public async Task<(IReadOnlyList<Head> Heads, string? Continuation)> ListAsync(
        string rowFrom, string rowBefore, string? idPrefix, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        var query = new TableQuery
        {
            PartitionFrom = idPrefix,
            PartitionBefore = idPrefix is null ? null : idPrefix + '\uffff',
            RowFrom = rowFrom,
            RowBefore = rowBefore,
            PageSize = pageSize,
        };
        try
        {
            var page = await patience.TryAsync(_ => tables.QueryPageAsync(table, query, continuation, cancellationToken), cancellationToken);
            return ([.. page.Rows.Select(Rows.ToHead)], page.Continuation);
        }
        catch (StorageException e) when (e.Error == StorageError.NotFound)
        {
            return ([], null);
        }
    }

    private Task<TableRow?> GetAsync(string instanceId, string rowKey, CancellationToken cancellationToken) =>
        patience.TryAsync(_ => tables.GetAsync(table, instanceId, rowKey, cancellationToken), cancellationToken);

    private async Task<TableRow> ToRowAsync(Head head, Turn turn, CancellationToken cancellationToken)
    {
        var row = new TableRow(head.InstanceId, Rows.TurnKey(head.InstanceId, head.Turns - 1))
        {
            ["ExecutionId"] = head.ExecutionId,
            ["Generation"] = head.Generation,
        };
        var json = Rows.Serialize(turn);
        if (json.Length <= LargestRow)
        {
            Rows.PutText(row, "Turn", json);
            return row;
        }

        var blob = $"{BlobPrefix(head)}{head.CommitId:N}";
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(json));
        await patience.TryAsync(
            async () =>
            {
                content.Position = 0;
                await using var writer = blobs.OpenWrite(new BlobAddress(container, blob), WriteCondition.None);
                await content.CopyToAsync(writer, cancellationToken);
                await writer.CommitAsync(cancellationToken);
            },
            cancellationToken);
        row["Blob"] = blob;
        return row;
    }

    private async Task<string> ReadBlobAsync(string blob, CancellationToken cancellationToken)
    {
        try
        {
            return await patience.TryAsync(
                async _ =>
                {
                    await using var download = await blobs.OpenReadAsync(new BlobAddress(container, blob), null, cancellationToken);
                    using var reader = new StreamReader(download.Content, Encoding.UTF8);
                    return await reader.ReadToEndAsync(cancellationToken);
                },
                cancellationToken);
        }
        catch (StorageException e) when (e.Error == StorageError.NotFound)
        {
            throw new InvalidDataException($"History blob {container}/{blob} is missing.", e);
        }
    }

    private static string BlobPrefix(Head head) => $"{head.InstanceId}/{head.ExecutionId:N}.{head.Generation}.";

    private async Task DeleteBlobsAsync(string instanceId, Func<string, bool> which, CancellationToken cancellationToken)
    {
        var names = new List<BlobAddress>();
        await foreach (var blob in blobs.ListAsync(container, instanceId + "/", cancellationToken))
        {
            if (which(blob.Blob.Name))
            {
                names.Add(blob.Blob);
            }
        }

        foreach (var name in names)
        {
            await patience.TryAsync(_ => blobs.DeleteAsync(name, null, cancellationToken), cancellationToken);
        }
    }
}
