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
    private const int BlockSize = RestBlobStore.LargestPut;
    private const int BlocksInFlight = 2;
    private const int MostBlocks = 50_000;

    // Another writer's abandoned blocks may lie under the same blob: the identifiers are ours, and all of one length, as the service demands.
    private readonly byte[] blockId = RandomNumberGenerator.GetBytes(16);
    private readonly List<string> blockIds = [];
    private readonly Queue<Task> uploads = new();
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
                await SendBlockAsync(cancellationToken);
            }

            block ??= ArrayPool<byte>.Shared.Rent(BlockSize);
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

        await SendBlockAsync(cancellationToken);
        await Task.WhenAll(uploads);
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
        await Task.WhenAll(uploads).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Return(ref block);
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        closed = true;
        Return(ref block);
        base.Dispose(disposing);
    }

    private async Task SendBlockAsync(CancellationToken cancellationToken)
    {
        if (blockIds.Count == MostBlocks)
        {
            throw new StorageException(StorageError.TooLarge, "Put Block", blob.ToString(), $"a blob holds at most {MostBlocks} blocks of {BlockSize} bytes");
        }

        if (uploads.Count == BlocksInFlight)
        {
            await uploads.Dequeue();
        }

        BinaryPrimitives.WriteInt32BigEndian(blockId.AsSpan(12), blockIds.Count);
        var id = Convert.ToBase64String(blockId);
        blockIds.Add(id);
        uploads.Enqueue(PutBlockAsync(id, block!, filled, cancellationToken));
        block = null;
        filled = 0;
    }

    private async Task PutBlockAsync(string id, byte[] content, int count, CancellationToken cancellationToken)
    {
        try
        {
            using var message = requests.Create(RequestMethod.Put, blob, $"?comp=block&blockid={Uri.EscapeDataString(id)}");
            message.Request.Content = RequestContent.Create(content.AsMemory(0, count));
            await requests.SendAsync(message, "Put Block", blob.ToString(), [201], cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content, clearArray: true);
        }
    }

    private static void Return(ref byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            buffer = null;
        }
    }
}
