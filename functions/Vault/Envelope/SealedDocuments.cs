using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Envelope;

/// <summary>Small documents with personal data, each a sealed blob of its own under a data key of its own. Whoever opens one is inside an
/// act; the key row counts it.</summary>
public sealed class SealedDocuments(IBlobStore blobs, DataKeys keys, string container)
{
    /// <inheritdoc cref="SealAsync(IReadOnlyList{Document}, CancellationToken)"/>
    public async Task<(string Sha256, long Length)> SealAsync(string name, string originator, Memory<byte> content, CancellationToken cancellationToken) =>
        (await SealAsync([new Document(name, originator, content)], cancellationToken))[0];

    /// <summary>Seals documents of one owner. Their key rows are written together.</summary>
    /// <returns>Of each, in the order given: SHA-256 of the ciphertext, lower-case hex, and its length in bytes.</returns>
    /// <exception cref="StorageException"><see cref="StorageError.AlreadyExists"/>: an earlier attempt left something; erase it
    /// first.</exception>
    public async Task<IReadOnlyList<(string Sha256, long Length)>> SealAsync(IReadOnlyList<Document> documents, CancellationToken cancellationToken)
    {
        IReadOnlyList<DataKey> created = [];
        try
        {
            created = await keys.CreateAsync([.. documents.Select(document =>
                new NewKey(document.Name, Address(document.Name).ToString(), document.Originator))], cancellationToken);
            var written = new List<(string Sha256, long Length)>();
            foreach (var (document, key) in documents.Zip(created))
            {
                written.Add(await WriteAsync(document, key, cancellationToken));
            }

            return written;
        }
        finally
        {
            DisposeAll(created);
            foreach (var document in documents)
            {
                document.Content.Span.Clear();
            }
        }
    }

    /// <returns>The content; the caller zeroes it.</returns>
    /// <exception cref="SealException">Its key is destroyed, or it is not what was written.</exception>
    public async Task<byte[]> OpenAsync(string name, CancellationToken cancellationToken)
    {
        using var key = await keys.OpenAsync(name, cancellationToken);
        return await ReadAsync(name, key, cancellationToken);
    }

    /// <summary>Opens documents of one owner: their keys at once, in one transaction, when the first is read.</summary>
    /// <param name="names">Those that will be read: asked for when the first is.</param>
    public OpenDocuments Open(Func<IReadOnlyList<string>> names) => new(this, names);

    internal Task<IReadOnlyList<DataKey>> OpenKeysAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        keys.OpenAsync(names, cancellationToken);

    internal async Task<byte[]> ReadAsync(string name, DataKey key, CancellationToken cancellationToken)
    {
        await using var download = await blobs.OpenReadAsync(Address(name), ifMatch: null, cancellationToken);
        await using var segments = new SegmentReader(download.Content, key);
        return await ReadWholeAsync(segments, cancellationToken);
    }

    internal static void DisposeAll(IEnumerable<DataKey> keys)
    {
        foreach (var key in keys)
        {
            key.Dispose();
        }
    }

    private async Task<(string Sha256, long Length)> WriteAsync(Document document, DataKey key, CancellationToken cancellationToken)
    {
        await using var output = blobs.OpenWrite(Address(document.Name), WriteCondition.CreateOnly);
        await using var hash = new HashingStream(output);
        await using var segments = new SegmentWriter(hash, key, SegmentWriter.MinSegmentSize);
        await segments.WriteAsync(document.Content, cancellationToken);
        await segments.CompleteAsync(cancellationToken);
        await output.CommitAsync(cancellationToken);
        return (hash.Sha256, hash.Length);
    }

    private BlobAddress Address(string name) => new(container, name);

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

/// <summary>A document to seal.</summary>
/// <param name="Name">In a register already: the name of the blob and of its key row. It begins with its owner's reference and a
/// hyphen.</param>
/// <param name="Content">Zeroed when sealed.</param>
public sealed record Document(string Name, string Originator, Memory<byte> Content);

/// <summary>Documents whose keys are opened together.</summary>
public sealed class OpenDocuments(SealedDocuments documents, Func<IReadOnlyList<string>> names) : IDisposable
{
    private IReadOnlyDictionary<string, DataKey>? keys;

    /// <returns>The content; the caller zeroes it.</returns>
    /// <exception cref="SealException">A key is destroyed, or it is not what was written.</exception>
    public async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        keys ??= (await documents.OpenKeysAsync(names(), cancellationToken)).ToDictionary(key => key.Reference, StringComparer.Ordinal);
        return await documents.ReadAsync(name, keys[name], cancellationToken);
    }

    public void Dispose() => SealedDocuments.DisposeAll(keys?.Values ?? []);
}
