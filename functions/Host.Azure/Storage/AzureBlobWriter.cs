using System.IO.Pipelines;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TfFlow.Vault.Storage;
using BlobProperties = TfFlow.Vault.Storage.BlobProperties;

namespace TfFlow.Host.Azure.Storage;

/// <summary>A stream into the client's upload, which stages blocks as they come and commits them at the end.</summary>
/// <remarks>An upload whose stream breaks off commits nothing; the service drops what was staged after a week.</remarks>
internal sealed class AzureBlobWriter : BlobWriter
{
    private const int BlockSize = 4 * 1024 * 1024;

    /// <summary>Names a conditional write, so that one whose reply was lost is known again.</summary>
    private const string WriteId = "write";

    private readonly BlobClient client;
    private readonly BlobAddress blob;
    private readonly WriteCondition condition;
    private readonly string writeId = Guid.NewGuid().ToString("N");
    private readonly Pipe pipe = new(new PipeOptions(pauseWriterThreshold: BlockSize, resumeWriterThreshold: BlockSize / 2));
    private readonly CancellationTokenSource givenUp = new();
    private readonly Task<Response<BlobContentInfo>> upload;
    private long length;

    public AzureBlobWriter(BlobClient client, BlobAddress blob, WriteCondition condition)
    {
        this.client = client;
        this.blob = blob;
        this.condition = condition;
        upload = UploadAsync();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        length += buffer.Length;
        await pipe.Writer.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Storage is called asynchronously only.");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<BlobProperties> CommitAsync(CancellationToken cancellationToken) => AzureErrors.CallAsync("Put Blob", blob, async () =>
    {
        await using var cancellation = cancellationToken.Register(givenUp.Cancel);
        await pipe.Writer.CompleteAsync();
        try
        {
            var written = (await upload).Value;
            return new BlobProperties(blob, length, written.ETag, written.LastModified);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return await FindWrittenAsync(cancellationToken) ?? throw (condition.MustNotExist && e.Status == 412
                ? new RequestFailedException(409, e.Message, BlobErrorCode.BlobAlreadyExists.ToString(), e)
                : e);
        }
    });

    public override async ValueTask DisposeAsync()
    {
        await givenUp.CancelAsync();
        await pipe.Writer.CompleteAsync(new OperationCanceledException());
        await ((Task)upload).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        givenUp.Dispose();
        await base.DisposeAsync();
    }

    private async Task<Response<BlobContentInfo>> UploadAsync()
    {
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = condition.MustNotExist ? ETag.All : null, IfMatch = condition.IfMatch },
            Metadata = condition == WriteCondition.None ? null : new Dictionary<string, string> { [WriteId] = writeId },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = BlockSize, MaximumTransferSize = BlockSize, MaximumConcurrency = 2 },
        };
        try
        {
            return await client.UploadAsync(pipe.Reader.AsStream(), options, givenUp.Token);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
        }
    }

    /// <summary>A first attempt whose reply was lost makes the next one fail on the very blob it wrote.</summary>
    private async Task<BlobProperties?> FindWrittenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var standing = (await client.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return standing.Metadata.TryGetValue(WriteId, out var id) && id == writeId
                ? new BlobProperties(blob, standing.ContentLength, standing.ETag, standing.LastModified)
                : null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
