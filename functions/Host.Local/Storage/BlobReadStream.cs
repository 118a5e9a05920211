using System.Globalization;
using Azure;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>A range of a blob at one ETag. A connection that breaks is taken up again where it broke.</summary>
internal sealed class BlobReadStream(BlobRequests requests, BlobAddress blob, long offset, long? length, ETag? ifMatch) : Stream
{
    private const int MostResumptions = 5;

    private Stream? content;
    private long position = offset;
    private long end = length is { } asked ? offset + asked : long.MaxValue;
    private ETag? eTag = ifMatch;
    private int resumptions;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <returns>The blob's properties, or null when the range starts at or after its end.</returns>
    public async Task<BlobProperties?> OpenAsync(CancellationToken cancellationToken)
    {
        var message = requests.Create(RequestMethod.Get, blob);
        try
        {
            message.BufferResponse = false;
            if (position > 0 || length is not null)
            {
                message.Request.Headers.SetValue("x-ms-range", string.Create(
                    CultureInfo.InvariantCulture, $"bytes={position}-{(end == long.MaxValue ? "" : (end - 1).ToString(CultureInfo.InvariantCulture))}"));
            }

            if (eTag is { } version)
            {
                message.Request.Headers.SetValue("If-Match", version.ToString("H"));
            }

            var response = await requests.SendAsync(message, "Get Blob", blob.ToString(), [200, 206, 416], cancellationToken);
            if (response.Status == 416)
            {
                return null;
            }

            var total = TotalLength(response);
            eTag = response.Headers.ETag;
            end = Math.Min(end, total);
            content = message.ExtractResponseContent();
            return BlobRequests.ReadProperties(blob, response, total);
        }
        finally
        {
            message.Dispose();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (position < end && !buffer.IsEmpty)
        {
            try
            {
                var read = await content!.ReadAsync(buffer, cancellationToken);
                if (read > 0)
                {
                    position += read;
                    return read;
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                await ResumeAsync(exception, cancellationToken);
                continue;
            }

            await ResumeAsync(null, cancellationToken);
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Storage is called asynchronously only.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        content?.Dispose();
        base.Dispose(disposing);
    }

    private async Task ResumeAsync(Exception? exception, CancellationToken cancellationToken)
    {
        if (++resumptions > MostResumptions)
        {
            throw new StorageException(StorageError.Unavailable, "Get Blob", blob.ToString(), $"the connection broke {resumptions} times", exception);
        }

        await content!.DisposeAsync();
        if (await OpenAsync(cancellationToken) is null)
        {
            throw new StorageException(StorageError.Invalid, "Get Blob", blob.ToString(), "the blob is shorter than its properties say");
        }
    }

    private long TotalLength(Response response)
    {
        if (response.Status == 200)
        {
            return response.Headers.ContentLengthLong ?? 0;
        }

        var range = response.Headers.TryGetValue("Content-Range", out var value) ? value! : "";
        return long.TryParse(range.AsSpan(range.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? total
            : throw new StorageException(StorageError.Invalid, "Get Blob", blob.ToString(), "the service gave no Content-Range");
    }
}
