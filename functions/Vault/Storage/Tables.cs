using Azure;

namespace TfFlow.Vault.Storage;

/// <summary>A table entity: keys and typed properties.</summary>
/// <remarks>Values are string, int, long, double (not infinite), bool, Guid, DateTimeOffset (UTC) or byte[]; a null value is an absent property.
/// Limits of the service: 252 properties, 64 KiB a property, 1 MiB a row.</remarks>
public sealed class TableRow(string partitionKey, string rowKey)
{
    private readonly Dictionary<string, object> properties = new(StringComparer.Ordinal);

    public string PartitionKey { get; } = partitionKey;

    public string RowKey { get; } = rowKey;

    /// <summary>The version read, or default for a row that was not read.</summary>
    public ETag ETag { get; init; }

    public IReadOnlyDictionary<string, object> Properties => properties;

    public object? this[string name]
    {
        get => properties.GetValueOrDefault(name);
        set
        {
            if (value is null)
            {
                properties.Remove(name);
                return;
            }

            if (value is not (string or int or long or double or bool or Guid or DateTimeOffset or byte[]) || value is double.PositiveInfinity or double.NegativeInfinity)
            {
                throw new ArgumentException($"Property '{name}': a table row holds no {(value is double ? "infinite number" : value.GetType().Name)}.", nameof(value));
            }

            properties[name] = value;
        }
    }

    public T? Find<T>(string name) => properties.TryGetValue(name, out var value) ? (T)value : default;

    /// <exception cref="InvalidDataException">The property is absent.</exception>
    public T Get<T>(string name) => properties.TryGetValue(name, out var value)
        ? (T)value
        : throw new InvalidDataException($"Row {PartitionKey}/{RowKey} has no property '{name}'.");
}

public sealed record TablePage(IReadOnlyList<TableRow> Rows, string? Continuation);

/// <summary>A range of rows: [From, Before) in each key, ordinal; null is open.</summary>
public sealed record TableQuery
{
    public string? PartitionFrom { get; init; }

    public string? PartitionBefore { get; init; }

    public string? RowFrom { get; init; }

    public string? RowBefore { get; init; }

    /// <summary>The properties to bring, or null for all; keys and ETag always come.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    /// <summary>Rows a page at most, 1 to 1,000.</summary>
    public int PageSize { get; init; } = 1000;

    public static TableQuery All => new();

    public static TableQuery Partition(string partitionKey) => new() { PartitionFrom = partitionKey, PartitionBefore = partitionKey + '\0' };
}

public enum TableWriteKind
{
    /// <summary>The row must not exist.</summary>
    Insert,

    /// <summary>The row must be as it was read (<see cref="TableRow.ETag"/>); all properties are replaced.</summary>
    Replace,

    /// <summary>Whatever stands there is replaced.</summary>
    Upsert,

    /// <summary>The row must exist, in any version; the properties given are set, the others stay.</summary>
    MergeAny,

    /// <summary>The row must be as it was read (<see cref="TableRow.ETag"/>).</summary>
    Delete,

    /// <summary>The row must exist, in any version.</summary>
    DeleteAny,
}

public sealed record TableWrite(TableWriteKind Kind, TableRow Row)
{
    public static TableWrite Insert(TableRow row) => new(TableWriteKind.Insert, row);

    public static TableWrite Replace(TableRow row) => new(TableWriteKind.Replace, row);

    public static TableWrite Upsert(TableRow row) => new(TableWriteKind.Upsert, row);

    public static TableWrite MergeAny(TableRow row) => new(TableWriteKind.MergeAny, row);

    public static TableWrite Delete(TableRow row) => new(TableWriteKind.Delete, row);

    public static TableWrite DeleteAny(string partitionKey, string rowKey) => new(TableWriteKind.DeleteAny, new TableRow(partitionKey, rowKey));
}
