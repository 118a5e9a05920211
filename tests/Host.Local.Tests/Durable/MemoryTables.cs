using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Durable;

/// <summary>Tables in memory, for runs by the hundred; what they do is what the tests on Azurite show Azurite to do.</summary>
public sealed class MemoryTables : ITableStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedDictionary<(string Partition, string Row), TableRow>> tables = new(StringComparer.Ordinal);
    private int versions;

    public Task CreateTableAsync(string table, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            tables.TryAdd(table, new(Comparer<(string, string)>.Create((one, other) =>
                string.CompareOrdinal(one.Item1, other.Item1) is var order and not 0 ? order : string.CompareOrdinal(one.Item2, other.Item2))));
        }

        return Task.CompletedTask;
    }

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(tables[table].GetValueOrDefault((partitionKey, rowKey)));
        }
    }

    public Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            List<TableRow> rows = [.. tables[table].Values.Where(row => Within(row.PartitionKey, query.PartitionFrom, query.PartitionBefore) && Within(row.RowKey, query.RowFrom, query.RowBefore))];
            var from = continuation is null ? 0 : int.Parse(continuation, System.Globalization.CultureInfo.InvariantCulture);
            var page = rows.Skip(from).Take(query.PageSize).ToList();
            return Task.FromResult(new TablePage(page, from + page.Count < rows.Count ? $"{from + page.Count}" : null));
        }
    }

    public Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableLimits.Check(writes);
        lock (gate)
        {
            for (var i = 0; i < writes.Count; i++)
            {
                var standing = tables[table].GetValueOrDefault((writes[i].Row.PartitionKey, writes[i].Row.RowKey));
                StorageError? error = writes[i].Kind switch
                {
                    TableWriteKind.Insert when standing is not null => StorageError.AlreadyExists,
                    TableWriteKind.Replace or TableWriteKind.MergeAny or TableWriteKind.Delete or TableWriteKind.DeleteAny when standing is null => StorageError.NotFound,
                    TableWriteKind.Replace or TableWriteKind.Delete when standing!.ETag != writes[i].Row.ETag => StorageError.ConditionNotMet,
                    _ => null,
                };
                if (error is { } refused)
                {
                    throw new StorageException(refused, "Entity Group Transaction", table, $"{refused}") { FailedWrite = i };
                }
            }

            return Task.FromResult<IReadOnlyList<ETag>>([.. writes.Select(write => Apply(tables[table], write))]);
        }
    }

    public int Rows(string table)
    {
        lock (gate)
        {
            return tables[table].Count;
        }
    }

    /// <summary>Everything as it stands, to be put back as an emulator does after a hard kill.</summary>
    public IReadOnlyDictionary<string, List<TableRow>> Save()
    {
        lock (gate)
        {
            return tables.ToDictionary(table => table.Key, table => table.Value.Values.ToList());
        }
    }

    public void Restore(IReadOnlyDictionary<string, List<TableRow>> saved)
    {
        lock (gate)
        {
            foreach (var (table, rows) in saved)
            {
                tables[table].Clear();
                rows.ForEach(row => tables[table].Add((row.PartitionKey, row.RowKey), row));
            }
        }
    }

    /// <summary>Every property of every row as text.</summary>
    public string Dump()
    {
        lock (gate)
        {
            return string.Join('\n', tables.Values.SelectMany(table => table.Values).SelectMany(row => row.Properties).Select(property => $"{property.Key}={property.Value}"));
        }
    }

    private static bool Within(string key, string? from, string? before) =>
        (from is null || string.CompareOrdinal(key, from) >= 0) && (before is null || string.CompareOrdinal(key, before) < 0);

    private ETag Apply(SortedDictionary<(string Partition, string Row), TableRow> rows, TableWrite write)
    {
        var key = (write.Row.PartitionKey, write.Row.RowKey);
        if (write.Kind is TableWriteKind.Delete or TableWriteKind.DeleteAny)
        {
            rows.Remove(key);
            return default;
        }

        var row = new TableRow(key.PartitionKey, key.RowKey) { ETag = new ETag($"{++versions}") };
        foreach (var (name, value) in write.Kind == TableWriteKind.MergeAny ? rows[key].Properties.Concat(write.Row.Properties) : write.Row.Properties)
        {
            row[name] = value;
        }

        rows[key] = row;
        return row.ETag;
    }
}
