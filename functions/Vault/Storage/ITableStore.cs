using Azure;

namespace TfFlow.Vault.Storage;

/// <summary>Tables of one storage account. Every failure is a <see cref="StorageException"/>.</summary>
public interface ITableStore
{
    /// <summary>Creates the table; one that exists is left as it is.</summary>
    Task CreateTableAsync(string table, CancellationToken cancellationToken);

    /// <summary>The row, or null when there is no such row or table.</summary>
    Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>One page of at most 1,000 rows, ordered by partition key, then row key (ordinal).</summary>
    /// <param name="continuation">Null for the first page, then what the page before returned. A page may be empty and still have one after it.</param>
    /// <exception cref="StorageException"><see cref="StorageError.NotFound"/> when there is no such table.</exception>
    Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken);

    /// <summary>Writes all rows or none: one entity group transaction.</summary>
    /// <remarks>An insert that must tell two writers apart (a claim) carries something of its writer's own: after a lost reply,
    /// rows that stand exactly as they were sent are taken for ours.</remarks>
    /// <returns>The new ETags in the order of <paramref name="writes"/>; default for a deletion.</returns>
    /// <exception cref="ArgumentException">No writes, more than 100, over 4 MiB, two partitions, a row named twice, or a row beyond <see cref="TableLimits"/>: what Azure refuses and Azurite may not.</exception>
    /// <exception cref="StorageException"><see cref="StorageError.AlreadyExists"/>, <see cref="StorageError.NotFound"/> or <see cref="StorageError.ConditionNotMet"/>, with <see cref="StorageException.FailedWrite"/> set.</exception>
    Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken);
}

public static class TableStoreExtensions
{
    public static async IAsyncEnumerable<TableRow> QueryAsync(
        this ITableStore tables, string table, TableQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            var page = await tables.QueryPageAsync(table, query, continuation, cancellationToken);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    public static async Task<ETag> SubmitAsync(this ITableStore tables, string table, TableWrite write, CancellationToken cancellationToken) =>
        (await tables.SubmitAsync(table, [write], cancellationToken))[0];
}
