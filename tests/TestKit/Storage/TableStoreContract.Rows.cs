using System.Security.Cryptography;
using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

public abstract partial class TableStoreContract
{
    public static TheoryData<object> Values => new(
        "", "text", "it's \"quoted\" \\ & <b>", "line\r\nbreak\ttab\u0001", "ünï 漢字 🦊 \u2028", " spaced ", "2026-01-01T00:00:00Z", "1", "true",
        0, int.MinValue, int.MaxValue, 0L, 1L, long.MinValue, long.MaxValue,
        0.0, 1.0, -1.5, 0.1, 1e300, 123456789.0, 1e21, double.MaxValue, double.Epsilon, double.NaN,
        true, false, Guid.Empty, new Guid("0b51b3e2-5ac9-4e2f-9b43-3f4a5d2c1e0f"),
        TableLimits.Earliest, DateTimeOffset.UnixEpoch.AddTicks(1_234_567), new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddTicks(9_999_999),
        Array.Empty<byte>(), new byte[] { 0, 255, 62, 63 });

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_property_comes_back_with_its_type_and_value(object value)
    {
        await SubmitAsync(
            TableWrite.Insert(new TableRow("p", "in a transaction") { ["Value"] = value }),
            TableWrite.Insert(new TableRow("p", "beside it")));
        await WriteAsync(TableWrite.Insert(new TableRow("p", "alone") { ["Value"] = value }));
        foreach (var row in (TableRow[])[(await GetAsync("p", "in a transaction"))!, (await GetAsync("p", "alone"))!, (await QueryAsync(TableQuery.All))[0]])
        {
            Assert.IsType(value.GetType(), row["Value"]);
            Assert.Equal(value, row["Value"]);
            Assert.Single(row.Properties);
        }
    }

    [Fact]
    public async Task A_time_comes_back_in_UTC()
    {
        var time = new DateTimeOffset(2026, 7, 1, 9, 30, 0, TimeSpan.FromHours(1));
        await WriteAsync(TableWrite.Insert(new TableRow("p", "r") { ["Value"] = time }));
        var read = (await GetAsync("p", "r"))!.Get<DateTimeOffset>("Value");
        Assert.Equal((time, TimeSpan.Zero), (read, read.Offset));
    }

