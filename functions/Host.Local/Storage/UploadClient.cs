using System.Globalization;
using Azure;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>How an upload ended.</summary>
/// <param name="ETag">The blob's version, or null when the reply was lost.</param>
public readonly record struct UploadResult(ETag? ETag)
{
    /// <summary>False: whether the blob at the address is this content is for the receiver to say, by its hash.</summary>
    public bool IsConfirmed => ETag is not null;
}

/// <summary>The one Put Blob that a create-only SAS allows.</summary>
public sealed class UploadClient(StoreOptions? options = null)
{
    // A line slower than this gives up; without a limit a dead connection would be waited for without end.
    private const int SlowestBytesASecond = 32 * 1024;

    private readonly StoreOptions options = options ?? new StoreOptions();

    /// <summary>Sends the rest of <paramref name="content"/>, which is left open and must be seekable: what a broken connection took is sent again.</summary>
    /// <remarks>A create-only SAS may not read. When the reply of an attempt is lost, the next one is refused (403, or 409) because the blob is there:
    /// this gives an unconfirmed result, not an error.</remarks>
    /// <exception cref="StorageException"><see cref="StorageError.Refused"/> when the address has expired, was used before, or is not for this place.</exception>
    public async Task<UploadResult> PutAsync(Uri address, Stream content, CancellationToken cancellationToken)
    {
        const string operation = "Put Blob";
        var resource = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        var length = content.Length - content.Position;
        var pipeline = new StorePipeline(new Uri(address.GetLeftPart(UriPartial.Authority)), options, BlobRequests.Version, signing: null);
        using var message = pipeline.CreateMessage(RequestMethod.Put, address.PathAndQuery);
        message.NetworkTimeout = options.Retry.NetworkTimeout + TimeSpan.FromSeconds(length / SlowestBytesASecond);
        message.Request.Headers.SetValue("x-ms-blob-type", "BlockBlob");
        message.Request.Headers.SetValue("Content-Type", "application/octet-stream");
        message.Request.Headers.SetValue("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        message.Request.Headers.SetValue("If-None-Match", "*");
        message.Request.Content = new OpenStreamContent(content);
        var response = await pipeline.SendAsync(message, operation, resource, cancellationToken);
        return response.Status switch
        {
            201 => new UploadResult(response.Headers.ETag),
            403 or 409 or 412 when AttemptPolicy.WasReplyLost(message) => new UploadResult(null),
            _ => throw ServiceErrors.From(response, operation, resource),
        };
    }

    /// <summary>A stream sent from where it stood, again at each attempt, and not closed.</summary>
    private sealed class OpenStreamContent(Stream stream) : RequestContent
    {
        private readonly long start = stream.Position;

        public override bool TryComputeLength(out long length)
        {
            length = stream.Length - start;
            return true;
        }

        public override async Task WriteToAsync(Stream destination, CancellationToken cancellation)
        {
            stream.Position = start;
            await stream.CopyToAsync(destination, 256 * 1024, cancellation);
        }

        public override void WriteTo(Stream destination, CancellationToken cancellation) =>
            throw new NotSupportedException("Storage is called asynchronously only.");

        public override void Dispose()
        {
        }
    }
}
