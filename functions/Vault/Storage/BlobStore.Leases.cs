using Azure.Storage.Blobs.Specialized;

namespace TfFlow.Vault.Storage;

public sealed partial class BlobStore
{
    public Task AcquireLeaseAsync(BlobAddress blob, Guid leaseId, TimeSpan duration, CancellationToken cancellationToken) => StorageErrors.CallAsync(
        "Lease Blob (acquire)", blob, () => Client(blob).GetBlobLeaseClient($"{leaseId}").AcquireAsync(duration, cancellationToken: cancellationToken), cancellationToken);

    public Task RenewLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken) => StorageErrors.CallAsync(
        "Lease Blob (renew)", blob, () => Client(blob).GetBlobLeaseClient($"{leaseId}").RenewAsync(cancellationToken: cancellationToken), cancellationToken);

    public Task ReleaseLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken) => StorageErrors.CallAsync(
        "Lease Blob (release)", blob, () => Client(blob).GetBlobLeaseClient($"{leaseId}").ReleaseAsync(cancellationToken: cancellationToken), cancellationToken);
}
