using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Ledger;

/// <summary>Holds the entries against the tiles, and the tiles against the newest checkpoint.</summary>
internal sealed class TileAudit(TileStore tiles, CheckpointAudit checkpoints, CancellationToken cancellationToken)
{
    private readonly Queue<(Tile Tile, Hash256[] Hashes)> computed = new();
    private readonly List<LedgerFault> faults = [];
    private Tile current;
    private Hash256[]? leaves;

    public IReadOnlyList<LedgerFault> Faults => faults;

    public void Enqueue(Tile tile, Hash256[] hashes) => computed.Enqueue((tile, hashes));

    /// <summary>Whether the newest checkpoint was signed over another entry at this index.</summary>
    public async Task<bool> ContradictsAsync(long index, Hash256 leaf)
    {
        if (index >= checkpoints.Newest)
        {
            return false;
        }

        var tile = Tile.Of(new TreeNode(0, index), checkpoints.Newest);
        if (tile != current)
        {
            (current, leaves) = (tile, await tiles.FindAsync(tile, cancellationToken));
            if (leaves is null)
            {
                Blame(tile, index, "is missing or cut");
            }
        }

        var place = (int)(index % Tile.FullWidth);
        if (leaves is null || leaves[place] == leaf)
        {
            return false;
        }

        if (await IsSignedAsync(index, leaves[place]))
        {
            return true;
        }

        Blame(tile, index, "does not lead to the checkpoint's root");
        leaves = null;
        return false;
    }

    /// <summary>Compares the tiles above the leaves that have become full.</summary>
    public async ValueTask CheckFullAsync()
    {
        while (computed.TryDequeue(out var next))
        {
            await CheckAsync(next.Tile, next.Hashes);
        }
    }

    public async Task CheckPartialAsync(IEnumerable<(Tile Tile, Hash256[] Hashes)> partial)
    {
        foreach (var (tile, hashes) in partial)
        {
            await CheckAsync(tile, hashes);
        }
    }

    private async Task CheckAsync(Tile tile, Hash256[] hashes)
    {
        var from = tile.Index * Tile.FullWidth << (Tile.Height * tile.Level);
        var before = (tile.Index * Tile.FullWidth + tile.Width) << (Tile.Height * tile.Level);
        if (tile.Level == 0 || before > checkpoints.Newest)
        {
            return;
        }

        if (await tiles.FindAsync(tile, cancellationToken) is not { } stored)
        {
            Blame(tile, from, "is missing or cut");
        }
        else if (!stored.AsSpan().SequenceEqual(hashes))
        {
            Blame(tile, from, "holds other hashes than the entries give");
        }
    }

    private async Task<bool> IsSignedAsync(long index, Hash256 leaf)
    {
        try
        {
            var proof = await new TiledTree(tiles, checkpoints.Newest, cancellationToken).ProveInclusionAsync(index);
            return MerkleProof.VerifyInclusion((ulong)index, (ulong)checkpoints.Newest, leaf, proof, checkpoints.Roots[checkpoints.Newest]);
        }
        catch (LedgerDamagedException)
        {
            return false;
        }
    }

    private void Blame(Tile tile, long index, string how) => faults.Add(new(LedgerFaultKind.TileChanged, index, $"{tile.Path} {how}."));
}
