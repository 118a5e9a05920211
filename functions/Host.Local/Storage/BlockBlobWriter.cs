using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>Uploads blocks while the next one fills; at most <see cref="BlocksInFlight"/> are on their way.</summary>
/// <remarks>Blocks that are never committed are not visible to anyone, and the service drops them after a week.</remarks>
internal sealed class BlockBlobWriter(BlobRequests requests, BlobAddress blob, WriteCondition condition) : BlobWriter
{
    private const int BlockSize = 2 * 1024 * 1024;
    private const int BlocksInFlight = 2;
    private const int MostBlocks = 50_000;

    // Another writer's abandoned blocks may lie under the same blob: the identifiers are ours, and all of one length, as the service demands.
    private readonly byte[] blockId = RandomNumberGenerator.GetBytes(16);
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
            return await requests.PutBlobAsync(blob, block.AsMemory(0, filled), condition, cancellationToken);
        }

        SendBlock(cancellationToken);
        while (uploads.Count > 0)
        {
            Return(await FinishOldestAsync(), BlockSize);
        }

        closed = true;
        using var message = requests.Create(RequestMethod.Put, blob, "?comp=blocklist");
        var list = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>{string.Concat(blockIds.Select(id => $"<Latest>{id}</Latest>"))}</BlockList>";
        message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(list));
        message.Request.Headers.SetValue("Content-Type", "application/xml");
        return await requests.WriteAsync(message, "Put Block List", blob, length, condition, cancellationToken);
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
            throw new StorageException(StorageError.TooLarge, "Put Block", blob.ToString(), $"a blob holds at most {MostBlocks} blocks of {BlockSize} bytes");
        }

        BinaryPrimitives.WriteInt32BigEndian(blockId.AsSpan(12), blockIds.Count);
        var id = Convert.ToBase64String(blockId);
        blockIds.Add(id);
        uploads.Enqueue((PutBlockAsync(id, block!, filled, cancellationToken), block!));
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

    private async Task PutBlockAsync(string id, byte[] content, int count, CancellationToken cancellationToken)
    {
        await Task.Yield(); // The caller goes on while this block is hashed and sent.
        using var message = requests.Create(RequestMethod.Put, blob, $"?comp=block&blockid={Uri.EscapeDataString(id)}");

        // The service checks what arrives. (Without it, the emulator works out a CRC64 in JavaScript, at a third of the speed.)
#pragma warning disable CA5351 // Against accidents on the way only; the content has its own authentication.
        message.Request.Headers.SetValue("Content-MD5", Convert.ToBase64String(MD5.HashData(content.AsSpan(0, count))));
#pragma warning restore CA5351
        message.Request.Content = RequestContent.Create(content.AsMemory(0, count));
        await requests.SendAsync(message, "Put Block", blob.ToString(), [201], cancellationToken);
    }

    private static void Return(byte[] block, int used)
    {
        block.AsSpan(0, used).Clear();
        ArrayPool<byte>.Shared.Return(block);
    }
}
