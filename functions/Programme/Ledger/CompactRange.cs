using System.Numerics;
using System.Runtime.InteropServices;

namespace TfFlow.Programme.Ledger;

/// <summary>A growing tree, kept as the roots of its perfect subtrees from left to right: one hash per set bit of its size.</summary>
public sealed class CompactRange
{
    private readonly List<Hash256> perfect;

    public CompactRange()
    {
        perfect = [];
    }

    /// <exception cref="InvalidDataException">The number of hashes is not what a tree of that size has.</exception>
    public CompactRange(long size, IReadOnlyList<Hash256> perfect)
    {
        if (size < 0 || perfect.Count != BitOperations.PopCount((ulong)size))
        {
            throw new InvalidDataException($"A tree of {size} leaves is not {perfect.Count} perfect subtrees.");
        }

        Size = size;
        this.perfect = [.. perfect];
    }

    /// <summary>The number of leaves.</summary>
    public long Size { get; private set; }

    public IReadOnlyList<Hash256> Perfect => perfect;

    public Hash256 Root => MerkleTree.Fold(CollectionsMarshal.AsSpan(perfect));

    public void Append(Hash256 leaf)
    {
        for (var full = BitOperations.TrailingZeroCount(~Size); full > 0; full--)
        {
            leaf = MerkleTree.HashChildren(perfect[^1], leaf);
            perfect.RemoveAt(perfect.Count - 1);
        }

        perfect.Add(leaf);
        Size++;
    }

    public CompactRange Copy() => new(Size, perfect);
}
