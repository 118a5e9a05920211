using System.Security.Cryptography;
using Azure;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Sealing;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Intake;

/// <summary>The drop cannot be taken, now or ever: a code and words for its agency.</summary>
public sealed class DropRefusedException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>Opens a claimed drop, at the ETag it was claimed with.</summary>
public sealed class DropReader(IBlobStore blobs, DropKeys dropKeys)
{
    /// <exception cref="DropRefusedException">Plain, where only a sealed drop is taken.</exception>
    /// <exception cref="SealException">Not sealed to its grant, or changed. The stream refuses too.</exception>
    /// <exception cref="StorageException">The file is not the one that was claimed.</exception>
    public async Task<OpenDrop> OpenAsync(Extract extract, bool plainAllowed, CancellationToken cancellationToken)
    {
        var blob = new BlobAddress(extract.Drop.Container, extract.Drop.Name);
        var start = new byte[DropOpener.Magic.Length];
        var known = await blobs.ReadRangeAsync(blob, 0, start, new ETag(extract.Drop.ETag), cancellationToken);
        var isSealed = start.AsSpan(0, known).SequenceEqual(DropOpener.Magic);
        if (!isSealed && !plainAllowed)
        {
            throw new DropRefusedException(new(
                "drop.not-sealed", "The file is not a sealed drop, and the agreement takes nothing else. Use 'tfflow drop', or seal it as docs/drop-format.md says."));
        }

        var download = await blobs.OpenReadAsync(blob, new ETag(extract.Drop.ETag), cancellationToken);
        var file = new HashingStream(download.Content);
        if (!isSealed)
        {
            return new(download, file, key: null, file);
        }

        var key = await dropKeys.OpenAsync(extract.GrantId, cancellationToken);
        return new(download, file, key, new HashingStream(await key.OpenAsync(file, cancellationToken)));
    }

    /// <returns>SHA-256 of the dropped file as it lies there, lower-case hex; empty when it is not there any more, or is another.</returns>
    public async Task<string> HashAsync(Drop drop, CancellationToken cancellationToken)
    {
        try
        {
            await using var download = await blobs.OpenReadAsync(new(drop.Container, drop.Name), new ETag(drop.ETag), cancellationToken);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(download.Content, cancellationToken));
        }
        catch (StorageException e) when (e.Error is StorageError.ConditionNotMet or StorageError.NotFound)
        {
            return "";
        }
    }
}

/// <summary>A drop being read.</summary>
public sealed class OpenDrop(BlobDownload download, HashingStream file, DropOpener? key, HashingStream plaintext) : IAsyncDisposable
{
    public Stream Plaintext { get; } = plaintext;

    /// <summary>Of the dropped file as it lay there, lower-case hex; empty unless it was read to its end.</summary>
    public string Sha256 => file.Length == download.Properties.Length ? file.Sha256 : "";

    /// <summary>Of what it holds; empty unless the drop was read to its end.</summary>
    public string PlainSha256 => Sha256.Length > 0 ? plaintext.Sha256 : "";

    /// <summary>Reads what is left, so that the hashes are those of the whole file: one that is refused at its first lines was not read to its end.</summary>
    public Task ReadToEndAsync(CancellationToken cancellationToken) => Plaintext.CopyToAsync(Stream.Null, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Plaintext.DisposeAsync();
        await file.DisposeAsync();
        key?.Dispose();
        await download.DisposeAsync();
    }
}
