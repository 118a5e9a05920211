using TfFlow.Programme.Ledger;

namespace TfFlow.Programme.Tests.Ledger;

public class MerkleTreeTest
{
    private static readonly string[] Leaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_reference_leaves_give_the_reference_roots(int size, string root)
    {
        var range = new CompactRange();
        var tiles = new TileBuilder((_, _) => { });
        foreach (var leaf in Leaves.Take(size).Select(Convert.FromHexString))
        {
            range.Append(MerkleTree.HashLeaf(leaf));
            tiles.Append(MerkleTree.HashLeaf(leaf));
        }

        Assert.Equal(root, range.Root.ToString());
        Assert.Equal(root, tiles.Root.ToString());
    }

    [Fact]
    public void A_leaf_of_any_length_is_hashed_as_the_standard_says()
    {
        foreach (var length in new[] { 0, 1, 1022, 1023, 1024, 1025, 70_000 })
        {
            var leaf = new byte[length];
            new Random(length).NextBytes(leaf);
            var expected = System.Security.Cryptography.SHA256.HashData([0, .. leaf]);
            Assert.Equal(Convert.ToHexStringLower(expected), MerkleTree.HashLeaf(leaf).ToString());
        }
    }

    [Fact]
    public void A_growing_tree_has_the_root_of_the_whole_one_at_every_size()
    {
        var tree = Tree.Of(600);
        var range = new CompactRange();
        var tiles = new TileBuilder((_, _) => { });
        for (var size = 1; size <= 600; size++)
        {
            range.Append(tree.Leaves[size - 1]);
            tiles.Append(tree.Leaves[size - 1]);
            var root = tree.RootOf(size);
            Assert.Equal(root, range.Root);
            Assert.Equal(root, tiles.Root);
            Assert.Equal(root, new CompactRange(size, range.Perfect).Root);
        }
    }

    [Fact]
    public void A_compact_range_of_the_wrong_length_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => new CompactRange(5, [MerkleTree.EmptyRoot]));
        Assert.Throws<InvalidDataException>(() => new CompactRange(-1, []));
    }
}
