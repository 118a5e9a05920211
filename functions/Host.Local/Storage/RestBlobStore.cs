using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>The blob port on the Blob service's REST interface, with the account's shared key.</summary>
public sealed partial class RestBlobStore : IBlobStore
{
    internal const int LargestPut = 4 * 1024 * 1024;

    private readonly StorageAccount account;
    private readonly BlobRequests requests;

    public RestBlobStore(StorageAccount account, StoreOptions? options = null)
    {
        this.account = account;
        requests = new(new StorePipeline(account.BlobEndpoint, options ?? new StoreOptions(), BlobRequests.Version, new BlobSharedKeyPolicy(account)));
    }

    public async Task CreateContainerAsync(string container, CancellationToken cancellationToken)
    {
        using var message = requests.Create(RequestMethod.Put, container, "?restype=container");
        await requests.SendAsync(message, "Create Container", container, [201, 409], cancellationToken);
        if (message.Response.Status == 409 && ServiceErrors.ErrorCode(message.Response) != "ContainerAlreadyExists")
        {
            throw ServiceErrors.From(message.Response, "Create Container", container);
        }
    }

    public async Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (content.Length > LargestPut)
        {
            throw new ArgumentException($"{content.Length} bytes: more than {LargestPut} go through OpenWrite.", nameof(content));
        }

        return await requests.PutBlobAsync(blob, content, condition, cancellationToken);
    }

    public BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition) => new BlockBlobWriter(requests, blob, condition);

    public async Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken)
    {
        var stream = new BlobReadStream(requests, blob, offset: 0, length: null, ifMatch);
        return new BlobDownload(await stream.OpenAsync(cancellationToken) ?? throw StorageErrors.From(416, "InvalidRange", "Get Blob", blob.ToString()), stream);
    }

    public async Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (buffer.IsEmpty)
        {
            return 0;
        }

        await using var stream = new BlobReadStream(requests, blob, offset, buffer.Length, ifMatch);
        return await stream.OpenAsync(cancellationToken) is null
            ? 0
            : await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
    }

    public Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken) => requests.GetPropertiesAsync(blob, cancellationToken);

    public async Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken)
    {
        using var message = requests.Create(RequestMethod.Delete, blob);
        message.Request.Headers.SetValue("x-ms-delete-snapshots", "include");
        if (ifMatch is { } eTag)
        {
            message.Request.Headers.SetValue("If-Match", eTag.ToString("H"));
        }

        await requests.SendAsync(message, "Delete Blob", blob.ToString(), [202, 404], cancellationToken);
        return message.Response.Status == 202 || AttemptPolicy.WasReplyLost(message);
    }

    public async IAsyncEnumerable<BlobProperties> ListAsync(
        string container, string? prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = $"?restype=container&comp=list{(string.IsNullOrEmpty(prefix) ? "" : $"&prefix={Uri.EscapeDataString(prefix)}")}";
        string? marker = null;
        do
        {
            var page = await requests.GetListPageAsync(container, query + (marker is null ? "" : $"&marker={Uri.EscapeDataString(marker)}"), cancellationToken);
            if (page is null)
            {
                yield break;
            }

            foreach (var blob in page.Element("Blobs")!.Elements("Blob"))
            {
                var properties = blob.Element("Properties")!;
                yield return new BlobProperties(
                    new BlobAddress(container, blob.Element("Name")!.Value),
                    long.Parse(properties.Element("Content-Length")!.Value, CultureInfo.InvariantCulture),
                    BlobRequests.ParseETag(properties.Element("Etag")!.Value),
                    DateTimeOffset.ParseExact(properties.Element("Last-Modified")!.Value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
            }

            marker = page.Element("NextMarker")?.Value;
        }
        while (!string.IsNullOrEmpty(marker));
    }

    public Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken) =>
        Task.FromResult(ServiceSas.CreateOnly(account, requests.UriOf(blob), blob, expiresOn, ipRange));
}
