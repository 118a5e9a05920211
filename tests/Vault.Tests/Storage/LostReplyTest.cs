using System.Security.Cryptography;
using Azure.Core;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Storage;

[Collection(AzuriteFixture.Collection)]
public sealed class LostReplyTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly BlobAddress blob = new(AzuriteFixture.FreshName("lost"), "blob");
    private readonly string table = AzuriteFixture.FreshName("lost");

    public async Task InitializeAsync()
    {
        await azurite.Blobs.CreateContainerAsync(blob.Container, CancellationToken.None);
        await azurite.Tables.CreateTableAsync(table, CancellationToken.None);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_create_only_put_whose_reply_was_lost_is_no_conflict()
    {
        var put = await Lossy(RequestMethod.Put).PutAsync(blob, new byte[] { 1, 2, 3 }, WriteCondition.CreateOnly, CancellationToken.None);
        Assert.Equal(await azurite.Blobs.GetPropertiesAsync(blob, CancellationToken.None), put);
        Assert.Equal(3, put.Length);
    }

    [Fact]
    public async Task A_put_at_a_version_whose_reply_was_lost_is_no_conflict()
    {
        var first = await azurite.Blobs.PutAsync(blob, new byte[1], WriteCondition.None, CancellationToken.None);
        var second = await Lossy(RequestMethod.Put).PutAsync(blob, new byte[2], WriteCondition.Unchanged(first.ETag), CancellationToken.None);
        Assert.Equal(await azurite.Blobs.GetPropertiesAsync(blob, CancellationToken.None), second);
    }

    [Fact]
    public async Task A_block_list_whose_reply_was_lost_is_no_conflict()
    {
        var content = RandomNumberGenerator.GetBytes(9_000_000);
        var store = new BlobStore(azurite.Personal, LossyTransport.LosingFirst(request => request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal)));
        await using var writer = store.OpenWrite(blob, WriteCondition.CreateOnly);
        await writer.WriteAsync(content);
        var written = await writer.CommitAsync(CancellationToken.None);
        Assert.Equal(await azurite.Blobs.GetPropertiesAsync(blob, CancellationToken.None), written);
    }

    [Fact]
    public async Task A_blob_that_stood_there_before_is_a_conflict_even_when_a_reply_was_lost()
    {
        await azurite.Blobs.PutAsync(blob, new byte[] { 1 }, WriteCondition.CreateOnly, CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<StorageException>(
            () => Lossy(RequestMethod.Put).PutAsync(blob, new byte[] { 1 }, WriteCondition.CreateOnly, CancellationToken.None));
        Assert.Equal(StorageError.AlreadyExists, refusal.Error);
    }

    [Fact]
    public async Task A_deletion_whose_reply_was_lost_took_place()
    {
        await azurite.Blobs.PutAsync(blob, new byte[1], WriteCondition.None, CancellationToken.None);
        Assert.True(await Lossy(RequestMethod.Delete).DeleteAsync(blob, ifMatch: null, CancellationToken.None));
    }

    [Fact]
    public async Task An_insert_whose_reply_was_lost_is_no_conflict()
    {
        var row = new TableRow("p", "r") { ["Claimer"] = Guid.NewGuid(), ["Bytes"] = new byte[] { 1, 2 } };
        var eTag = await LossyTables().SubmitAsync(table, TableWrite.Insert(row), CancellationToken.None);
        Assert.Equal((await azurite.Tables.GetAsync(table, "p", "r", CancellationToken.None))!.ETag, eTag);
    }

    [Fact]
    public async Task An_insert_over_the_row_of_another_is_a_conflict_even_when_a_reply_was_lost()
    {
        await azurite.Tables.SubmitAsync(table, TableWrite.Insert(new TableRow("p", "r") { ["Claimer"] = Guid.NewGuid() }), CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<StorageException>(
            () => LossyTables().SubmitAsync(table, TableWrite.Insert(new TableRow("p", "r") { ["Claimer"] = Guid.NewGuid() }), CancellationToken.None));
        Assert.Equal((StorageError.AlreadyExists, 0), (refusal.Error, refusal.FailedWrite));
    }

    [Fact]
    public async Task A_transaction_whose_reply_was_lost_is_no_conflict()
    {
        await azurite.Tables.SubmitAsync(table, [TableWrite.Insert(new TableRow("p", "head") { ["Value"] = 1 }), TableWrite.Insert(new TableRow("p", "gone"))], CancellationToken.None);
        var head = (await azurite.Tables.GetAsync(table, "p", "head", CancellationToken.None))!;
        var eTags = await LossyTables().SubmitAsync(
            table,
            [
                TableWrite.Insert(new TableRow("p", "new") { ["Value"] = 2L }),
                TableWrite.Replace(new TableRow("p", "head") { ETag = head.ETag, ["Value"] = 2 }),
                TableWrite.DeleteAny("p", "gone"),
            ],
            CancellationToken.None);
        var rows = (await azurite.Tables.QueryPageAsync(table, TableQuery.All, continuation: null, CancellationToken.None)).Rows;
        Assert.Equal(["head", "new"], rows.Select(row => row.RowKey));
        Assert.Equal([rows[1].ETag, rows[0].ETag, default], eTags);
    }

    [Fact]
    public async Task A_transaction_on_a_version_another_replaced_is_a_conflict_even_when_a_reply_was_lost()
    {
        await azurite.Tables.SubmitAsync(table, TableWrite.Insert(new TableRow("p", "head") { ["Value"] = 1 }), CancellationToken.None);
        var head = (await azurite.Tables.GetAsync(table, "p", "head", CancellationToken.None))!;
        await azurite.Tables.SubmitAsync(table, TableWrite.Upsert(new TableRow("p", "head") { ["Value"] = 3 }), CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<StorageException>(() => LossyTables().SubmitAsync(
            table, [TableWrite.Upsert(new TableRow("p", "new")), TableWrite.Replace(new TableRow("p", "head") { ETag = head.ETag, ["Value"] = 2 })], CancellationToken.None));
        Assert.Equal((StorageError.ConditionNotMet, 1), (refusal.Error, refusal.FailedWrite));
    }

    [Fact]
    public async Task A_row_deleted_whose_reply_was_lost_is_not_missing()
    {
        await azurite.Tables.SubmitAsync(table, TableWrite.Insert(new TableRow("p", "r")), CancellationToken.None);
        Assert.Equal(default, await LossyTables().SubmitAsync(table, TableWrite.DeleteAny("p", "r"), CancellationToken.None));
        Assert.Null(await azurite.Tables.GetAsync(table, "p", "r", CancellationToken.None));
    }

    [Fact]
    public async Task A_transaction_that_merges_and_whose_reply_was_lost_is_no_conflict()
    {
        await azurite.Tables.SubmitAsync(table, TableWrite.Insert(new TableRow("p", "merged") { ["Old"] = 1 }), CancellationToken.None);
        TableWrite[] writes = [TableWrite.MergeAny(new TableRow("p", "merged") { ["New"] = 2 }), TableWrite.Insert(new TableRow("p", "new") { ["Value"] = 2 })];
        await LossyTables().SubmitAsync(table, writes, CancellationToken.None);
        Assert.Equal((1, 2), (await azurite.Tables.GetAsync(table, "p", "merged", CancellationToken.None)) is { } row ? (row["Old"], row["New"]) : default);
    }

    private BlobStore Lossy(RequestMethod method) => new(azurite.Personal, LossyTransport.LosingFirst(request => request.Method == method));

    private TableStore LossyTables() => new(azurite.Host, LossyTransport.LosingFirst(_ => true));
}
