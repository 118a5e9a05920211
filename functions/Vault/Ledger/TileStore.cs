using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>The tree's tiles as blobs under the names of C2SP tlog-tiles.</summary>
internal sealed class TileStore(IBlobStore blobs, string container)
{
    public Task CreateAsync(CancellationToken cancellationToken) => blobs.CreateContainerAsync(container, cancellationToken);

    /// <summary>The tile's hashes, or null when it is not stored, neither partial nor full, or not of its width.</summary>
    public async Task<Hash256[]?> FindAsync(Tile tile, CancellationToken cancellationToken) =>
        await ReadAsync(tile, cancellationToken) is { } hashes && hashes.Length == tile.Width
            ? hashes
            : tile.IsFull || await ReadAsync(tile with { Width = Tile.FullWidth }, cancellationToken) is not { Length: Tile.FullWidth } full
                ? null
                : full[..tile.Width];

    /// <summary>Writes a tile. Its hashes follow from entries no checkpoint covers yet, so what an interrupted run left there may be replaced.</summary>
    public Task WriteAsync(Tile tile, Hash256[] hashes, CancellationToken cancellationToken) =>
        blobs.PutAsync(Blob(tile), Hash256.WriteAll(hashes), WriteCondition.None, cancellationToken);

    /// <summary>Deletes the partial tiles that a full one has replaced.</summary>
    public async Task DeletePartialAsync(Tile full, CancellationToken cancellationToken)
    {
        await foreach (var partial in blobs.ListAsync(container, full.Path + ".p/", cancellationToken))
        {
            await blobs.DeleteAsync(partial.Blob, ifMatch: null, cancellationToken);
        }
    }

    private async Task<Hash256[]?> ReadAsync(Tile tile, CancellationToken cancellationToken)
    {
        // One byte more than a tile, so that a longer blob shows.
        var buffer = new byte[(Tile.FullWidth * Hash256.Length) + 1];
        try
        {
            var length = await blobs.ReadRangeAsync(Blob(tile), 0, buffer, ifMatch: null, cancellationToken);
            return length % Hash256.Length == 0 ? Hash256.ReadAll(buffer.AsSpan(0, length)) : null;
        }
        catch (StorageException exception) when (exception.Error == StorageError.NotFound)
        {
            return null;
        }
    }

    private BlobAddress Blob(Tile tile) => new(container, tile.Path);
}
