using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using TfFlow.Vault.Storage;
using BlobProperties = TfFlow.Vault.Storage.BlobProperties;

namespace TfFlow.Host.Azure.Storage;

/// <summary>The blob port on the official client.</summary>
internal sealed partial class AzureBlobStore(BlobServiceClient service, TimeProvider time) : IBlobStore
{
    /// <summary>The version of the service that the local host speaks too. The client's own default runs ahead of the emulator.</summary>
    public static BlobClientOptions Options { get; } = new(BlobClientOptions.ServiceVersion.V2025_11_05);

    private const int LargestPut = 4 * 1024 * 1024;

    public Task CreateContainerAsync(string container, CancellationToken cancellationToken) => AzureErrors.CallAsync(
        "Create Container", container, () => service.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken));

    public async Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (content.Length > LargestPut)
        {
            throw new ArgumentException($"{content.Length} bytes: more than {LargestPut} go through OpenWrite.", nameof(content));
        }

        await using var writer = OpenWrite(blob, condition);
        await writer.WriteAsync(content, cancellationToken);
        return await writer.CommitAsync(cancellationToken);
    }

    public BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition) => new AzureBlobWriter(Client(blob), blob, condition);

    public Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => AzureErrors.CallAsync("Get Blob", blob, async () =>
    {
        var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = ifMatch } };
        var download = (await Client(blob).DownloadStreamingAsync(options, cancellationToken)).Value;
        return new BlobDownload(
            new(blob, download.Details.ContentLength, download.Details.ETag, download.Details.LastModified), new AzureBlobReader(download.Content, blob));
    });

    public async Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(offset, buffer.Length), Conditions = new BlobRequestConditions { IfMatch = ifMatch } };
            using var download = (await Client(blob).DownloadStreamingAsync(options, cancellationToken)).Value;
            return await download.Content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.InvalidRange)
        {
            return 0; // begins at the blob's end or after it
        }
        catch (Exception e) when (AzureErrors.IsOfTransport(e))
        {
            throw AzureErrors.Translate("Get Blob", blob, e);
        }
    }

    public Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken) => AzureErrors.CallAsync("Get Blob Properties", blob, async () =>
    {
        try
        {
            var properties = (await Client(blob).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return new BlobProperties(blob, properties.ContentLength, properties.ETag, properties.LastModified);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    });

    public Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => AzureErrors.CallAsync("Delete Blob", blob, async () =>
        (await Client(blob).DeleteIfExistsAsync(
            DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = ifMatch }, cancellationToken)).Value);

    public async IAsyncEnumerable<BlobProperties> ListAsync(string container, string? prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var blobs = service.GetBlobContainerClient(container)
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(container, blobs))
        {
            var properties = blobs.Current.Properties;
            var etag = new ETag(properties.ETag!.Value.ToString("H")); // a listing leaves the quotes out
            yield return new(new(container, blobs.Current.Name), properties.ContentLength!.Value, etag, properties.LastModified!.Value);
        }
    }

    public Task AcquireLeaseAsync(BlobAddress blob, Guid leaseId, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromSeconds(15));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromSeconds(60));
        return AzureErrors.CallAsync("Lease Blob (acquire)", blob, () => Lease(blob, leaseId).AcquireAsync(duration, cancellationToken: cancellationToken));
    }

    public Task RenewLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken) =>
        AzureErrors.CallAsync("Lease Blob (renew)", blob, () => Lease(blob, leaseId).RenewAsync(cancellationToken: cancellationToken));

    public Task ReleaseLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken) =>
        AzureErrors.CallAsync("Lease Blob (release)", blob, () => Lease(blob, leaseId).ReleaseAsync(cancellationToken: cancellationToken));

    /// <remarks>A user delegation SAS; against an emulator, which has no Entra ID, a service SAS of the shared key.</remarks>
    public Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken) => AzureErrors.CallAsync(
        "Get User Delegation Key", blob, async () =>
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

            var key = await service.GetUserDelegationKeyAsync(time.GetUtcNow(), expiresOn, cancellationToken);
            return new BlobUriBuilder(client.Uri) { Sas = sas.ToSasQueryParameters(key, service.AccountName) }.ToUri();
        });

    private BlobClient Client(BlobAddress blob) => service.GetBlobContainerClient(blob.Container).GetBlobClient(blob.Name);

    private BlobLeaseClient Lease(BlobAddress blob, Guid leaseId) => Client(blob).GetBlobLeaseClient($"{leaseId}");

    private static Task<bool> MoveNextAsync(string container, IAsyncEnumerator<BlobItem> blobs) => AzureErrors.CallAsync("List Blobs", container, async () =>
    {
        try
        {
            return await blobs.MoveNextAsync();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    });
}