    [Fact]
    public async Task A_row_without_properties_is_a_row()
    {
        var eTag = await WriteAsync(TableWrite.Insert(new TableRow("p", "r")));
        var row = (await GetAsync("p", "r"))!;
        Assert.Equal(("p", "r", eTag), (row.PartitionKey, row.RowKey, row.ETag));
        Assert.Empty(row.Properties);
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_null()
    {
        Assert.Null(await GetAsync("p", "r"));
        Assert.Null(await Store.GetAsync("nosuchtable", "p", "r", CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("it's")]
    [InlineData("''")]
    [InlineData("100%25")]
    [InlineData("%")]
    [InlineData("a b+c&d=e;f,g(h)")]
    [InlineData("ünï 漢字 🦊")]
    [InlineData("http:host!$@:*\"<>|^`~[]{}")]
    public async Task A_row_of_an_awkward_key_is_written_read_found_and_deleted(string key)
    {
        await WriteAsync(TableWrite.Insert(Row(key, key)));
        await SubmitAsync(TableWrite.Insert(Row(key, key + "2")), TableWrite.Upsert(Row(key, key + "1")));
        foreach (var rowKey in (string[])[key, key + "1", key + "2"])
        {
            Assert.Equal((key, rowKey), (await GetAsync(key, rowKey)) is { } row ? (row.PartitionKey, row.RowKey) : default);
        }

        Assert.Equal([key, key + "1", key + "2"], (await QueryAsync(TableQuery.Partition(key))).Select(row => row.RowKey));
        Assert.Equal([key + "1"], (await QueryAsync(TableQuery.Partition(key) with { RowFrom = key + "1", RowBefore = key + "2" })).Select(row => row.RowKey));
        await WriteAsync(TableWrite.Replace(Changed((await GetAsync(key, key))!, 7)));
        await SubmitAsync(TableWrite.DeleteAny(key, key), TableWrite.Delete((await GetAsync(key, key + "1"))!));
        await WriteAsync(TableWrite.DeleteAny(key, key + "2"));
        Assert.Empty(await QueryAsync(TableQuery.All));
    }

    [Fact]
    public async Task Keys_differ_by_case_and_may_be_512_characters_long()
    {
        var key = new string('k', TableLimits.KeyCharacters);
        await InsertAsync(key, key, 1);
        await InsertAsync(key, key.ToUpperInvariant(), 2);
        Assert.Equal(1, (await GetAsync(key, key))!["Value"]);
        Assert.Equal(2, (await GetAsync(key, key.ToUpperInvariant()))!["Value"]);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    public async Task A_key_the_service_does_not_take_is_refused_before_sending(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => InsertAsync(key, "r"));
        await Assert.ThrowsAsync<ArgumentException>(() => InsertAsync("p", key));
        await Assert.ThrowsAsync<ArgumentException>(() => InsertAsync("p", new string('k', TableLimits.KeyCharacters + 1)));
    }

    [Fact]
    public async Task An_insert_over_a_row_is_refused()
    {
        await InsertAsync("p", "r", 1);
        await RefusesAsync(StorageError.AlreadyExists, 0, () => InsertAsync("p", "r", 2));
        Assert.Equal(1, (await GetAsync("p", "r"))!["Value"]);
    }

    [Fact]
    public async Task A_replacement_takes_the_whole_row_at_the_version_read()
    {
        await WriteAsync(TableWrite.Insert(new TableRow("p", "r") { ["Value"] = 1, ["Old"] = true }));
        var read = (await GetAsync("p", "r"))!;
        var eTag = await WriteAsync(TableWrite.Replace(Changed(read, 2)));
        Assert.NotEqual(read.ETag, eTag);
        await RefusesAsync(StorageError.ConditionNotMet, 0, () => WriteAsync(TableWrite.Replace(Changed(read, 3))));

        var row = (await GetAsync("p", "r"))!;
        Assert.Equal((eTag, 2, null), (row.ETag, row["Value"], row["Old"]));
    }

    [Fact]
    public async Task An_upsert_creates_or_replaces_the_whole_row()
    {
        var first = await WriteAsync(TableWrite.Upsert(new TableRow("p", "r") { ["Value"] = 1, ["Old"] = true }));
        Assert.Equal(first, (await GetAsync("p", "r"))!.ETag);
        var second = await WriteAsync(TableWrite.Upsert(Row("p", "r", 2)));
        var row = (await GetAsync("p", "r"))!;
        Assert.Equal((second, 2, null), (row.ETag, row["Value"], row["Old"]));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_merge_sets_what_it_brings_in_any_version_and_leaves_the_rest()
    {
        var first = await WriteAsync(TableWrite.Insert(new TableRow("p", "r") { ["Value"] = 1, ["Old"] = true }));
        var second = await WriteAsync(TableWrite.MergeAny(Row("p", "r", 2)));
        var row = (await GetAsync("p", "r"))!;
        Assert.Equal((second, 2, true), (row.ETag, row["Value"], row["Old"]));
        Assert.NotEqual(first, second);
        await SubmitAsync(TableWrite.MergeAny(Row("p", "r", 3)), TableWrite.Insert(Row("p", "s")));
        row = (await GetAsync("p", "r"))!;
        Assert.Equal((3, true), (row["Value"], row["Old"]));
        await RefusesAsync(StorageError.NotFound, 0, () => WriteAsync(TableWrite.MergeAny(Row("p", "gone"))));
    }

    [Fact]
    public async Task A_deletion_takes_the_version_read_or_any()
    {
        await InsertAsync("p", "r");
        var read = (await GetAsync("p", "r"))!;
        await WriteAsync(TableWrite.Upsert(Row("p", "r", 2)));
        await RefusesAsync(StorageError.ConditionNotMet, 0, () => WriteAsync(TableWrite.Delete(read)));
        Assert.NotNull(await GetAsync("p", "r"));
        Assert.Equal(default, await WriteAsync(TableWrite.DeleteAny("p", "r")));
        Assert.Null(await GetAsync("p", "r"));
    }

    [Fact]
    public async Task A_row_that_is_gone_can_be_neither_replaced_nor_deleted()
    {
        await InsertAsync("p", "r");
        var read = (await GetAsync("p", "r"))!;
        await WriteAsync(TableWrite.Delete(read));
        await RefusesAsync(StorageError.NotFound, 0, () => WriteAsync(TableWrite.Replace(Changed(read, 1))));
        await RefusesAsync(StorageError.NotFound, 0, () => WriteAsync(TableWrite.Delete(read)));
        await RefusesAsync(StorageError.NotFound, 0, () => WriteAsync(TableWrite.DeleteAny("p", "r")));
    }

    [Fact]
    public async Task A_write_into_a_missing_table_is_refused()
    {
        await RefusesAsync(StorageError.NotFound, 0, () => Store.SubmitAsync("nosuchtable", TableWrite.Insert(Row("p", "r")), CancellationToken.None));
        await RefusesAsync(
            StorageError.NotFound, 0, () => Store.SubmitAsync("nosuchtable", [TableWrite.Insert(Row("p", "1")), TableWrite.Insert(Row("p", "2"))], CancellationToken.None));
    }

    [Theory]
    [InlineData(15, 1)]
    [InlineData(11, 2)]
    public async Task A_large_row_comes_back_whole(int largestProperties, int writes)
    {
        // In a transaction the emulator counts 1 MiB of JSON, where Azure counts 1 MiB of values.
        var row = new TableRow("p", "r");
        for (var index = 0; index < largestProperties; index++)
        {
            row[$"P{index}"] = index % 2 == 0 ? RandomNumberGenerator.GetBytes(TableLimits.PropertyBytes) : new string((char)('a' + index), TableLimits.PropertyBytes / 2);
        }

        await SubmitAsync([TableWrite.Insert(row), .. Numbers(writes - 1).Select(key => TableWrite.Insert(Row("p", key)))]);
        Assert.Equal(row.Properties.OrderBy(property => property.Key), (await GetAsync("p", "r"))!.Properties.OrderBy(property => property.Key));
    }

    public static TheoryData<object> Unheld => new(
        double.PositiveInfinity, double.NegativeInfinity, 1UL, 1U, 1M, 1F, DateTime.UnixEpoch, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local), DateOnly.MinValue, TimeSpan.Zero, 'c');

    [Theory]
    [MemberData(nameof(Unheld))]
    public void A_value_that_the_service_would_refuse_or_change_is_refused(object value)
    {
        var row = new TableRow("p", "r");
        Assert.Throws<ArgumentException>(() => row["Value"] = value);
        Assert.Empty(row.Properties);
    }

    [Fact]
    public async Task A_row_beyond_the_limits_is_refused_before_sending()
    {
        var tooLong = new TableRow("p", "r") { ["P"] = new byte[TableLimits.PropertyBytes + 1] };
        var tooMany = new TableRow("p", "r");
        for (var index = 0; index <= TableLimits.Properties; index++)
        {
            tooMany[$"P{index}"] = index;
        }

        var tooLarge = new TableRow("p", "r");
        for (var index = 0; index < 17; index++)
        {
            tooLarge[$"P{index}"] = new byte[TableLimits.PropertyBytes];
        }

        var tooEarly = new TableRow("p", "r") { ["P"] = default(DateTimeOffset) };
        var taken = new TableRow("p", "r") { ["Timestamp"] = "now" };
        foreach (var row in (TableRow[])[tooLong, tooMany, tooLarge, tooEarly, taken])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(TableWrite.Upsert(row)));
        }

        Assert.Null(await GetAsync("p", "r"));
    }
}
