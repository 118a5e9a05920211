using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Ledger;

namespace TfFlow.Programme.Tests.Ledger;

public class MerkleProofTest
{
    private static readonly Arbitrary<(int Index, int Size1, int Size2)> Trees = (
        from size2 in Gen.Choose(1, 700)
        from size1 in Gen.Choose(1, size2)
        from index in Gen.Choose(0, size2 - 1)
        select (index, size1, size2)).ToArbitrary();

    private static readonly Tree Whole = Tree.Of(700);

    [Fact]
    public void Every_proof_of_every_small_tree_verifies_and_every_single_bit_change_to_proof_or_root_is_refused()
    {
        for (var size = 1; size <= 20; size++)
        {
            var root = Whole.RootOf(size);
            for (var index = 0; index < size; index++)
            {
                var proof = Whole.ProveInclusion(index, size);
                CheckInclusion(index, size, proof, root);
            }

            for (var size1 = 1; size1 <= size; size1++)
            {
                var proof = Whole.ProveConsistency(size1, size);
                CheckConsistency(size1, size, proof, Whole.RootOf(size1), root);
            }
        }
    }

    [Fact]
    public void Every_proof_of_a_random_tree_verifies_and_every_single_bit_change_is_refused() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(Trees, tree =>
        {
            var (index, size1, size2) = tree;
            CheckInclusion(index, size2, Whole.ProveInclusion(index, size2), Whole.RootOf(size2));
            CheckConsistency(size1, size2, Whole.ProveConsistency(size1, size2), Whole.RootOf(size1), Whole.RootOf(size2));
        }));

    [Fact]
    public void A_proof_that_is_longer_or_shorter_by_any_node_is_refused() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Trees, tree =>
        {
            var (index, size1, size2) = tree;
            var (root1, root2) = (Whole.RootOf(size1), Whole.RootOf(size2));
            var inclusion = Whole.ProveInclusion(index, size2);
            foreach (var changed in Resized(inclusion, [root2, Whole.Leaves[index], MerkleTree.EmptyRoot]))
            {
                Assert.False(MerkleProof.VerifyInclusion((ulong)index, (ulong)size2, Whole.Leaves[index], changed, root2));
            }

            var consistency = Whole.ProveConsistency(size1, size2);
            foreach (var changed in Resized(consistency, [root1, root2, MerkleTree.EmptyRoot]))
            {
                Assert.False(MerkleProof.VerifyConsistency((ulong)size1, (ulong)size2, changed, root1, root2));
            }
        }));

    [Fact]
    public void An_index_beyond_the_tree_is_refused()
    {
        Assert.False(MerkleProof.VerifyInclusion(1, 1, Whole.Leaves[0], [], Whole.Leaves[0]));
        Assert.False(MerkleProof.VerifyInclusion(0, 0, Whole.Leaves[0], [], Whole.Leaves[0]));
        Assert.False(MerkleProof.VerifyInclusion(ulong.MaxValue, 1, Whole.Leaves[0], [], Whole.Leaves[0]));
        Assert.True(MerkleProof.VerifyInclusion(0, 1, Whole.Leaves[0], [], Whole.Leaves[0]));
    }

    [Fact]
    public void Consistency_with_the_empty_tree_or_of_falling_sizes_is_refused()
    {
        var (root, empty) = (Whole.RootOf(3), MerkleTree.EmptyRoot);
        Assert.False(MerkleProof.VerifyConsistency(0, 3, [], empty, root));
        Assert.False(MerkleProof.VerifyConsistency(0, 0, [], empty, empty));
        Assert.False(MerkleProof.VerifyConsistency(3, 2, [], root, Whole.RootOf(2)));
        Assert.False(MerkleProof.VerifyConsistency(3, 3, [root], root, root));
        Assert.False(MerkleProof.VerifyConsistency(3, 3, [], root, empty));
        Assert.True(MerkleProof.VerifyConsistency(3, 3, [], root, root));
    }

    [Fact]
    public void Sizes_up_to_the_largest_number_are_walked_without_overflow()
    {
        var proof = Enumerable.Repeat(MerkleTree.EmptyRoot, 64).ToList();
        Assert.False(MerkleProof.VerifyInclusion(ulong.MaxValue - 1, ulong.MaxValue, Whole.Leaves[0], proof, Whole.Root));
        Assert.False(MerkleProof.VerifyConsistency(ulong.MaxValue - 1, ulong.MaxValue, proof, Whole.Root, Whole.Root));
    }

    private static void CheckInclusion(int index, int size, IReadOnlyList<Hash256> proof, Hash256 root)
    {
        bool Verify(ulong i, ulong n, Hash256 leaf, IReadOnlyList<Hash256> nodes, Hash256 top) => MerkleProof.VerifyInclusion(i, n, leaf, nodes, top);

        var (at, of, ours) = ((ulong)index, (ulong)size, Whole.Leaves[index]);
        Assert.True(Verify(at, of, ours, proof, root));
        Assert.All(Flips(root), changed => Assert.False(Verify(at, of, ours, proof, changed)));
        Assert.All(Flips(ours), changed => Assert.False(Verify(at, of, changed, proof, root)));
        Assert.All(Flips(proof), changed => Assert.False(Verify(at, of, ours, changed, root)));
        Assert.All(Flips(at), changed => Assert.False(Verify(changed, of, ours, proof, root)));

        // A bare root does not bind the size: where another size gives the leaf the very same path, only the signed checkpoint tells them apart.
        Assert.All(Flips(of), changed => Assert.Equal(SamePath(at, of, changed), Verify(at, changed, ours, proof, root)));
    }

    private static void CheckConsistency(int size1, int size2, IReadOnlyList<Hash256> proof, Hash256 root1, Hash256 root2)
    {
        bool Verify(ulong n, ulong m, IReadOnlyList<Hash256> nodes, Hash256 first, Hash256 second) => MerkleProof.VerifyConsistency(n, m, nodes, first, second);

        var (from, to) = ((ulong)size1, (ulong)size2);
        Assert.True(Verify(from, to, proof, root1, root2));
        Assert.All(Flips(root1), changed => Assert.False(Verify(from, to, proof, changed, root2)));
        Assert.All(Flips(root2), changed => Assert.False(Verify(from, to, proof, root1, changed)));
        Assert.All(Flips(proof), changed => Assert.False(Verify(from, to, changed, root1, root2)));
        if (size1 != size2)
        {
            Assert.All(Flips(from), changed => Assert.False(Verify(changed, to, proof, root1, root2)));
            Assert.All(Flips(to).Where(changed => !SamePath(from - 1, to, changed)), changed => Assert.False(Verify(from, changed, proof, root1, root2)));
        }
    }

    // Left and right turns from the leaf to the root.
    private static bool SamePath(ulong index, ulong size, ulong other) => index < other && Turns(index, size) == Turns(index, other);

    private static string Turns(ulong index, ulong size)
    {
        var turns = "";
        for (var (from, before) = (0UL, size); before - from > 1;)
        {
            var split = 1UL;
            while (split < ((before - from) / 2) + ((before - from) % 2))
            {
                split *= 2;
            }

            turns += index < from + split ? 'L' : 'R';
            (from, before) = index < from + split ? (from, from + split) : (from + split, before);
        }

        return turns;
    }

    private static IEnumerable<Hash256> Flips(Hash256 hash)
    {
        for (var bit = 0; bit < 8 * Hash256.Length; bit++)
        {
            var bytes = hash.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return new Hash256(bytes);
        }
    }

    private static IEnumerable<ulong> Flips(ulong number) => Enumerable.Range(0, 20).Append(63).Select(bit => number ^ (1UL << bit));

    private static IEnumerable<IReadOnlyList<Hash256>> Flips(IReadOnlyList<Hash256> proof) =>
        proof.SelectMany((node, i) => Flips(node).Select(changed => (IReadOnlyList<Hash256>)[.. proof.Take(i), changed, .. proof.Skip(i + 1)]));

    private static IEnumerable<IReadOnlyList<Hash256>> Resized(IReadOnlyList<Hash256> proof, Hash256[] extra)
    {
        for (var i = 0; i <= proof.Count; i++)
        {
            foreach (var node in extra)
            {
                yield return [.. proof.Take(i), node, .. proof.Skip(i)];
            }

            if (i < proof.Count)
            {
                yield return [.. proof.Take(i), .. proof.Skip(i + 1)];
            }
        }
    }
}
