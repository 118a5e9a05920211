using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Households;

/// <summary>One blob in memory, to be read in ranges: for the thousands of damaged blobs of a property.</summary>
internal sealed class MemoryBlob(byte[] content) : IBlobStore
{
    /// <summary>Bytes asked for so far.</summary>
    public long BytesRead { get; private set; }

    public Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken) =>
        Task.FromResult<BlobProperties?>(new(blob, content.Length, new ETag("1"), default));

    public Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken)
    {
        Assert.InRange(offset, 0, content.Length);
        var read = (int)Math.Min(buffer.Length, content.Length - offset);
        content.AsMemory((int)offset, read).CopyTo(buffer);
        BytesRead += read;
        return Task.FromResult(read);
    }

    public Task CreateContainerAsync(string container, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) => throw new NotSupportedException();

    public BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition) => throw new NotSupportedException();

    public Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<BlobProperties> ListAsync(string container, string? prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken) => throw new NotSupportedException();
}
