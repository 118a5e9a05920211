using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Ledger;

/// <summary>The tree at one checkpoint's size, read from its tiles: a proof reads one tile a level and those at the right edge.</summary>
internal sealed class TiledTree(TileStore tiles, long size, CancellationToken cancellationToken)
{
    private const int MaxCached = 64;

    private readonly Dictionary<Tile, Hash256[]> cache = [];

    public Task<IReadOnlyList<Hash256>> ProveInclusionAsync(long index) => MerkleProof.BuildAsync(MerkleProof.InclusionPath(index, size), FindAsync);

    public Task<IReadOnlyList<Hash256>> ProveConsistencyAsync(long earlier) => MerkleProof.BuildAsync(MerkleProof.ConsistencyPath(earlier, size), FindAsync);

    private async ValueTask<Hash256> FindAsync(TreeNode node)
    {
        var tile = Tile.Of(node, size);
        if (!cache.TryGetValue(tile, out var hashes))
        {
            hashes = await tiles.FindAsync(tile, cancellationToken)
                ?? throw new LedgerDamagedException(node.Index << node.Level, $"{tile.Path} is missing or cut.");
            if (cache.Count == MaxCached)
            {
                cache.Clear();
            }

            cache.Add(tile, hashes);
        }

        return Tile.Find(node, hashes);
    }
}
