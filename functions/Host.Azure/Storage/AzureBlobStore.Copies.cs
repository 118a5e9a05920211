using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure.Storage;

internal sealed partial class AzureBlobStore
{
    // Versioning is the account's: the probe stays out of containers that are watched.
    private const string ProbeContainer = "copies-probe";

    /// <remarks>As far as the data plane shows it: the service's retention policy, the version id that a write answers with, and what lies in the container.
    /// Container soft delete, backup and replication show only to the management plane: infra/main.bicep keeps them off.</remarks>
    public Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken) => AzureErrors.CallAsync("Get Blob Service Properties", container, async () =>
    {
        var retention = (await service.GetPropertiesAsync(cancellationToken)).Value.DeleteRetentionPolicy;
        var kept = new CopiesKept(SoftDelete: retention is { Enabled: true }, Versioning: await AnswersWithVersionAsync(cancellationToken), Snapshots: false);
        const BlobStates copies = BlobStates.Snapshots | BlobStates.Version | BlobStates.Deleted;
        await foreach (var blob in service.GetBlobContainerClient(container).GetBlobsAsync(BlobTraits.None, copies, prefix: null, cancellationToken))
        {
            kept = new(kept.SoftDelete || blob.Deleted, kept.Versioning || blob.VersionId is not null, kept.Snapshots || blob.Snapshot is not null);
        }

        return kept;
    });

    private async Task<bool> AnswersWithVersionAsync(CancellationToken cancellationToken)
    {
        var probes = service.GetBlobContainerClient(ProbeContainer);
        await probes.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var probe = probes.GetBlobClient(Guid.NewGuid().ToString("N"));
        var written = (await probe.UploadAsync(BinaryData.Empty, cancellationToken)).Value;
        await probe.DeleteIfExistsAsync(cancellationToken: cancellationToken);
        return written.VersionId is not null;
    }
}
