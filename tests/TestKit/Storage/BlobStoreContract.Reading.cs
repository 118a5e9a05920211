using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

public abstract partial class BlobStoreContract
{
    [Fact]
    public async Task A_blob_that_is_not_there_has_no_properties()
    {
        Assert.Null(await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
        Assert.Null(await Store.GetPropertiesAsync(Elsewhere, CancellationToken.None));
    }

    [Fact]
    public async Task A_blob_that_is_not_there_cannot_be_read()
    {
        foreach (var blob in (BlobAddress[])[At("blob"), Elsewhere])
        {
            await RefusesAsync(StorageError.NotFound, blob, () => Store.OpenReadAsync(blob, ifMatch: null, CancellationToken.None));
            await RefusesAsync(StorageError.NotFound, blob, () => Store.ReadRangeAsync(blob, 0, new byte[1], ifMatch: null, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_blob_is_read_at_the_version_asked_for_or_not_at_all()
    {
        var first = await PutAsync("blob", 100);
        await using (var download = await Store.OpenReadAsync(At("blob"), first.ETag, CancellationToken.None))
        {
            Assert.Equal(first, download.Properties);
        }

        await PutAsync("blob", 100);
        await RefusesAsync(StorageError.ConditionNotMet, At("blob"), () => Store.OpenReadAsync(At("blob"), first.ETag, CancellationToken.None));
        await RefusesAsync(StorageError.ConditionNotMet, At("blob"), () => Store.ReadRangeAsync(At("blob"), 10, new byte[10], first.ETag, CancellationToken.None));
    }

    [Fact]
    public async Task A_download_never_mixes_two_versions()
    {
        var content = Bytes(40 * MiB);
        var first = await WriteAsync(At("blob"), content, WriteCondition.None);
        await using var download = await Store.OpenReadAsync(At("blob"), ifMatch: null, CancellationToken.None);
        Assert.Equal(first, download.Properties);
        var begun = new byte[1000];
        await download.Content.ReadExactlyAsync(begun);
        await WriteAsync(At("blob"), Bytes(40 * MiB), WriteCondition.None);

        using var read = new MemoryStream();
        read.Write(begun);
        try
        {
            await download.Content.CopyToAsync(read);
            Assert.True(content.AsSpan().SequenceEqual(read.ToArray()));
        }
        catch (StorageException refusal)
        {
            Assert.Equal(StorageError.ConditionNotMet, refusal.Error);
            Assert.True(content.AsSpan().StartsWith(read.ToArray()));
        }
    }

    [Theory]
    [InlineData(0, 10, 10)]
    [InlineData(40, 60, 60)]
    [InlineData(40, 61, 60)]
    [InlineData(99, 5, 1)]
    [InlineData(100, 5, 0)]
    [InlineData(5000, 5, 0)]
    [InlineData(0, 5000, 100)]
    [InlineData(50, 0, 0)]
    public async Task A_range_is_filled_as_far_as_the_blob_goes(int offset, int length, int expected)
    {
        var content = Bytes(100);
        var blob = await PutAsync("blob", content);
        var buffer = new byte[length];
        var read = await Store.ReadRangeAsync(At("blob"), offset, buffer, blob.ETag, CancellationToken.None);
        Assert.Equal(expected, read);
        Assert.Equal(content.Skip(offset).Take(length), buffer[..read]);
        Assert.All(buffer[read..], left => Assert.Equal(0, left));
    }

    [Fact]
    public async Task A_range_of_an_empty_blob_is_empty()
    {
        await PutAsync("blob", 0);
        Assert.Equal(0, await Store.ReadRangeAsync(At("blob"), 0, new byte[10], ifMatch: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_range_before_the_blob_is_refused()
    {
        await PutAsync("blob", 1);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ReadRangeAsync(At("blob"), -1, new byte[1], ifMatch: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_range_in_the_middle_of_a_large_blob_is_exact()
    {
        var content = Bytes(12 * MiB);
        await WriteAsync(At("blob"), content, WriteCondition.None);
        var buffer = new byte[MiB + 17];
        Assert.Equal(buffer.Length, await Store.ReadRangeAsync(At("blob"), (5 * MiB) - 9, buffer, ifMatch: null, CancellationToken.None));
        Assert.True(content.AsSpan((5 * MiB) - 9, buffer.Length).SequenceEqual(buffer));
    }

    [Fact]
    public async Task A_deletion_says_whether_there_was_something_to_delete()
    {
        await PutAsync("blob", 1);
        Assert.True(await Store.DeleteAsync(At("blob"), ifMatch: null, CancellationToken.None));
        Assert.False(await Store.DeleteAsync(At("blob"), ifMatch: null, CancellationToken.None));
        Assert.False(await Store.DeleteAsync(Elsewhere, ifMatch: null, CancellationToken.None));
        Assert.Null(await Store.GetPropertiesAsync(At("blob"), CancellationToken.None));
    }

    [Fact]
    public async Task A_deletion_at_a_version_spares_another_version()
    {
        var first = await PutAsync("blob", 1);
        var second = await PutAsync("blob", 1);
        await RefusesAsync(StorageError.ConditionNotMet, At("blob"), () => Store.DeleteAsync(At("blob"), first.ETag, CancellationToken.None));
        Assert.True(await Store.DeleteAsync(At("blob"), second.ETag, CancellationToken.None));
    }

    [Fact]
    public async Task A_deleted_blob_can_be_created_again()
    {
        await PutAsync("blob", 1);
        await Store.DeleteAsync(At("blob"), ifMatch: null, CancellationToken.None);
        var content = Bytes(3);
        await Store.PutAsync(At("blob"), content, WriteCondition.CreateOnly, CancellationToken.None);
        Assert.Equal(content, await ReadAsync(At("blob")));
    }
}
