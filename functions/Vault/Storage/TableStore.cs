using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace TfFlow.Vault.Storage;

/// <summary>The table port on the official client.</summary>
/// <remarks>When the reply to a first attempt is lost, the next one fails on the rows the first one wrote. The rows are then read back: all as they were sent
/// means that it had taken effect. So an insert that must tell two writers apart (a claim) carries something of its writer's own; and where another
/// changed a row in between, the answer is the service's, AlreadyExists or ConditionNotMet.</remarks>
public sealed class TableStore : ITableStore
{
    private readonly TableServiceClient service;

    /// <summary>An account by its shared key.</summary>
    public TableStore(string connectionString, StoreOptions? options = null) =>
        service = StorageErrors.Open(() => new TableServiceClient(connectionString, (options ?? new()).ForTables()));

    /// <summary>An account by an identity that may use it.</summary>
    public TableStore(Uri endpoint, TokenCredential identity, StoreOptions? options = null) => service = new(endpoint, identity, (options ?? new()).ForTables());

    public Task CreateTableAsync(string table, CancellationToken cancellationToken) =>
        StorageErrors.CallAsync("Create Table", table, () => service.CreateTableIfNotExistsAsync(table, cancellationToken), cancellationToken);

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        StorageErrors.CallAsync("Get Entity", Describe(table, partitionKey, rowKey), async () =>
        {
            var entity = await service.GetTableClient(table).GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
            return entity.HasValue ? TableEntities.ToRow(entity.Value!) : null;
        }, cancellationToken);

    public Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, 1000);
        return StorageErrors.CallAsync("Query Entities", table, async () =>
        {
            var entities = service.GetTableClient(table).QueryAsync<TableEntity>(TableFilter.Of(query), query.PageSize, TableFilter.Columns(query), cancellationToken);
            await foreach (var page in entities.AsPages(continuation, query.PageSize))
            {
                return new TablePage([.. page.Values.Select(TableEntities.ToRow)], page.ContinuationToken);
            }

            return new TablePage([], null);
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableLimits.Check(writes);
        var client = service.GetTableClient(table);
        using var call = LostReplies.Watch();
        try
        {
            return writes.Count == 1
                ? [await SubmitOneAsync(client, writes[0], cancellationToken)]
                : [.. (await client.SubmitTransactionAsync(writes.Select(TableEntities.ToAction), cancellationToken)).Value.Select(response => response.Headers.ETag ?? default)];
        }
        catch (Exception e) when (StorageErrors.IsOfStore(e, cancellationToken))
        {
            return call.WasReplyLost && e is RequestFailedException { Status: 404 or 409 or 412 } && await FindAsSentAsync(table, writes, cancellationToken) is { } found
                ? found
                : throw Refusal(table, writes, e);
        }
    }

    private static async Task<ETag> SubmitOneAsync(TableClient client, TableWrite write, CancellationToken cancellationToken)
    {
        var (row, entity) = (write.Row, TableEntities.ToEntity(write.Row));
        var response = await (write.Kind switch
        {
            TableWriteKind.Insert => client.AddEntityAsync(entity, cancellationToken),
            TableWriteKind.Upsert => client.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken),
            TableWriteKind.Replace => client.UpdateEntityAsync(entity, row.ETag, TableUpdateMode.Replace, cancellationToken),
            TableWriteKind.MergeAny => client.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Merge, cancellationToken),
            TableWriteKind.Delete => client.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken),
            _ => client.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken),
        });

        // The client takes the deletion of a row that is not there for done.
        return response.IsError ? throw new RequestFailedException(response) : response.Headers.ETag ?? default;
    }

    private static StorageException Refusal(string table, IReadOnlyList<TableWrite> writes, Exception exception)
    {
        var failed = writes.Count == 1 ? 0 : (exception as TableTransactionFailedException)?.FailedTransactionActionIndex;
        return failed is { } index && index < writes.Count
            ? StorageErrors.Translate(OperationOf(writes[index]), Describe(table, writes[index].Row.PartitionKey, writes[index].Row.RowKey), exception, index)
            : StorageErrors.Translate("Entity Group Transaction", $"{table}({writes[0].Row.PartitionKey})", exception);
    }

    private static string OperationOf(TableWrite write) => write.Kind switch
    {
        TableWriteKind.Insert => "Insert Entity",
        TableWriteKind.Replace => "Update Entity",
        TableWriteKind.Upsert => "Insert Or Replace Entity",
        TableWriteKind.MergeAny => "Merge Entity",
        _ => "Delete Entity",
    };

    private static string Describe(string table, string partitionKey, string rowKey) => $"{table}({partitionKey}, {rowKey})";

    /// <returns>The rows' ETags when every one stands as it was sent, else null.</returns>
    private async Task<IReadOnlyList<ETag>?> FindAsSentAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        var eTags = new List<ETag>(writes.Count);
        foreach (var write in writes)
        {
            var standing = await GetAsync(table, write.Row.PartitionKey, write.Row.RowKey, cancellationToken);
            if (!TableEntities.StandsAsSent(write, standing))
            {
                return null;
            }

            eTags.Add(standing?.ETag ?? default);
        }

        return eTags;
    }
}
