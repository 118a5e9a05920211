using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.TestKit.Storage;

/// <summary>A table store that fails at its n-th operation, before or after it took effect, and is dead from then on.</summary>
public sealed class FaultyTables(ITableStore tables, int failAt = int.MaxValue, bool afterEffect = false) : ITableStore
{
    private int operations;

    public int Operations => operations;

    public Task CreateTableAsync(string table, CancellationToken cancellationToken) =>
        RunAsync(async () =>
        {
            await tables.CreateTableAsync(table, cancellationToken);
            return 0;
        });

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        RunAsync(() => tables.GetAsync(table, partitionKey, rowKey, cancellationToken));

    public Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken) =>
        RunAsync(() => tables.QueryPageAsync(table, query, continuation, cancellationToken));

    public Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
        RunAsync(() => tables.SubmitAsync(table, writes, cancellationToken));

    private async Task<T> RunAsync<T>(Func<Task<T>> operation)
    {
        var number = Interlocked.Increment(ref operations);
        if (number > failAt || (number == failAt && !afterEffect))
        {
            throw new StorageException(StorageError.Unavailable, "Test", "table", "it was switched off.");
        }

        var result = await operation();
        return number == failAt
            ? throw new StorageException(StorageError.Unavailable, "Test", "table", "the answer was lost.")
            : result;
    }
}
