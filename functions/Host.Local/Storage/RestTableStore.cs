using System.Buffers;
using System.Text;
using Azure;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>The table port on the Table service's REST interface, with the account's shared key.</summary>
/// <remarks>When a transaction's first reply is lost, the next attempt fails on the rows the first one wrote. The rows are then read back: all as they were sent
/// means that it had taken effect. So an insert that must tell two writers apart (a claim) carries something of its writer's own; and where another
/// changed a row in between, the answer is the service's, AlreadyExists or ConditionNotMet.</remarks>
public sealed class RestTableStore(StorageAccount account, StoreOptions? options = null) : ITableStore
{
    internal const string Version = "2019-02-02";

    private readonly StorePipeline pipeline = new(account.TableEndpoint, options ?? new StoreOptions(), Version, new TableSharedKeyPolicy(account));

    public async Task CreateTableAsync(string table, CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Post, "/Tables");
        SetJson(message, Encoding.UTF8.GetBytes($"{{\"TableName\":\"{table}\"}}"));
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        var response = await pipeline.SendAsync(message, "Create Table", table, cancellationToken);
        if (response.Status is not (201 or 204) && ServiceErrors.ErrorCode(response) != "TableAlreadyExists")
        {
            throw ServiceErrors.From(response, "Create Table", table);
        }
    }

    public async Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Get, PathOf(table, partitionKey, rowKey));
        var response = await pipeline.SendAsync(message, "Get Entity", Describe(table, partitionKey, rowKey), cancellationToken);
        return response.Status switch
        {
            200 => TableJson.ReadRow(response.ContentStream!),
            404 => null,
            _ => throw ServiceErrors.From(response, "Get Entity", Describe(table, partitionKey, rowKey)),
        };
    }

    public async Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, 1000);
        using var message = Create(RequestMethod.Get, $"/{table}(){QueryString(query)}{continuation}");
        var response = await pipeline.SendAsync(message, "Query Entities", table, cancellationToken);
        return response.Status == 200
            ? new TablePage(TableJson.ReadRows(response.ContentStream!), Continuation(response))
            : throw ServiceErrors.From(response, "Query Entities", table);
    }

    public async Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableLimits.Check(writes);
        using var message = writes.Count == 1 ? CreateSingle(table, writes[0]) : CreateBatch(table, writes);
        var resource = writes.Count == 1 ? Describe(table, writes[0].Row) : $"{table}({writes[0].Row.PartitionKey})";
        var operation = writes.Count == 1 ? OperationOf(writes[0]) : "Entity Group Transaction";
        var response = await pipeline.SendAsync(message, operation, resource, cancellationToken);
        var failure = writes.Count == 1
            ? response.IsError ? ServiceErrors.From(response, operation, resource, failedWrite: 0) : null
            : TableBatch.FindFailure(response, table, writes);
        if (failure is null)
        {
            return writes.Count == 1 ? [response.Headers.ETag ?? default] : TableBatch.ReadETags(response, writes.Count);
        }

        return AttemptPolicy.WasReplyLost(message) && await FindAsSentAsync(table, writes, cancellationToken) is { } found ? found : throw failure;
    }

    internal static string OperationOf(TableWrite write) => write.Kind switch
    {
        TableWriteKind.Insert => "Insert Entity",
        TableWriteKind.Replace => "Update Entity",
        TableWriteKind.Upsert => "Insert Or Replace Entity",
        TableWriteKind.MergeAny => "Merge Entity",
        _ => "Delete Entity",
    };

    internal static string Describe(string table, TableRow row) => Describe(table, row.PartitionKey, row.RowKey);

    internal static string PathOf(string table, string partitionKey, string rowKey) =>
        $"/{table}(PartitionKey={Uri.EscapeDataString(TableFilter.Quote(partitionKey))},RowKey={Uri.EscapeDataString(TableFilter.Quote(rowKey))})";

    private static string QueryString(TableQuery query) =>
        $"?$top={query.PageSize}"
        + (TableFilter.Of(query) is { } filter ? $"&$filter={Uri.EscapeDataString(filter)}" : "")
        + (TableFilter.Columns(query) is { } columns ? $"&$select={Uri.EscapeDataString(string.Join(',', columns))}" : "");

    private static string Describe(string table, string partitionKey, string rowKey) => $"{table}({partitionKey}, {rowKey})";

    private HttpMessage Create(RequestMethod method, string pathAndQuery)
    {
        var message = pipeline.CreateMessage(method, pathAndQuery);
        message.Request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        return message;
    }

    private static void SetJson(HttpMessage message, ReadOnlyMemory<byte> json)
    {
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(json);
    }

    private HttpMessage CreateSingle(string table, TableWrite write)
    {
        var (method, path, ifMatch) = TableBatch.RequestLine(table, write);
        var message = Create(method, path);
        if (ifMatch is not null)
        {
            message.Request.Headers.SetValue("If-Match", ifMatch);
        }

        if (method != RequestMethod.Delete)
        {
            var body = new ArrayBufferWriter<byte>();
            TableJson.Write(body, write.Row);
            SetJson(message, body.WrittenMemory);
            message.Request.Headers.SetValue("Prefer", "return-no-content");
        }

        return message;
    }

    private HttpMessage CreateBatch(string table, IReadOnlyList<TableWrite> writes)
    {
        var batch = new TableBatch(pipeline.Address, table, writes);
        var message = Create(RequestMethod.Post, "/$batch");
        message.Request.Headers.SetValue("Content-Type", TableBatch.ContentType);
        message.Request.Content = RequestContent.Create(batch.Content);
        return message;
    }

    /// <returns>The rows' ETags when every one stands as it was sent, else null.</returns>
    private async Task<IReadOnlyList<ETag>?> FindAsSentAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        var eTags = new List<ETag>(writes.Count);
        foreach (var write in writes)
        {
            var standing = await GetAsync(table, write.Row.PartitionKey, write.Row.RowKey, cancellationToken);
            var isDeletion = write.Kind is TableWriteKind.Delete or TableWriteKind.DeleteAny;
            if (isDeletion ? standing is not null : standing is null || !HaveSameProperties(standing, write.Row))
            {
                return null;
            }

            eTags.Add(standing?.ETag ?? default);
        }

        return eTags;
    }

    private static bool HaveSameProperties(TableRow one, TableRow other) =>
        one.Properties.Count == other.Properties.Count
        && one.Properties.All(property => other[property.Key] is { } value
            && (value is byte[] bytes ? property.Value is byte[] others && bytes.AsSpan().SequenceEqual(others) : value.Equals(property.Value)));

    private static string? Continuation(Response response) =>
        response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition)
            ? $"&NextPartitionKey={Uri.EscapeDataString(partition!)}"
                + (response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row) ? $"&NextRowKey={Uri.EscapeDataString(row!)}" : "")
            : null;
}
