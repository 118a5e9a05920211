using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Durable;

/// <summary>Blobs and leases in memory: as much as a host of orchestrations uses.</summary>
public sealed class MemoryBlobs : IBlobStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<BlobAddress, byte[]> blobs = [];
    private readonly Dictionary<BlobAddress, Guid> leases = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return blobs.Count;
            }
        }
    }

    public Task CreateContainerAsync(string container, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (condition.MustNotExist && blobs.ContainsKey(blob))
            {
                throw new StorageException(StorageError.AlreadyExists, "Put Blob", blob.ToString(), "it exists");
            }

            blobs[blob] = content.ToArray();
            return Task.FromResult(Describe(blob));
        }
    }

    public BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition) => new Writer(this, blob);

    public Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return blobs.TryGetValue(blob, out var content)
                ? Task.FromResult(new BlobDownload(Describe(blob), new MemoryStream(content)))
                : throw new StorageException(StorageError.NotFound, "Get Blob", blob.ToString(), "there is none");
        }
    }

    public Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(blobs.Remove(blob));
        }
    }

    public async IAsyncEnumerable<BlobProperties> ListAsync(string container, string? prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<BlobProperties> found;
        lock (gate)
        {
            found = [.. blobs.Keys.Where(blob => blob.Container == container && blob.Name.StartsWith(prefix ?? "", StringComparison.Ordinal)).Select(Describe)];
        }

        foreach (var blob in found)
        {
            yield return blob;
            await Task.CompletedTask;
        }
    }

    public Task AcquireLeaseAsync(BlobAddress blob, Guid leaseId, TimeSpan duration, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!blobs.ContainsKey(blob))
            {
                throw new StorageException(StorageError.NotFound, "Lease Blob", blob.ToString(), "there is none");
            }

            if (leases.TryGetValue(blob, out var held) && held != leaseId)
            {
                throw new StorageException(StorageError.LeaseHeld, "Lease Blob", blob.ToString(), "another holds it");
            }

            leases[blob] = leaseId;
        }

        return Task.CompletedTask;
    }

    public Task RenewLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken) => AcquireLeaseAsync(blob, leaseId, default, cancellationToken);

    public Task ReleaseLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            leases.Remove(blob);
        }

        return Task.CompletedTask;
    }

    public Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken) => throw new NotSupportedException();

    private BlobProperties Describe(BlobAddress blob) => new(blob, blobs[blob].Length, new ETag("1"), default);

    private sealed class Writer(MemoryBlobs store, BlobAddress blob) : BlobWriter
    {
        private readonly MemoryStream content = new();

        public override Task<BlobProperties> CommitAsync(CancellationToken cancellationToken) => store.PutAsync(blob, content.ToArray(), WriteCondition.None, cancellationToken);

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => content.Write(buffer, offset, count);

        protected override void Dispose(bool disposing)
        {
            content.Dispose();
            base.Dispose(disposing);
        }
    }
}
