using System.Globalization;
using System.Security.Cryptography;
using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

public abstract partial class TableStoreContract
{
    [Fact]
    public async Task A_transaction_of_every_kind_is_written_whole_and_answers_in_order()
    {
        await SubmitAsync([.. Keys("replaced", "deleted", "deleted unread", "upserted").Select(key => TableWrite.Insert(Row("p", key, 1)))]);
        var eTags = await SubmitAsync(
            TableWrite.Insert(Row("p", "inserted", 2)),
            TableWrite.Delete((await GetAsync("p", "deleted"))!),
            TableWrite.Replace(Changed((await GetAsync("p", "replaced"))!, 2)),
            TableWrite.DeleteAny("p", "deleted unread"),
            TableWrite.Upsert(Row("p", "upserted", 2)),
            TableWrite.Upsert(Row("p", "new", 2)));
        var rows = (await QueryAsync(TableQuery.Partition("p"))).ToDictionary(row => row.RowKey);
        Assert.Equal(["inserted", "new", "replaced", "upserted"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows.Values, row => Assert.Equal(2, row["Value"]));
        Assert.Equal([rows["inserted"].ETag, default, rows["replaced"].ETag, default, rows["upserted"].ETag, rows["new"].ETag], eTags);
    }

    [Fact]
    public async Task A_hundred_rows_are_written_in_one_transaction()
    {
        var eTags = await SubmitAsync([.. Numbers(100).Select(key => TableWrite.Insert(Row("p", key)))]);
        Assert.Equal((await QueryAsync(TableQuery.Partition("p"))).Select(row => row.ETag), eTags);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(99)]
    public async Task A_stale_version_anywhere_rolls_the_whole_transaction_back_and_is_named(int place)
    {
        await InsertAsync("p", "head", 1);
        var stale = (await GetAsync("p", "head"))!;
        await WriteAsync(TableWrite.Upsert(Row("p", "head", 2)));
        List<TableWrite> writes = [.. Numbers(99).Select(key => TableWrite.Insert(Row("p", key)))];
        writes.Insert(place, TableWrite.Replace(Changed(stale, 3)));
        await RefusesAsync(StorageError.ConditionNotMet, place, () => SubmitAsync(writes));
        Assert.Equal(2, Assert.Single(await QueryAsync(TableQuery.All))["Value"]);
    }

    [Fact]
    public async Task A_refused_insert_or_deletion_rolls_the_whole_transaction_back_and_is_named()
    {
        await InsertAsync("p", "there", 1);
        await RefusesAsync(StorageError.AlreadyExists, 2, () => SubmitAsync(
            TableWrite.Insert(Row("p", "a")), TableWrite.Upsert(Row("p", "b")), TableWrite.Insert(Row("p", "there", 2))));
        await RefusesAsync(StorageError.NotFound, 1, () => SubmitAsync(
            TableWrite.DeleteAny("p", "there"), TableWrite.DeleteAny("p", "not there"), TableWrite.Insert(Row("p", "a"))));
        Assert.Equal(1, Assert.Single(await QueryAsync(TableQuery.All))["Value"]);
    }

    [Fact]
    public async Task Of_transactions_on_one_version_of_a_head_one_is_written()
    {
        await InsertAsync("p", "head");
        var head = (await GetAsync("p", "head"))!;
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(async writer =>
        {
            try
            {
                await SubmitAsync(TableWrite.Insert(Row("p", $"of writer {writer}", writer)), TableWrite.Replace(Changed(head, writer)));
                return true;
            }
            catch (StorageException refusal) when (refusal.Error == StorageError.ConditionNotMet)
            {
                return false;
            }
        }));
        Assert.Single(outcomes, outcome => outcome);
        var rows = await QueryAsync(TableQuery.Partition("p"));
        Assert.Equal(2, rows.Count);
        Assert.Equal(rows[0]["Value"], rows[1]["Value"]);
    }

    [Fact]
    public async Task A_transaction_beyond_the_limits_is_refused_before_sending()
    {
        await RefusesBeforeSendingAsync([]);
        await RefusesBeforeSendingAsync([.. Numbers(101).Select(key => TableWrite.Insert(Row("p", key)))]);
        await RefusesBeforeSendingAsync([TableWrite.Insert(Row("p", "1")), TableWrite.Insert(Row("q", "1"))]);
        await RefusesBeforeSendingAsync([TableWrite.Insert(Row("p", "1")), TableWrite.Insert(Row("p", "2")), TableWrite.Upsert(Row("p", "1"))]);
        await RefusesBeforeSendingAsync([TableWrite.Replace(Row("p", "1"))]);
        await RefusesBeforeSendingAsync([TableWrite.Delete(Row("p", "1"))]);
        await RefusesBeforeSendingAsync([.. Numbers(70).Select(key => TableWrite.Insert(Large(key)))]);
    }

    [Fact]
    public async Task A_transaction_of_nearly_4_MiB_is_written()
    {
        await SubmitAsync([.. Numbers(46).Select(key => TableWrite.Insert(Large(key)))]);
        Assert.Equal(46, (await QueryAsync(TableQuery.All with { Select = [] })).Count);
    }

    private async Task RefusesBeforeSendingAsync(IReadOnlyList<TableWrite> writes)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => SubmitAsync(writes));
        Assert.Empty(await QueryAsync(TableQuery.All));
    }

    private static TableRow Large(string key) => new("p", key) { ["P"] = RandomNumberGenerator.GetBytes(TableLimits.PropertyBytes) };

    private static string[] Keys(params string[] keys) => keys;

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(0, count).Select(index => index.ToString("d5", CultureInfo.InvariantCulture));
}
