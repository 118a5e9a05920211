using System.Globalization;
using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

public abstract partial class BlobStoreContract
{
    public static TheoryData<string> AwkwardNames => new(
        "a b", "100%25", "it's", "plus+and&equals=", "semi;colon", "hash#query?", "deep/er/name", "ünï-漢字-🦊", "(round)", "dots..and-.", new string('x', 900));

    [Theory]
    [MemberData(nameof(AwkwardNames))]
    public async Task A_blob_of_an_awkward_name_is_written_read_listed_and_deleted(string name)
    {
        var content = Bytes(5 * MiB);
        var written = await WriteAsync(At(name), content, WriteCondition.CreateOnly);
        Assert.Equal(written, await Store.GetPropertiesAsync(At(name), CancellationToken.None));
        Assert.Equal([written], await ListAsync(Container));
        Assert.Equal([written], await ListAsync(Container, name[..1]));
        Assert.True(await Store.DeleteAsync(At(name), written.ETag, CancellationToken.None));
        Assert.Empty(await ListAsync(Container));
    }

    [Fact]
    public async Task A_container_that_is_not_there_lists_as_empty() => Assert.Empty(await ListAsync(Elsewhere.Container));

    [Fact]
    public async Task Blobs_are_listed_in_the_order_of_their_names_with_their_properties()
    {
        var blobs = new List<BlobProperties>();
        foreach (var name in (string[])["b", "B", "a/2", "a/10", "a", "c-1"])
        {
            blobs.Add(await PutAsync(name, blobs.Count));
        }

        Assert.Equal(blobs.OrderBy(blob => blob.Blob.Name, StringComparer.Ordinal), await ListAsync(Container));
        Assert.Equal(["a/10", "a/2"], (await ListAsync(Container, "a/")).Select(blob => blob.Blob.Name));
        Assert.Empty(await ListAsync(Container, "nothing"));
    }

    [Fact]
    public async Task A_list_longer_than_a_page_is_whole()
    {
        var names = Enumerable.Range(0, 5_010).Select(index => index.ToString("d5", CultureInfo.InvariantCulture)).ToArray();
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (name, cancellationToken) => await Store.PutAsync(At(name), ReadOnlyMemory<byte>.Empty, WriteCondition.None, cancellationToken));
        Assert.Equal(names, (await ListAsync(Container)).Select(blob => blob.Blob.Name));
    }
}
