using System.Buffers;
using System.Text;
using Azure.Storage;
using Azure.Storage.Blobs.Models;

namespace TfFlow.Vault.Storage;

/// <summary>Uploads blocks while the next one fills; at most <see cref="BlocksInFlight"/> are on their way.</summary>
/// <remarks>Blocks that are never committed are not visible to anyone, and the service drops them after a week.</remarks>
internal sealed class BlockWriter(BlobWrite write) : BlobWriter
{
    private const int BlockSize = 4 * 1024 * 1024;
    private const int BlocksInFlight = 2;
    private const int MostBlocks = 50_000;

    // The service checks what arrives. (Without it, the emulator works out a CRC64 in JavaScript, at a third of the speed.)
    private static readonly BlockBlobStageBlockOptions Checked = new() { TransferValidation = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 } };

    // Another writer's abandoned blocks may lie under the same blob: the identifiers are ours, and all of one length, as the service demands.
    private readonly string series = Guid.NewGuid().ToString("N");
    private readonly List<string> blockIds = [];
    private readonly Queue<(Task Upload, byte[] Block)> uploads = new();
    private byte[]? block;
    private int filled;
    private long length;
    private bool closed;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        while (!buffer.IsEmpty)
        {
            if (filled == BlockSize)
            {
                SendBlock(cancellationToken);
            }

            block ??= uploads.Count == BlocksInFlight ? await FinishOldestAsync() : ArrayPool<byte>.Shared.Rent(BlockSize);
            var count = Math.Min(buffer.Length, BlockSize - filled);
            buffer.Span[..count].CopyTo(block.AsSpan(filled));
            filled += count;
            length += count;
            buffer = buffer[count..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Storage is called asynchronously only.");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task<BlobProperties> CommitAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (blockIds.Count == 0)
        {
            closed = true;
            return await write.PutAsync(block.AsMemory(0, filled), cancellationToken);
        }

        SendBlock(cancellationToken);
        while (uploads.Count > 0)
        {
            Return(await FinishOldestAsync(), BlockSize);
        }

        closed = true;
        return await write.CommitAsync(blockIds, length, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        closed = true;
        while (uploads.TryDequeue(out var oldest))
        {
            await oldest.Upload.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Return(oldest.Block, BlockSize);
        }

        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        closed = true;
        if (block is not null)
        {
            Return(block, blockIds.Count == 0 ? filled : BlockSize);
            block = null;
        }

        base.Dispose(disposing);
    }

    private void SendBlock(CancellationToken cancellationToken)
    {
        if (blockIds.Count == MostBlocks)
        {
            throw new StorageException(StorageError.TooLarge, "Put Block", write.Blob.ToString(), $"a blob holds at most {MostBlocks} blocks of {BlockSize} bytes");
        }

        blockIds.Add(Convert.ToBase64String(Encoding.ASCII.GetBytes($"{series}{blockIds.Count:d5}")));
        uploads.Enqueue((StageAsync(blockIds[^1], block!, filled, cancellationToken), block!));
        block = null;
        filled = 0;
    }

    /// <returns>The block that is free again.</returns>
    private async Task<byte[]> FinishOldestAsync()
    {
        var (upload, sent) = uploads.Dequeue();
        try
        {
            await upload;
            return sent;
        }
        catch
        {
            closed = true; // A blob with a block missing must not be committed.
            Return(sent, BlockSize);
            throw;
        }
    }

    /// <remarks>On another thread: the caller goes on while this block is hashed and sent.</remarks>
    private Task StageAsync(string id, byte[] content, int count, CancellationToken cancellationToken) => Task.Run(
        () => StorageErrors.CallAsync("Put Block", write.Blob, () =>
            write.Client.StageBlockAsync(id, new MemoryStream(content, 0, count, writable: false), Checked, cancellationToken), cancellationToken),
        CancellationToken.None);

    private static void Return(byte[] block, int used)
    {
        block.AsSpan(0, used).Clear();
        ArrayPool<byte>.Shared.Return(block);
    }
}
