using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Ledger;

/// <summary>Counts the reads of a blob store.</summary>
internal sealed class CountingBlobs(IBlobStore blobs) : IBlobStore
{
    private int reads;

    public int Reads => reads;

    public Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return blobs.ReadRangeAsync(blob, offset, buffer, ifMatch, cancellationToken);
    }

    public Task CreateContainerAsync(string container, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) => throw new NotSupportedException();

    public BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition) => throw new NotSupportedException();

    public Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<BlobProperties> ListAsync(string container, string? prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken) => throw new NotSupportedException();
}
