using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure.Storage;

/// <summary>The table port on the official client.</summary>
internal sealed class AzureTableStore(TableServiceClient service) : ITableStore
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public Task CreateTableAsync(string table, CancellationToken cancellationToken) =>
        AzureErrors.CallAsync("Create Table", table, () => service.CreateTableIfNotExistsAsync(table, cancellationToken));

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        AzureErrors.CallAsync("Get Entity", $"{table}({partitionKey}, {rowKey})", async () =>
        {
            var entity = await service.GetTableClient(table).GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
            return entity.HasValue ? ToRow(entity.Value!) : null;
        });

    public Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, 1000);
        return AzureErrors.CallAsync("Query Entities", table, async () =>
        {
            var entities = service.GetTableClient(table).QueryAsync<TableEntity>(TableFilter.Of(query), query.PageSize, TableFilter.Columns(query), cancellationToken);
            await foreach (var page in entities.AsPages(continuation, query.PageSize))
            {
                return new TablePage([.. page.Values.Select(ToRow)], page.ContinuationToken);
            }

            return new TablePage([], null);
        });
    }

    public async Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableLimits.Check(writes);
        CheckSize(writes);
        try
        {
            var responses = (await service.GetTableClient(table).SubmitTransactionAsync(writes.Select(ToAction), cancellationToken)).Value;
            return [.. responses.Select(response => response.Headers.ETag ?? default)];
        }
        catch (Exception e) when (AzureErrors.IsOfTransport(e))
        {
            var failed = (e as TableTransactionFailedException)?.FailedTransactionActionIndex;
            throw AzureErrors.Translate("Entity Group Transaction", $"{table}({writes[0].Row.PartitionKey})", e, failed);
        }
    }

    private static void CheckSize(IReadOnlyList<TableWrite> writes)
    {
        var size = writes.Sum(write => JsonSerializer.SerializeToUtf8Bytes(write.Row.Properties, Json).Length);
        if (size > TableLimits.TransactionBytes)
        {
            throw new ArgumentException($"A transaction takes at most {TableLimits.TransactionBytes} bytes, not {size}.", nameof(writes));
        }
    }

    private static TableTransactionAction ToAction(TableWrite write)
    {
        var entity = new TableEntity(write.Row.PartitionKey, write.Row.RowKey);
        foreach (var (name, value) in write.Row.Properties)
        {
            entity.Add(name, value is DateTimeOffset time ? time.ToUniversalTime() : value);
        }

        return write.Kind switch
        {
            TableWriteKind.Insert => new(TableTransactionActionType.Add, entity),
            TableWriteKind.Upsert => new(TableTransactionActionType.UpsertReplace, entity),
            TableWriteKind.Replace => new(TableTransactionActionType.UpdateReplace, entity, write.Row.ETag),
            TableWriteKind.MergeAny => new(TableTransactionActionType.UpdateMerge, entity, ETag.All),
            TableWriteKind.Delete => new(TableTransactionActionType.Delete, entity, write.Row.ETag),
            _ => new(TableTransactionActionType.Delete, entity, ETag.All),
        };
    }

    private static TableRow ToRow(TableEntity entity)
    {
        var row = new TableRow(entity.PartitionKey, entity.RowKey) { ETag = entity.ETag };
        foreach (var (name, value) in entity)
        {
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
            {
                row[name] = value is DateTime time ? new DateTimeOffset(time.ToUniversalTime()) : value;
            }
        }

        return row;
    }
}
