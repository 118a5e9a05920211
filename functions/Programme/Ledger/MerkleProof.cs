using System.Numerics;

namespace TfFlow.Programme.Ledger;

/// <summary>Inclusion and consistency proofs: built from any source of nodes, checked with nothing but hashes.</summary>
/// <remarks>RFC 6962 §2.1.1, §2.1.2; verification by RFC 9162 §2.1.3.2, §2.1.4.2.</remarks>
public static class MerkleProof
{
    /// <summary>What the proof's nodes cover that leaf <paramref name="index"/> is in the tree of <paramref name="size"/> leaves, from the leaf up.</summary>
    public static IReadOnlyList<LeafRange> InclusionPath(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<LeafRange>();
        for (var (from, before) = (0L, size); before - from > 1;)
        {
            var middle = from + MerkleTree.Split(before - from);
            path.Add(index < middle ? new(middle, before) : new(from, middle));
            (from, before) = index < middle ? (from, middle) : (middle, before);
        }

        path.Reverse();
        return path;
    }

    /// <summary>What the proof's nodes cover that the tree of <paramref name="size1"/> leaves begins the tree of <paramref name="size2"/>.</summary>
    public static IReadOnlyList<LeafRange> ConsistencyPath(long size1, long size2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size1, size2);
        var path = new List<LeafRange>();
        var (from, before) = (0L, size2);
        while (size1 != before)
        {
            var middle = from + MerkleTree.Split(before - from);
            path.Add(size1 <= middle ? new(middle, before) : new(from, middle));
            (from, before) = size1 <= middle ? (from, middle) : (middle, before);
        }

        // A whole first tree is what the verifier already has.
        if (from != 0)
        {
            path.Add(new(from, before));
        }

        path.Reverse();
        return path;
    }

    /// <summary>Brings the hashes a path names.</summary>
    public static async Task<IReadOnlyList<Hash256>> BuildAsync(IReadOnlyList<LeafRange> path, Func<TreeNode, ValueTask<Hash256>> nodes)
    {
        var proof = new List<Hash256>(path.Count);
        foreach (var range in path)
        {
            var perfect = new List<Hash256>();
            foreach (var node in range.Nodes())
            {
                perfect.Add(await nodes(node));
            }

            proof.Add(MerkleTree.Fold([.. perfect]));
        }

        return proof;
    }

    /// <summary>Whether the proof shows that the leaf is at <paramref name="index"/> in the tree of that size and root.</summary>
    /// <remarks>A bare root does not bind its size: two sizes can share the path's shape. A signed checkpoint binds both.</remarks>
    public static bool VerifyInclusion(ulong index, ulong size, Hash256 leaf, IReadOnlyList<Hash256> proof, Hash256 root)
    {
        if (index >= size)
        {
            return false;
        }

        var (node, last) = (index, size - 1);
        var hash = leaf;
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if (IsRight(node) || node == last)
            {
                hash = MerkleTree.HashChildren(sibling, hash);
                ClimbToRight(ref node, ref last);
            }
            else
            {
                hash = MerkleTree.HashChildren(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>Whether the proof shows that the tree of <paramref name="size1"/> leaves begins the tree of <paramref name="size2"/>.</summary>
    /// <remarks>The empty tree begins every tree and proves nothing: size 0 is refused.</remarks>
    public static bool VerifyConsistency(ulong size1, ulong size2, IReadOnlyList<Hash256> proof, Hash256 root1, Hash256 root2)
    {
        if (size1 == 0 || size1 > size2)
        {
            return false;
        }

        if (size1 == size2)
        {
            return proof.Count == 0 && root1 == root2;
        }

        var whole = BitOperations.IsPow2(size1);
        if (!whole && proof.Count == 0)
        {
            return false;
        }

        var (node, last) = (size1 - 1, size2 - 1);
        while (IsRight(node))
        {
            node >>= 1;
            last >>= 1;
        }

        var (hash1, hash2) = whole ? (root1, root1) : (proof[0], proof[0]);
        foreach (var sibling in whole ? proof : proof.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if (IsRight(node) || node == last)
            {
                hash1 = MerkleTree.HashChildren(sibling, hash1);
                hash2 = MerkleTree.HashChildren(sibling, hash2);
                ClimbToRight(ref node, ref last);
            }
            else
            {
                hash2 = MerkleTree.HashChildren(hash2, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash1 == root1 && hash2 == root2;
    }

    private static bool IsRight(ulong node) => (node & 1) == 1;

    // The last node of a level without a sibling rises unhashed until it is a right child.
    private static void ClimbToRight(ref ulong node, ref ulong last)
    {
        while (!IsRight(node) && node != 0)
        {
            node >>= 1;
            last >>= 1;
        }
    }
}
