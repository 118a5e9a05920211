using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

public abstract partial class TableStoreContract
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    public async Task A_query_brings_every_row_once_in_order(int count)
    {
        foreach (var key in Numbers(count).Reverse())
        {
            await InsertAsync("p", key);
        }

        Assert.Equal(Numbers(count), (await QueryAsync(TableQuery.Partition("p"))).Select(row => row.RowKey));
        var page = await Store.QueryPageAsync(Table, TableQuery.All, continuation: null, CancellationToken.None);
        Assert.Equal(count, page.Rows.Count);
        Assert.Null(page.Continuation);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(999)]
    [InlineData(1250)]
    public async Task Paging_over_2500_rows_brings_each_once_in_order(int ofFirstPartition)
    {
        var keys = Numbers(ofFirstPartition).Select(key => (Partition: "a'1%", Row: key)).Concat(Numbers(2500 - ofFirstPartition).Select(key => (Partition: "b 2", Row: key))).ToArray();
        foreach (var chunk in keys.GroupBy(key => key.Partition).SelectMany(partition => partition.Chunk(100)))
        {
            await SubmitAsync([.. chunk.Select(key => TableWrite.Insert(Row(key.Partition, key.Row)))]);
        }

        Assert.Equal(keys, (await QueryAsync(TableQuery.All)).Select(row => (row.PartitionKey, row.RowKey)));
        Assert.Equal(keys, (await QueryAsync(TableQuery.All with { PageSize = 700, Select = [] })).Select(row => (row.PartitionKey, row.RowKey)));
        Assert.Equal(
            Numbers(2500 - ofFirstPartition).Skip(5).Take(1005),
            (await QueryAsync(TableQuery.Partition("b 2") with { RowFrom = "00005", RowBefore = "01010" })).Select(row => row.RowKey));
    }

    [Fact]
    public async Task A_page_holds_at_most_what_was_asked_for()
    {
        await SubmitAsync([.. Numbers(7).Select(key => TableWrite.Insert(Row("p", key)))]);
        var sizes = new List<int>();
        string? continuation = null;
        do
        {
            var page = await Store.QueryPageAsync(Table, TableQuery.All with { PageSize = 3 }, continuation, CancellationToken.None);
            sizes.Add(page.Rows.Count);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        Assert.Equal([3, 3, 1], sizes.Where(size => size > 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => QueryAsync(TableQuery.All with { PageSize = 1001 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => QueryAsync(TableQuery.All with { PageSize = 0 }));
    }

    [Fact]
    public async Task Rows_are_ordered_by_partition_then_row_ordinally()
    {
        (string Partition, string Row)[] keys = [("B", "b"), ("B", "B"), ("B", "a"), ("a", "1"), ("a", "10"), ("a", "2"), ("A", "z"), ("é", "1"), ("Z", "1"), ("a ", "1"), ("a", "")];
        foreach (var (partition, row) in keys)
        {
            await InsertAsync(partition, row);
        }

        Assert.Equal(
            keys.OrderBy(key => key.Partition, StringComparer.Ordinal).ThenBy(key => key.Row, StringComparer.Ordinal),
            (await QueryAsync(TableQuery.All)).Select(row => (row.PartitionKey, row.RowKey)));
    }

    [Fact]
    public async Task A_range_holds_its_start_and_not_its_end()
    {
        foreach (var partition in (string[])["o", "p", "p!", "pa", "q"])
        {
            await SubmitAsync([.. Keys("1", "2", "3").Select(key => TableWrite.Insert(Row(partition, key)))]);
        }

        Assert.Equal(["p1", "p2", "p3"], await NamesAsync(TableQuery.Partition("p")));
        Assert.Equal(["p2"], await NamesAsync(TableQuery.Partition("p") with { RowFrom = "2", RowBefore = "3" }));
        Assert.Equal(["p2"], await NamesAsync(TableQuery.Partition("p") with { RowFrom = "2", RowBefore = "2\0" }));
        Assert.Equal(["p1", "p2"], await NamesAsync(TableQuery.Partition("p") with { RowBefore = "2\0" }));
        Assert.Equal(["p!1", "p!2", "p!3", "pa1", "pa2", "pa3"], await NamesAsync(new TableQuery { PartitionFrom = "p!", PartitionBefore = "q" }));
        Assert.Equal(["o3", "p3", "p!3", "pa3", "q3"], await NamesAsync(new TableQuery { RowFrom = "3" }));
        Assert.Empty(await NamesAsync(new TableQuery { PartitionFrom = "q", PartitionBefore = "p" }));
        Assert.Empty(await NamesAsync(TableQuery.Partition("nothing")));
    }

    [Fact]
    public async Task A_selection_brings_what_was_asked_for_with_keys_and_version()
    {
        var eTag = await WriteAsync(TableWrite.Insert(new TableRow("p", "r") { ["A"] = 1, ["B"] = 2L, ["C"] = "3" }));
        var row = Assert.Single(await QueryAsync(TableQuery.All with { Select = ["B", "Absent"] }));
        Assert.Equal(("p", "r", eTag), (row.PartitionKey, row.RowKey, row.ETag));
        Assert.Equal([KeyValuePair.Create<string, object>("B", 2L)], row.Properties);
    }

    [Fact]
    public Task A_query_of_a_missing_table_is_refused() =>
        RefusesAsync(StorageError.NotFound, null, () => Store.QueryPageAsync("nosuchtable", TableQuery.All, continuation: null, CancellationToken.None));

    private async Task<IEnumerable<string>> NamesAsync(TableQuery query) => (await QueryAsync(query)).Select(row => row.PartitionKey + row.RowKey);
}
