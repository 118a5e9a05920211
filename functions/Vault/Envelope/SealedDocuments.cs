using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Envelope;

/// <summary>Small documents with personal data, each a sealed blob of its own under a data key of its own. Whoever opens one is inside an act; the key row counts it.</summary>
public sealed class SealedDocuments(IBlobStore blobs, DataKeys keys, string container)
{
    /// <param name="name">Random, and in a register already: the name of the blob and of its key row.</param>
    /// <param name="content">Zeroed when sealed.</param>
    /// <returns>SHA-256 of the ciphertext, lower-case hex, and its length.</returns>
    /// <exception cref="StorageException"><see cref="StorageError.AlreadyExists"/>: an earlier attempt left something; erase it first.</exception>
    public async Task<(string Sha256, long Length)> SealAsync(string name, string originator, Memory<byte> content, CancellationToken cancellationToken)
    {
        var address = new BlobAddress(container, name);
        try
        {
            using var key = await keys.CreateAsync(address.ToString(), originator, KeyGrain.Blob, cancellationToken, name);
            await using var output = blobs.OpenWrite(address, WriteCondition.CreateOnly);
            await using var hash = new HashingStream(output);
            await using var segments = new SegmentWriter(hash, key, SegmentWriter.MinSegmentSize);
            await segments.WriteAsync(content, cancellationToken);
            await segments.CompleteAsync(cancellationToken);
            await output.CommitAsync(cancellationToken);
            return (hash.Sha256, hash.Length);
        }
        finally
        {
            content.Span.Clear();
        }
    }

    /// <returns>The content; the caller zeroes it.</returns>
    /// <exception cref="SealException">Its key is destroyed, or it is not what was written.</exception>
    public async Task<byte[]> OpenAsync(string name, CancellationToken cancellationToken)
    {
        using var key = await keys.OpenAsync(name, cancellationToken);
        await using var download = await blobs.OpenReadAsync(new(container, name), ifMatch: null, cancellationToken);
        await using var segments = new SegmentReader(download.Content, key);
        return await ReadWholeAsync(segments, cancellationToken);
    }

    /// <summary>Reads a stream to its end and leaves no second copy behind.</summary>
    internal static async Task<byte[]> ReadWholeAsync(Stream stream, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        try
        {
            await stream.CopyToAsync(content, cancellationToken);
            return content.ToArray();
        }
        finally
        {
            content.GetBuffer().AsSpan().Clear();
        }
    }
}
