using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;

namespace TfFlow.Programme.Ledger;

/// <summary>The Merkle tree's hashing and shape.</summary>
/// <remarks>RFC 6962 §2.1.</remarks>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of the tree without leaves.</summary>
    public static Hash256 EmptyRoot { get; } = Sha256([]);

    public static Hash256 HashLeaf(ReadOnlySpan<byte> leaf)
    {
        const int OnStack = 1024;
        byte[]? rented = null;
        var input = leaf.Length < OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(leaf.Length + 1);
        input[0] = LeafPrefix;
        leaf.CopyTo(input[1..]);
        var hash = Sha256(input[..(leaf.Length + 1)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    public static Hash256 HashChildren(Hash256 left, Hash256 right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Hash256.Length)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Hash256.Length)..]);
        return Sha256(input);
    }

    /// <summary>The root over perfect subtrees of falling size, left to right.</summary>
    public static Hash256 Fold(ReadOnlySpan<Hash256> perfect)
    {
        if (perfect.IsEmpty)
        {
            return EmptyRoot;
        }

        var hash = perfect[^1];
        for (var i = perfect.Length - 2; i >= 0; i--)
        {
            hash = HashChildren(perfect[i], hash);
        }

        return hash;
    }

    /// <summary>The root of a perfect subtree over <paramref name="hashes"/>, a power of two of them.</summary>
    public static Hash256 PerfectRoot(ReadOnlySpan<Hash256> hashes)
    {
        if (!BitOperations.IsPow2(hashes.Length))
        {
            throw new ArgumentException($"{hashes.Length} hashes are not a perfect subtree.", nameof(hashes));
        }

        var level = hashes.ToArray();
        for (var width = level.Length; width > 1; width /= 2)
        {
            for (var i = 0; i < width / 2; i++)
            {
                level[i] = HashChildren(level[2 * i], level[(2 * i) + 1]);
            }
        }

        return level[0];
    }

    /// <summary>Where a tree of <paramref name="size"/> leaves splits: the largest power of two below it.</summary>
    public static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    private static Hash256 Sha256(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[Hash256.Length];
        SHA256.HashData(input, hash);
        return new Hash256(hash);
    }
}

/// <summary>A perfect subtree: the leaves [<paramref name="Index"/> · 2^<paramref name="Level"/>, (<paramref name="Index"/> + 1) · 2^<paramref name="Level"/>).</summary>
public readonly record struct TreeNode(int Level, long Index);

/// <summary>The leaves [<paramref name="From"/>, <paramref name="Before"/>), as a proof's node covers them.</summary>
public readonly record struct LeafRange(long From, long Before)
{
    /// <summary>The perfect subtrees the range falls into, left to right.</summary>
    public IEnumerable<TreeNode> Nodes()
    {
        for (var from = From; from < Before;)
        {
            var level = BitOperations.Log2((ulong)(Before - from));
            if (from != 0)
            {
                level = Math.Min(level, BitOperations.TrailingZeroCount(from));
            }

            yield return new TreeNode(level, from >> level);
            from += 1L << level;
        }
    }
}
