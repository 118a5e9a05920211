using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace TfFlow.Vault.Storage;

public sealed partial class BlobStore
{
    // Versioning is the account's: the probe stays out of containers that are watched.
    private const string ProbeContainer = "copies-probe";

    /// <inheritdoc/>
    /// <remarks>Signed with the account's key, or, by an identity, with a user delegation key: the address allows the same.</remarks>
    public async Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken)
    {
        var client = Client(blob);
        var sas = new BlobSasBuilder(BlobSasPermissions.Create, expiresOn)
        {
            BlobContainerName = blob.Container,
            BlobName = blob.Name,
            Resource = "b",
            Protocol = client.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
            IPRange = ipRange is null ? default : SasIPRange.Parse(ipRange),
        };
        if (client.CanGenerateSasUri)
        {
            return client.GenerateSasUri(sas);
        }

        var options = new BlobGetUserDelegationKeyOptions(expiresOn) { StartsOn = time.GetUtcNow() };
        var key = await StorageErrors.CallAsync(
            "Get User Delegation Key", service.AccountName, () => service.GetUserDelegationKeyAsync(options, cancellationToken), cancellationToken);
        return new BlobUriBuilder(client.Uri) { Sas = sas.ToSasQueryParameters(key.Value, service.AccountName) }.ToUri();
    }

    /// <inheritdoc/>
    /// <remarks>As far as the data plane shows it. Soft delete of blobs is a service property. Versioning is told by the version id that a write answers with:
    /// a probe blob of no content is written and deleted. Snapshots and older copies are told by what lies in the container.
    /// Container soft delete, backup and replication show only to the management plane: infra/main.bicep keeps them off.</remarks>
    public Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken) =>
        StorageErrors.CallAsync("Get Blob Service Properties", container, async () =>
        {
            var retention = (await service.GetPropertiesAsync(cancellationToken)).Value.DeleteRetentionPolicy;
            var kept = new CopiesKept(SoftDelete: retention is { Enabled: true }, Versioning: await AnswersWithVersionAsync(cancellationToken), Snapshots: false);
            const BlobStates copies = BlobStates.Snapshots | BlobStates.Version | BlobStates.Deleted;
            await foreach (var blob in service.GetBlobContainerClient(container).GetBlobsAsync(BlobTraits.None, copies, prefix: null, cancellationToken))
            {
                kept = new(kept.SoftDelete || blob.Deleted, kept.Versioning || blob.VersionId is not null, kept.Snapshots || blob.Snapshot is not null);
            }

            return kept;
        }, cancellationToken);

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
