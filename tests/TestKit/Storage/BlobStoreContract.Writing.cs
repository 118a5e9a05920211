using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

public abstract partial class BlobStoreContract
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4 * MiB)]
    public async Task A_blob_put_is_read_back_as_it_was(int length)
    {
        var content = Bytes(length);
        var put = await PutAsync("blob", content);
        Assert.Equal((At("blob"), length), (put.Blob, put.Length));
        Assert.Equal(put, await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
        Assert.Equal(content, await ReadAsync(At("blob")));
    }

    [Fact]
    public Task A_put_of_more_than_4_MiB_is_refused_before_sending() =>
        Assert.ThrowsAsync<ArgumentException>(() => PutAsync("blob", (4 * MiB) + 1));

    [Fact]
    public async Task A_put_without_condition_replaces_what_stands_there()
    {
        var first = await PutAsync("blob", 10);
        var content = Bytes(5);
        var second = await PutAsync("blob", content);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(content, await ReadAsync(At("blob")));
    }

    [Fact]
    public async Task A_create_only_put_over_a_blob_is_refused()
    {
        var first = await Store.PutAsync(At("blob"), Bytes(1), WriteCondition.CreateOnly, CancellationToken.None);
        await RefusesAsync(StorageError.AlreadyExists, At("blob"), () => Store.PutAsync(At("blob"), Bytes(1), WriteCondition.CreateOnly, CancellationToken.None));
        Assert.Equal(first, await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
    }

    [Fact]
    public async Task A_put_at_a_version_replaces_that_version_only()
    {
        var first = await PutAsync("blob", 1);
        var second = await Store.PutAsync(At("blob"), Bytes(2), WriteCondition.Unchanged(first.ETag), CancellationToken.None);
        await RefusesAsync(StorageError.ConditionNotMet, At("blob"), () => Store.PutAsync(At("blob"), Bytes(3), WriteCondition.Unchanged(first.ETag), CancellationToken.None));
        Assert.Equal(second, await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
    }

    [Fact]
    public async Task A_put_at_a_version_of_a_blob_that_is_gone_is_refused()
    {
        var first = await PutAsync("blob", 1);
        await Store.DeleteAsync(At("blob"), ifMatch: null, CancellationToken.None);
        await RefusesAsync(StorageError.ConditionNotMet, At("blob"), () => Store.PutAsync(At("blob"), Bytes(1), WriteCondition.Unchanged(first.ETag), CancellationToken.None));
    }

    [Fact]
    public async Task A_write_into_a_missing_container_is_refused()
    {
        await RefusesAsync(StorageError.NotFound, Elsewhere, () => Store.PutAsync(Elsewhere, Bytes(1), WriteCondition.None, CancellationToken.None));
        await RefusesAsync(StorageError.NotFound, Elsewhere, () => WriteAsync(Elsewhere, Bytes(5 * MiB), WriteCondition.None));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(MiB, 7_777)]
    [InlineData(4 * MiB, 4 * MiB)]
    [InlineData((4 * MiB) + 1, 65_536)]
    [InlineData(9_999_999, 12_345_678)]
    [InlineData(40 * MiB, 65_536)]
    public async Task A_blob_written_as_a_stream_is_read_back_as_it_was(int length, int pieceSize)
    {
        var content = Bytes(length);
        var written = await WriteAsync(At("blob"), content, WriteCondition.CreateOnly, pieceSize);
        Assert.Equal(length, written.Length);
        Assert.Equal(written, await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
        AssertSame(content, await ReadAsync(At("blob")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10 * MiB)]
    public async Task What_is_not_committed_is_visible_to_nobody(int length)
    {
        await using (var writer = Store.OpenWrite(At("blob"), WriteCondition.CreateOnly))
        {
            await writer.WriteAsync(Bytes(length));
            Assert.Null(await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
        }

        Assert.Null(await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
        Assert.Empty(await ListAsync(Container));
        await RefusesAsync(StorageError.NotFound, At("blob"), () => Store.OpenReadAsync(At("blob"), ifMatch: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_writer_given_up_leaves_the_blob_that_stood_there()
    {
        var first = await PutAsync("blob", 10);
        await using (var writer = Store.OpenWrite(At("blob"), WriteCondition.None))
        {
            await writer.WriteAsync(Bytes(10 * MiB));
        }

        Assert.Equal(first, await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9 * MiB)]
    public async Task Of_writers_that_may_only_create_one_commits(int length)
    {
        var contents = Enumerable.Range(0, 4).Select(_ => Bytes(length)).ToArray();
        var outcomes = await Task.WhenAll(contents.Select(async content =>
        {
            try
            {
                return await WriteAsync(At("blob"), content, WriteCondition.CreateOnly);
            }
            catch (StorageException refusal) when (refusal.Error == StorageError.AlreadyExists)
            {
                return null;
            }
        }));

        var winner = Assert.Single(Enumerable.Range(0, 4), index => outcomes[index] is not null);
        AssertSame(contents[winner], await ReadAsync(At("blob")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9 * MiB)]
    public async Task A_commit_over_another_version_is_refused(int length)
    {
        var first = await PutAsync("blob", 1);
        await using var writer = Store.OpenWrite(At("blob"), WriteCondition.Unchanged(first.ETag));
        await writer.WriteAsync(Bytes(length));
        var second = await PutAsync("blob", 2);
        await RefusesAsync(StorageError.ConditionNotMet, At("blob"), () => writer.CommitAsync(CancellationToken.None));
        Assert.Equal(second, await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
    }
}
