using Azure;
using Azure.Data.Tables;

namespace TfFlow.Vault.Storage;

/// <summary>Rows as the client's entities.</summary>
internal static class TableEntities
{
    public static TableEntity ToEntity(TableRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            entity.Add(name, value is DateTimeOffset time ? time.ToUniversalTime() : value);
        }

        return entity;
    }

    public static TableRow ToRow(TableEntity entity)
    {
        var row = new TableRow(entity.PartitionKey, entity.RowKey) { ETag = entity.ETag };
        foreach (var (name, value) in entity)
        {
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
            {
                row[name] = value;
            }
        }

        return row;
    }

    public static TableTransactionAction ToAction(TableWrite write)
    {
        var (entity, eTag) = (ToEntity(write.Row), write.Row.ETag);
        return write.Kind switch
        {
            TableWriteKind.Insert => new(TableTransactionActionType.Add, entity),
            TableWriteKind.Upsert => new(TableTransactionActionType.UpsertReplace, entity),
            TableWriteKind.Replace => new(TableTransactionActionType.UpdateReplace, entity, eTag),
            TableWriteKind.MergeAny => new(TableTransactionActionType.UpdateMerge, entity, ETag.All),
            TableWriteKind.Delete => new(TableTransactionActionType.Delete, entity, eTag),
            _ => new(TableTransactionActionType.Delete, entity, ETag.All),
        };
    }

    /// <summary>Whether the row that stands there is what the write leaves behind.</summary>
    public static bool StandsAsSent(TableWrite write, TableRow? standing) => write.Kind switch
    {
        TableWriteKind.Delete or TableWriteKind.DeleteAny => standing is null,
        TableWriteKind.MergeAny => standing is not null && Holds(standing, write.Row),
        _ => standing is not null && standing.Properties.Count == write.Row.Properties.Count && Holds(standing, write.Row),
    };

    private static bool Holds(TableRow standing, TableRow sent) => sent.Properties.All(property => standing[property.Key] is { } value
        && (value is byte[] bytes ? property.Value is byte[] others && bytes.AsSpan().SequenceEqual(others) : value.Equals(property.Value)));
}
