using System.Collections.Concurrent;
using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>Keeps what is written, so that the same rows and bytes can be written again by nobody but a loop.</summary>
internal sealed class RecordingTables(ITableStore inner) : ITableStore
{
    private readonly ConcurrentDictionary<(string Table, string Partition), List<IReadOnlyList<TableWrite>>> written = new();
    private int transactions;
    private int reads;

    public int Transactions => transactions;

    public int Reads => reads;

    public Task CreateTableAsync(string table, CancellationToken cancellationToken) => inner.CreateTableAsync(table, cancellationToken);

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return inner.GetAsync(table, partitionKey, rowKey, cancellationToken);
    }

    public Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return inner.QueryPageAsync(table, query, continuation, cancellationToken);
    }

    public Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref transactions);
        written.GetOrAdd((table, writes[0].Row.PartitionKey), _ => []).Add(writes);
        return inner.SubmitAsync(table, writes, cancellationToken);
    }

    /// <summary>Writes the same transactions to another table, each partition's in order, so many partitions at once.</summary>
    /// <returns>How many a second.</returns>
    public async Task<double> WriteAgainAsync(string toTable, int concurrency)
    {
        await inner.CreateTableAsync(toTable, CancellationToken.None);
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(written.Values, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (transactionsOfOne, cancellationToken) =>
        {
            var eTags = new Dictionary<string, ETag>(StringComparer.Ordinal);
            foreach (var writes in transactionsOfOne)
            {
                List<TableWrite> again = [.. writes.Select(write => write with { Row = Copy(write.Row, eTags.GetValueOrDefault(write.Row.RowKey)) })];
                var fresh = await inner.SubmitAsync(toTable, again, cancellationToken);
                for (var i = 0; i < again.Count; i++)
                {
                    eTags[again[i].Row.RowKey] = fresh[i];
                }
            }
        });
        return written.Values.Sum(one => one.Count) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static TableRow Copy(TableRow row, ETag eTag)
    {
        var copy = new TableRow(row.PartitionKey, row.RowKey) { ETag = eTag };
        foreach (var (name, value) in row.Properties)
        {
            copy[name] = value;
        }

        return copy;
    }
}
