using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace TfFlow.Vault.Storage;

/// <summary>The blob port on the official client.</summary>
public sealed partial class BlobStore : IBlobStore
{
    private const int LargestPut = 4 * 1024 * 1024;

    private readonly BlobServiceClient service;
    private readonly TimeProvider time;

    /// <summary>An account by its shared key.</summary>
    public BlobStore(string connectionString, StoreOptions? options = null)
        : this(StorageErrors.Open(() => new BlobServiceClient(connectionString, (options ?? new()).ForBlobs())), TimeProvider.System)
    {
    }

    /// <summary>An account by an identity that may use it.</summary>
    public BlobStore(Uri endpoint, TokenCredential identity, TimeProvider time, StoreOptions? options = null)
        : this(new BlobServiceClient(endpoint, identity, (options ?? new()).ForBlobs()), time)
    {
    }

    private BlobStore(BlobServiceClient service, TimeProvider time) => (this.service, this.time) = (service, time);

    public Task CreateContainerAsync(string container, CancellationToken cancellationToken) => StorageErrors.CallAsync(
        "Create Container", container, () => service.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);

    public async Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        content.Length <= LargestPut
            ? await new BlobWrite(Client(blob), blob, condition).PutAsync(content, cancellationToken)
            : throw new ArgumentException($"{content.Length} bytes: more than {LargestPut} go through OpenWrite.", nameof(content));

    public BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition) => new BlockWriter(new BlobWrite(Client(blob), blob, condition));

    public Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => StorageErrors.CallAsync("Get Blob", blob, async () =>
    {
        var download = (await Client(blob).DownloadStreamingAsync(new() { Conditions = At(ifMatch) }, cancellationToken)).Value;
        return new BlobDownload(
            Describe(blob, download.Details.ContentLength, download.Details.ETag, download.Details.LastModified), new BlobReader(download.Content, blob));
    }, cancellationToken);

    public Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return buffer.IsEmpty ? Task.FromResult(0) : StorageErrors.CallAsync("Get Blob", blob, async () =>
        {
            try
            {
                using var download = (await Client(blob).DownloadStreamingAsync(
                    new() { Range = new HttpRange(offset, buffer.Length), Conditions = At(ifMatch) }, cancellationToken)).Value;
                return await download.Content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.InvalidRange)
            {
                return 0; // It begins at the blob's end or after it.
            }
        }, cancellationToken);
    }

    public Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken) =>
        StorageErrors.CallAsync("Get Blob Properties", blob, async () =>
        {
            try
            {
                var properties = (await Client(blob).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
                return Describe(blob, properties.ContentLength, properties.ETag, properties.LastModified);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                return null;
            }
        }, cancellationToken);

    public Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => StorageErrors.CallAsync("Delete Blob", blob, async () =>
    {
        using var call = LostReplies.Watch();
        return (await Client(blob).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, At(ifMatch), cancellationToken)).Value || call.WasReplyLost;
    }, cancellationToken);

    public async IAsyncEnumerable<BlobProperties> ListAsync(string container, string? prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pages = service.GetBlobContainerClient(container)
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).AsPages().GetAsyncEnumerator(cancellationToken);
        while (await StorageErrors.CallAsync("List Blobs", container, () => MoveNextAsync(pages), cancellationToken))
        {
            foreach (var blob in pages.Current.Values)
            {
                var properties = blob.Properties;
                yield return Describe(new(container, blob.Name), properties.ContentLength!.Value, properties.ETag!.Value, properties.LastModified!.Value);
            }
        }
    }

    /// <summary>ETags in one form: headers give them quoted, listings bare.</summary>
    internal static ETag? Quoted(ETag? eTag) => eTag is { } given ? new ETag(given.ToString("H")) : null;

    internal static BlobProperties Describe(BlobAddress blob, long length, ETag eTag, DateTimeOffset lastModified) => new(blob, length, Quoted(eTag)!.Value, lastModified);

    private static BlobRequestConditions At(ETag? eTag) => new() { IfMatch = Quoted(eTag) };

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<Page<BlobItem>> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }

    private BlockBlobClient Client(BlobAddress blob) => BlobAddress.IsName(blob.Name)
        ? service.GetBlobContainerClient(blob.Container).GetBlockBlobClient(blob.Name)
        : throw new ArgumentException("A blob's name has no backslash and no part that is empty, '.' or '..'.", nameof(blob));
}
