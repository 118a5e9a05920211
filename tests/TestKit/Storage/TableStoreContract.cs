using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

/// <summary>What every <see cref="ITableStore"/> promises. An adapter's tests derive from this class and name the store.</summary>
/// <remarks>Each test has a table of its own.</remarks>
public abstract partial class TableStoreContract : IAsyncLifetime
{
    protected abstract ITableStore Store { get; }

    protected string Table { get; } = AzuriteFixture.FreshName("table");

    public virtual Task InitializeAsync() => Store.CreateTableAsync(Table, CancellationToken.None);

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_table_is_created_once_and_left_as_it_is()
    {
        await InsertAsync("p", "r");
        await Store.CreateTableAsync(Table, CancellationToken.None);
        Assert.NotNull(await GetAsync("p", "r"));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetAsync(Table, "p", "r", cancelled.Token));
    }

    protected Task<TableRow?> GetAsync(string partitionKey, string rowKey) => Store.GetAsync(Table, partitionKey, rowKey, CancellationToken.None);

    protected Task<Azure.ETag> InsertAsync(string partitionKey, string rowKey, int value = 0) => WriteAsync(TableWrite.Insert(Row(partitionKey, rowKey, value)));

    protected Task<Azure.ETag> WriteAsync(TableWrite write) => Store.SubmitAsync(Table, write, CancellationToken.None);

    protected Task<IReadOnlyList<Azure.ETag>> SubmitAsync(params IReadOnlyList<TableWrite> writes) => Store.SubmitAsync(Table, writes, CancellationToken.None);

    protected async Task<List<TableRow>> QueryAsync(TableQuery query)
    {
        var rows = new List<TableRow>();
        await foreach (var row in Store.QueryAsync(Table, query, CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    protected static TableRow Row(string partitionKey, string rowKey, int value = 0) => new(partitionKey, rowKey) { ["Value"] = value };

    /// <summary>The row read, to be written again under its version.</summary>
    protected static TableRow Changed(TableRow read, int value) => new(read.PartitionKey, read.RowKey) { ETag = read.ETag, ["Value"] = value };

    protected static async Task RefusesAsync(StorageError error, int? failedWrite, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(act);
        Assert.Equal((error, failedWrite), (refusal.Error, refusal.FailedWrite));
        Assert.StartsWith($"{refusal.Operation} {refusal.Resource}: ", refusal.Message, StringComparison.Ordinal);
    }
}
