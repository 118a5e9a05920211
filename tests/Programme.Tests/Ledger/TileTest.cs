using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Ledger;

namespace TfFlow.Programme.Tests.Ledger;

public class TileTest
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 999, 256, "tile/0/999")]
    [InlineData(1, 1000, 17, "tile/1/x001/000.p/17")]
    [InlineData(0, 1_234_067, 256, "tile/0/x001/x234/067")]
    public void A_tile_has_the_path_of_the_specification(int level, long index, int width, string path) =>
        Assert.Equal(path, new Tile(level, index, width).Path);

    [Fact]
    public void A_tree_of_seventy_thousand_has_the_partial_tiles_of_the_specification() =>
        Assert.Equal([new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1)], Tile.Partial(70_000));

    [Fact]
    public void A_tree_of_two_hundred_and_fifty_six_has_one_partial_tile_above_the_full_one() =>
        Assert.Equal([new Tile(1, 0, 1)], Tile.Partial(256));

    [Fact]
    public void Proofs_from_tiles_are_the_proofs_of_the_tree_and_a_resumed_builder_goes_on_where_the_first_stopped()
    {
        const int Size = 70_000;
        var range = new CompactRange();
        var full = new Dictionary<string, Hash256[]>();
        var builder = new TileBuilder((tile, hashes) => full.Add(tile.Path, hashes));
        var roots = new Dictionary<int, (Hash256 Root, Dictionary<string, Hash256[]> Partial)>();
        int[] stops = [1, 255, 256, 257, 65_535, 65_536, 65_537, Size];
        for (var i = 0; i < Size; i++)
        {
            var leaf = MerkleTree.HashLeaf(BitConverter.GetBytes(i));
            range.Append(leaf);
            builder.Append(leaf);
            if (!stops.Contains(i + 1))
            {
                continue;
            }

            Assert.Equal(range.Root, builder.Root);
            roots[i + 1] = (builder.Root, builder.Partial().ToDictionary(tile => tile.Tile.Path, tile => tile.Hashes));
            var resumed = new TileBuilder((tile, hashes) => full.Add(tile.Path, hashes));
            resumed.Resume(builder.Size, builder.Partial());
            builder = resumed;
        }

        Assert.Equal(273 + 1, full.Count);
        foreach (var (size, (root, partial)) in roots)
        {
            Hash256 Node(TreeNode node)
            {
                var tile = Tile.Of(node, size);
                return Tile.Find(node, tile.IsFull ? full[tile.Path] : partial[tile.Path]);
            }

            foreach (var index in new[] { 0, size / 3, size - 1 })
            {
                var proof = Tree.Build(MerkleProof.InclusionPath(index, size), Node);
                Assert.True(MerkleProof.VerifyInclusion((ulong)index, (ulong)size, MerkleTree.HashLeaf(BitConverter.GetBytes(index)), proof, root));
            }

            foreach (var earlier in stops.Where(stop => stop <= size))
            {
                var proof = Tree.Build(MerkleProof.ConsistencyPath(earlier, size), Node);
                Assert.True(MerkleProof.VerifyConsistency((ulong)earlier, (ulong)size, proof, roots[earlier].Root, root));
            }
        }
    }

    [Fact]
    public void Every_perfect_node_of_a_random_tree_is_found_in_its_tile()
    {
        var tree = Tree.Of(700);
        var full = new Dictionary<string, Hash256[]>();
        var builder = new TileBuilder((tile, hashes) => full.Add(tile.Path, hashes));
        foreach (var leaf in tree.Leaves)
        {
            builder.Append(leaf);
        }

        var tiles = full.Concat(builder.Partial().Select(tile => KeyValuePair.Create(tile.Tile.Path, tile.Hashes))).ToDictionary();
        for (var level = 0; 1 << level <= 700; level++)
        {
            for (var index = 0; (index + 1) << level <= 700; index++)
            {
                var node = new TreeNode(level, index);
                Assert.Equal(tree.Node(node), Tile.Find(node, tiles[Tile.Of(node, 700).Path]));
            }
        }
    }
}
