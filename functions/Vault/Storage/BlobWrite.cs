using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace TfFlow.Vault.Storage;

/// <summary>The request that makes a blob visible, under its condition.</summary>
internal sealed class BlobWrite(BlockBlobClient client, BlobAddress blob, WriteCondition condition)
{
    /// <summary>Names a conditional write, so that one whose reply was lost is known again.</summary>
    private const string WriteId = "write";

    private readonly string writeId = Guid.NewGuid().ToString("N");

    public BlobAddress Blob => blob;

    public BlockBlobClient Client => client;

    private Dictionary<string, string>? Metadata => condition == WriteCondition.None ? null : new() { [WriteId] = writeId };

    private BlobRequestConditions Conditions => new()
    {
        IfNoneMatch = condition.MustNotExist ? ETag.All : null,
        IfMatch = condition.MustNotExist ? null : BlobStore.Quoted(condition.IfMatch),
    };

    /// <summary>Writes the whole blob in one Put Blob.</summary>
    public Task<BlobProperties> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { Conditions = Conditions, Metadata = Metadata };
        return WriteAsync("Put Blob", content.Length, () => client.UploadAsync(BinaryData.FromBytes(content).ToStream(), options, cancellationToken), cancellationToken);
    }

    public Task<BlobProperties> CommitAsync(IReadOnlyList<string> blockIds, long length, CancellationToken cancellationToken)
    {
        var options = new CommitBlockListOptions { Conditions = Conditions, Metadata = Metadata };
        return WriteAsync("Put Block List", length, () => client.CommitBlockListAsync(blockIds, options, cancellationToken), cancellationToken);
    }

    private Task<BlobProperties> WriteAsync(string operation, long length, Func<Task<Response<BlobContentInfo>>> write, CancellationToken cancellationToken) =>
        StorageErrors.CallAsync(operation, blob, async () =>
        {
            using var call = LostReplies.Watch();
            try
            {
                var written = (await write()).Value;
                return BlobStore.Describe(blob, length, written.ETag, written.LastModified);
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                if (call.WasReplyLost && await FindOwnAsync(cancellationToken) is { } own)
                {
                    return own;
                }

                throw condition.MustNotExist && e.Status == 412 ? StorageErrors.From(409, "BlobAlreadyExists", operation, blob) : e;
            }
        }, cancellationToken);

    /// <summary>A first attempt whose reply was lost makes the next one fail on the very blob it wrote.</summary>
    private async Task<BlobProperties?> FindOwnAsync(CancellationToken cancellationToken)
    {
        try
        {
            var standing = (await client.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return standing.Metadata.TryGetValue(WriteId, out var id) && id == writeId
                ? BlobStore.Describe(blob, standing.ContentLength, standing.ETag, standing.LastModified)
                : null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
