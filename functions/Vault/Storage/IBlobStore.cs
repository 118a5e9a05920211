using Azure;

namespace TfFlow.Vault.Storage;

/// <summary>Blobs of one storage account. Every failure is a <see cref="StorageException"/>.</summary>
/// <remarks>Names are chosen by TfFlow and are random: a name never carries personal data.</remarks>
public interface IBlobStore
{
    /// <summary>Creates the container; one that exists is left as it is.</summary>
    Task CreateContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>Writes a small blob (at most 4 MiB) in one operation.</summary>
    Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken);

    /// <summary>Opens a stream to a blob of any size; nothing is visible before <see cref="BlobWriter.CommitAsync"/>.</summary>
    /// <remarks>A condition is checked at the commit. Written asynchronously only.</remarks>
    BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition);

    /// <summary>Opens a blob for reading from its start, all at one ETag. Read asynchronously only.</summary>
    /// <exception cref="StorageException"><see cref="StorageError.NotFound"/>, or <see cref="StorageError.ConditionNotMet"/> when <paramref name="ifMatch"/> names another version.</exception>
    Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken);

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/>.</summary>
    /// <returns>The number of bytes read; less than asked only at the blob's end, 0 from there on.</returns>
    /// <exception cref="StorageException">As <see cref="OpenReadAsync"/>.</exception>
    Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken);

    /// <summary>The blob's properties, or null when there is no such blob or container.</summary>
    Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken);

    /// <returns>False when there was nothing to delete. When a reply was lost on the way, true: the blob is gone, by this call or another's.</returns>
    /// <exception cref="StorageException"><see cref="StorageError.ConditionNotMet"/> when <paramref name="ifMatch"/> names another version.</exception>
    Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken);

    /// <summary>Committed blobs in name order. An absent container lists as empty.</summary>
    IAsyncEnumerable<BlobProperties> ListAsync(string container, string? prefix, CancellationToken cancellationToken);

    /// <summary>A create-only SAS address for one blob: one Put Blob, over https where the account offers it. Over a blob that is there it is refused (403 or 409).</summary>
    /// <param name="ipRange">One address or a range (<c>10.0.0.1-10.0.0.9</c>), or null for any.</param>
    Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken);

    /// <summary>What the account does that would keep a copy of a deleted or replaced blob.</summary>
    Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken);
}
