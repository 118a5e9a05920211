using System.Globalization;

namespace TfFlow.Programme.Ledger;

/// <summary>Up to 256 neighbouring hashes of every eighth level of the tree, stored together.</summary>
/// <param name="Level">0 for leaves; a hash at level L covers 256^L leaves.</param>
/// <param name="Index">The tile's place in its level.</param>
/// <param name="Width">1 to 256 hashes; less than 256 at the right edge.</param>
/// <remarks>C2SP tlog-tiles.</remarks>
public readonly record struct Tile(int Level, long Index, int Width = Tile.FullWidth)
{
    public const int FullWidth = 256;

    /// <summary>Levels of the tree in a tile.</summary>
    public const int Height = 8;

    public bool IsFull => Width == FullWidth;

    /// <summary><c>tile/L/N</c> or <c>tile/L/N.p/W</c>, N in groups of three digits.</summary>
    public string Path => IsFull ? FullPath : string.Create(CultureInfo.InvariantCulture, $"{FullPath}.p/{Width}");

    private string FullPath
    {
        get
        {
            var path = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
            {
                path = $"x{(rest % 1000).ToString("D3", CultureInfo.InvariantCulture)}/{path}";
            }

            return $"tile/{Level.ToString(CultureInfo.InvariantCulture)}/{path}";
        }
    }

    /// <summary>The tile that holds a node, as it is in a tree of <paramref name="size"/> leaves.</summary>
    public static Tile Of(TreeNode node, long size)
    {
        var level = node.Level / Height;
        var index = (node.Index << (node.Level % Height)) / FullWidth;
        var width = Math.Min(FullWidth, (size >> (level * Height)) - (index * FullWidth));
        return new Tile(level, index, (int)width);
    }

    /// <summary>The node's hash, from the hashes of the tile that holds it.</summary>
    public static Hash256 Find(TreeNode node, ReadOnlySpan<Hash256> tile)
    {
        var count = 1 << (node.Level % Height);
        var first = (int)((node.Index * count) % FullWidth);
        return MerkleTree.PerfectRoot(tile.Slice(first, count));
    }

    /// <summary>The tiles at the right edge of a tree of <paramref name="size"/> leaves that are not full, from the leaves up.</summary>
    public static IEnumerable<Tile> Partial(long size)
    {
        for (var level = 0; size > 0; level++, size /= FullWidth)
        {
            if (size % FullWidth is var width and > 0)
            {
                yield return new Tile(level, size / FullWidth, (int)width);
            }
        }
    }
}
