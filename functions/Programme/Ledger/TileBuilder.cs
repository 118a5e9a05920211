using System.Runtime.InteropServices;

namespace TfFlow.Programme.Ledger;

/// <summary>A growing tree, kept as its partial tiles; hands out each tile when it is full.</summary>
public sealed class TileBuilder
{
    private readonly List<List<Hash256>> levels = [];
    private readonly Action<Tile, Hash256[]> full;

    /// <param name="full">Receives each full tile, children before parents.</param>
    public TileBuilder(Action<Tile, Hash256[]> full) => this.full = full;

    /// <summary>The number of leaves.</summary>
    public long Size { get; private set; }

    public Hash256 Root => MerkleTree.Fold([.. Perfect()]);

    public void Append(Hash256 leaf)
    {
        Add(0, leaf);
        Size++;
    }

    /// <summary>The tiles that are not full.</summary>
    public IEnumerable<(Tile Tile, Hash256[] Hashes)> Partial() =>
        Tile.Partial(Size).Select(tile => (tile, levels[tile.Level].ToArray()));

    /// <summary>Goes on from the partial tiles of a tree of <paramref name="size"/> leaves, as <see cref="Tile.Partial"/> names them.</summary>
    public void Resume(long size, IEnumerable<(Tile Tile, Hash256[] Hashes)> partial)
    {
        if (Size != 0)
        {
            throw new InvalidOperationException("Only an empty tree is resumed.");
        }

        foreach (var (tile, hashes) in partial)
        {
            Level(tile.Level).AddRange(hashes);
        }

        Size = size;
    }

    private void Add(int number, Hash256 hash)
    {
        var level = Level(number);
        level.Add(hash);
        if (level.Count < Tile.FullWidth)
        {
            return;
        }

        var hashes = level.ToArray();
        level.Clear();
        full(new Tile(number, Size >> (Tile.Height * (number + 1))), hashes);
        Add(number + 1, MerkleTree.PerfectRoot(hashes));
    }

    private List<Hash256> Level(int number)
    {
        while (levels.Count <= number)
        {
            levels.Add([]);
        }

        return levels[number];
    }

    private IEnumerable<Hash256> Perfect()
    {
        for (var number = levels.Count - 1; number >= 0; number--)
        {
            var width = levels[number].Count;
            foreach (var node in new LeafRange(0, width).Nodes())
            {
                var first = (int)(node.Index << node.Level);
                yield return MerkleTree.PerfectRoot(CollectionsMarshal.AsSpan(levels[number]).Slice(first, 1 << node.Level));
            }
        }
    }
}
