using System.Security.Cryptography;
using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

/// <summary>What every <see cref="IBlobStore"/> promises. An adapter's tests derive from this class and name the store.</summary>
/// <remarks>Each test has a container of its own.</remarks>
public abstract partial class BlobStoreContract : IAsyncLifetime
{
    protected abstract IBlobStore Store { get; }

    protected string Container { get; } = AzuriteFixture.FreshName("blobs");

    public virtual Task InitializeAsync() => Store.CreateContainerAsync(Container, CancellationToken.None);

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_container_is_created_once_and_left_as_it_is()
    {
        var blob = await PutAsync("kept", 1);
        await Store.CreateContainerAsync(Container, CancellationToken.None);
        Assert.Equal(blob, await Store.GetPropertiesAsync(blob.Blob, CancellationToken.None));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetPropertiesAsync(At("blob"), cancelled.Token));
    }

    protected BlobAddress At(string name) => new(Container, name);

    protected BlobAddress Elsewhere { get; } = new("no-such-container", "blob");

    protected static byte[] Bytes(int length) => RandomNumberGenerator.GetBytes(length);

    protected Task<BlobProperties> PutAsync(string name, int length) => PutAsync(name, Bytes(length));

    protected Task<BlobProperties> PutAsync(string name, byte[] content) => Store.PutAsync(At(name), content, WriteCondition.None, CancellationToken.None);

    protected async Task<BlobProperties> WriteAsync(BlobAddress blob, byte[] content, WriteCondition condition, int pieceSize = 100_000)
    {
        await using var writer = Store.OpenWrite(blob, condition);
        foreach (var piece in content.Chunk(pieceSize))
        {
            await writer.WriteAsync(piece);
        }

        return await writer.CommitAsync(CancellationToken.None);
    }

    protected async Task<byte[]> ReadAsync(BlobAddress blob)
    {
        await using var download = await Store.OpenReadAsync(blob, ifMatch: null, CancellationToken.None);
        using var content = new MemoryStream();
        await download.Content.CopyToAsync(content);
        return content.ToArray();
    }

    protected async Task<List<BlobProperties>> ListAsync(string container, string? prefix = null)
    {
        var blobs = new List<BlobProperties>();
        await foreach (var blob in Store.ListAsync(container, prefix, CancellationToken.None))
        {
            blobs.Add(blob);
        }

        return blobs;
    }

    /// <summary>Equality of large content, without printing it.</summary>
    protected static void AssertSame(byte[] expected, byte[] actual) => Assert.True(
        expected.AsSpan().SequenceEqual(actual), $"{actual.Length} bytes differ from the {expected.Length} expected, first at {expected.AsSpan().CommonPrefixLength(actual)}");

    protected static async Task RefusesAsync(StorageError error, BlobAddress blob, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(act);
        Assert.Equal((error, blob.ToString()), (refusal.Error, refusal.Resource));
        Assert.StartsWith($"{refusal.Operation} {blob}: ", refusal.Message, StringComparison.Ordinal);
    }
}
