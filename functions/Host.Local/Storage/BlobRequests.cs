using System.Globalization;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>Requests to the Blob service of one account, and what the store, its writer and its reader share of them.</summary>
internal sealed class BlobRequests(StorePipeline pipeline)
{
    public const string Version = "2025-11-05";

    /// <summary>Names a conditional write, so that one whose reply was lost is known again.</summary>
    private const string WriteId = "x-ms-meta-write";

    public Uri UriOf(BlobAddress blob) => new(pipeline.Address + PathOf(blob));

    public HttpMessage Create(RequestMethod method, string container, string query) => pipeline.CreateMessage(method, $"/{Uri.EscapeDataString(container)}{query}");

    public HttpMessage Create(RequestMethod method, BlobAddress blob, string query = "") => pipeline.CreateMessage(method, PathOf(blob) + query);

    /// <exception cref="StorageException">The status is none of those <paramref name="expected"/>.</exception>
    public async ValueTask<Response> SendAsync(HttpMessage message, string operation, string resource, int[] expected, CancellationToken cancellationToken)
    {
        var response = await pipeline.SendAsync(message, operation, resource, cancellationToken);
        return expected.Contains(response.Status) ? response : throw ServiceErrors.From(response, operation, resource);
    }

    public async Task<BlobProperties> PutBlobAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Put, blob);
        message.Request.Headers.SetValue("x-ms-blob-type", "BlockBlob");
        message.Request.Content = RequestContent.Create(content);
        return await WriteAsync(message, "Put Blob", blob, content.Length, condition, cancellationToken);
    }

    /// <summary>Sends the request that makes a blob visible, under its condition.</summary>
    public async Task<BlobProperties> WriteAsync(
        HttpMessage message, string operation, BlobAddress blob, long length, WriteCondition condition, CancellationToken cancellationToken)
    {
        var headers = message.Request.Headers;
        var writeId = Guid.NewGuid().ToString("N");
        if (condition.MustNotExist)
        {
            headers.SetValue("If-None-Match", "*");
            headers.SetValue(WriteId, writeId);
        }
        else if (condition.IfMatch is { } eTag)
        {
            headers.SetValue("If-Match", eTag.ToString("H"));
            headers.SetValue(WriteId, writeId);
        }

        var response = await pipeline.SendAsync(message, operation, blob.ToString(), cancellationToken);
        if (response.Status == 201)
        {
            return ReadProperties(blob, response, length);
        }

        // A first attempt whose reply was lost makes the next one fail on the very blob it wrote.
        if (AttemptPolicy.WasReplyLost(message) && response.Status is 409 or 412)
        {
            using var check = Create(RequestMethod.Head, blob);
            var standing = await pipeline.SendAsync(check, "Get Blob Properties", blob.ToString(), cancellationToken);
            if (standing.Headers.TryGetValue(WriteId, out var standingId) && standingId == writeId)
            {
                return ReadProperties(blob, standing);
            }
        }

        throw response.Status == 412 && condition.MustNotExist
            ? StorageErrors.From(409, "BlobAlreadyExists", operation, blob.ToString())
            : ServiceErrors.From(response, operation, blob.ToString());
    }

    public async Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Head, blob);
        var response = await SendAsync(message, "Get Blob Properties", blob.ToString(), [200, 404], cancellationToken);
        return response.Status == 404 ? null : ReadProperties(blob, response);
    }

    /// <returns>The page, or null when there is no such container.</returns>
    public async Task<XElement?> GetListPageAsync(string container, string query, CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Get, container, query);
        var response = await SendAsync(message, "List Blobs", container, [200, 404], cancellationToken);
        return response.Status == 404 ? null : XDocument.Load(response.ContentStream!).Root;
    }

    public static BlobProperties ReadProperties(BlobAddress blob, Response response, long? length = null) => new(
        blob,
        length ?? response.Headers.ContentLengthLong ?? 0,
        response.Headers.ETag ?? default,
        DateTimeOffset.ParseExact(
            response.Headers.TryGetValue("Last-Modified", out var modified) ? modified! : throw new InvalidDataException($"The service gave no Last-Modified for {blob}."),
            "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <summary>Lists give the tag bare or quoted; headers give it quoted, and Azure.Core takes the quotes off.</summary>
    public static ETag ParseETag(string text) => new(text.Trim('"'));

    private static string PathOf(BlobAddress blob)
    {
        var segments = blob.Name.Split('/');
        if (segments.Any(segment => segment is "" or "." or ".."))
        {
            throw new ArgumentException($"{blob}: a blob's name has no empty, '.' or '..' part.", nameof(blob));
        }

        return $"/{Uri.EscapeDataString(blob.Container)}/{string.Join('/', segments.Select(Uri.EscapeDataString))}";
    }
}
