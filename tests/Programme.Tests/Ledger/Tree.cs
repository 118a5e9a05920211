using TfFlow.Programme.Ledger;

namespace TfFlow.Programme.Tests.Ledger;

/// <summary>A tree kept whole in memory: the plain recursion of RFC 6962 §2.1, to hold the product's against.</summary>
internal sealed class Tree(IReadOnlyList<Hash256> leaves)
{
    public long Size => leaves.Count;

    public Hash256 Root => RootOf((int)Size);

    public IReadOnlyList<Hash256> Leaves => leaves;

    public static Tree Of(int size) => new([.. Enumerable.Range(0, size).Select(i => MerkleTree.HashLeaf(BitConverter.GetBytes(i)))]);

    public Hash256 RootOf(int size) => Hash(0, size);

    public Hash256 Node(TreeNode node) => Hash((int)(node.Index << node.Level), (int)((node.Index + 1) << node.Level));

    public IReadOnlyList<Hash256> ProveInclusion(int index, int size) => Build(MerkleProof.InclusionPath(index, size), Node);

    public IReadOnlyList<Hash256> ProveConsistency(int size1, int size2) => Build(MerkleProof.ConsistencyPath(size1, size2), Node);

    // Nothing here waits: every node is at hand.
    public static IReadOnlyList<Hash256> Build(IReadOnlyList<LeafRange> path, Func<TreeNode, Hash256> nodes) =>
        MerkleProof.BuildAsync(path, node => new(nodes(node))).GetAwaiter().GetResult();

    private Hash256 Hash(int from, int before)
    {
        if (before - from <= 1)
        {
            return from == before ? MerkleTree.EmptyRoot : leaves[from];
        }

        var split = 1;
        while (split * 2 < before - from)
        {
            split *= 2;
        }

        return MerkleTree.HashChildren(Hash(from, from + split), Hash(from + split, before));
    }
}
