using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using TfFlow.Vault.Storage;

namespace TfFlow.Cli.Drops;

/// <summary>The one Put Blob that a create-only SAS allows.</summary>
internal static class UploadClient
{
    /// <summary>The most that one Put Blob takes. The client would send more in blocks, which the address forbids.</summary>
    private const long MostBytes = 5000L * 1024 * 1024;

    // A line slower than this gives up; without a limit a dead connection would be waited for without end.
    private const int SlowestBytesASecond = 32 * 1024;

    /// <summary>Sends the rest of <paramref name="content"/>, which is left open and must be seekable: what a broken connection took is sent again.</summary>
    /// <remarks>A create-only SAS may not read. When the reply of an attempt is lost, the next one is refused (403, or 409) because the blob is there:
    /// this gives an unconfirmed result, not an error.</remarks>
    /// <returns>False when a reply was lost: whether the blob at the address is this content is for the receiver to say, by its hash.</returns>
    /// <exception cref="StorageException"><see cref="StorageError.Refused"/> when the address has expired, was used before, or is not for this place.</exception>
    public static async Task<bool> PutAsync(Uri address, Stream content, CancellationToken cancellationToken, StoreOptions? options = null)
    {
        options ??= new();
        var length = content.Length - content.Position;
        if (length > MostBytes)
        {
            throw new StorageException(StorageError.TooLarge, "Put Blob", address.AbsolutePath, $"one upload takes at most {MostBytes / 1024 / 1024} MiB");
        }

        var client = new BlockBlobClient(address, (options with { NetworkTimeout = options.NetworkTimeout + TimeSpan.FromSeconds(length / SlowestBytesASecond) }).ForBlobs());
        var upload = new BlobUploadOptions
        {
            Conditions = new() { IfNoneMatch = ETag.All },
            TransferOptions = new() { InitialTransferSize = MostBytes },
        };
        return await StorageErrors.CallAsync("Put Blob", $"{client.BlobContainerName}/{client.Name}", PutOnceAsync, cancellationToken);

        async Task<bool> PutOnceAsync()
        {
            using var call = LostReplies.Watch();
            try
            {
                await client.UploadAsync(content, upload, cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (call.WasReplyLost && e.Status is (403 or 409 or 412))
            {
                return false;
            }
        }
    }
}
