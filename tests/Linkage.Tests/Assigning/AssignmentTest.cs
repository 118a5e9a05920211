using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Assigning;

public sealed class AssignmentTest
{
    [Fact]
    public void The_total_is_the_greatest_there_is_on_five_thousand_small_graphs()
    {
        var random = new Random(5);
        for (var round = 0; round < 5000; round++)
        {
            var (left, right) = (1 + random.Next(5), 1 + random.Next(5));
            var edges = Enumerable.Range(0, left).SelectMany(l => Enumerable.Range(0, right), (l, r) => new Edge(l, r, (float)Math.Round((random.NextDouble() * 12) - 4, 1)))
                .Where(_ => random.Next(3) > 0).ToArray();
            var graph = new EdgeGraph(edges, left, right);
            var bias = random.Next(3) - 1.0;
            var chosen = Assignment.Solve(graph, Math.Exp(-bias));
            var used = chosen.Where(e => e >= 0).Select(e => graph.Edges[e]).ToList();
            Assert.Equal(used.Count, used.Select(e => e.Right).Distinct().Count());
            Assert.All(chosen.Select((e, l) => (e, l)).Where(c => c.e >= 0), c => Assert.Equal(c.l, graph.Edges[c.e].Left));
            Assert.Equal(Best(edges, 0, left, [], bias), used.Sum(e => e.LogOdds + bias), 1e-3);
        }
    }

    [Fact]
    public void Chances_among_rivals_are_exact_where_rivals_form_no_cycle()
    {
        var random = new Random(6);
        for (var round = 0; round < 500; round++)
        {
            // A chain of rivals: left 0 – right 0 – left 1 – right 1 – …
            var length = 1 + random.Next(7);
            var edges = Enumerable.Range(0, length).Select(i => new Edge((i + 1) / 2, i / 2, (float)((random.NextDouble() * 8) - 3))).OrderBy(e => e.Left).ThenBy(e => e.Right).ToArray();
            var graph = new EdgeGraph(edges, 20, 20);
            var (probabilities, matches) = new MatchMarginals(graph, new()).Weigh(3);
            var single = MatchMarginals.Unmatched(graph, matches);
            var weights = edges.Select(e => Math.Exp(e.LogOdds) / single).ToArray();
            var (total, with) = (0.0, new double[length]);
            for (var set = 0; set < 1 << length; set++)
            {
                var its = Enumerable.Range(0, length).Where(i => (set >> i & 1) == 1).ToList();
                if (its.Select(i => edges[i].Left).Distinct().Count() < its.Count || its.Select(i => edges[i].Right).Distinct().Count() < its.Count)
                {
                    continue;
                }

                var weight = its.Aggregate(1.0, (w, i) => w * weights[i]);
                total += weight;
                its.ForEach(i => with[i] += weight);
            }

            for (var i = 0; i < length; i++)
            {
                Assert.Equal(with[i] / total, probabilities[i], 2e-3);
            }
        }
    }

    [Theory]
    [InlineData(1999, 0.9, 1)]
    [InlineData(1800, 0, 0.2)]
    public void Two_left_over_are_one_person_where_all_others_have_found_their_own_and_not_where_many_have_not(int matched, double least, double most)
    {
        Edge[] edges = [.. Enumerable.Range(0, matched).Select(i => new Edge(i, i, 12)), new(1999, 1999, -7)];
        var (probabilities, _) = new MatchMarginals(new(edges, 2000, 2000), new()).Weigh(matched);
        Assert.InRange(probabilities[^1], least, most);
    }

    [Fact]
    public void One_strong_pair_does_not_chain_two_people_together()
    {
        // 0 and 1 are one person, 2 and 3 another; 1 and 2 look alike, but 0 and 3 do not, nor 0 and 2, nor 1 and 3.
        Edge[] edges = [new(0, 1, 6), new(0, 2, -6), new(0, 3, -6), new(1, 2, 3), new(1, 3, -6), new(2, 3, 6)];
        Assert.Equal([0, 0, 2, 2], Clustering.Of(new(edges, 4, 4), 0, (_, _) => -6, new HashSet<(int, int)>()));
    }

    [Fact]
    public void A_cut_pair_is_never_in_one_cluster_and_a_joined_one_always()
    {
        Edge[] edges = [new(0, 1, 6), new(0, 2, 6), new(1, 2, 6)];
        var cut = Clustering.Of(new(edges, 3, 3), 0, (_, _) => 6, new HashSet<(int, int)> { (1, 2) });
        Assert.NotEqual(cut[1], cut[2]);
        Edge[] joined = [new(0, 1, Edge.Decided)];
        Assert.Equal([0, 0], Clustering.Of(new(joined, 2, 2), -99 + 60, (_, _) => -8, new HashSet<(int, int)>()));
    }

    private static double Best(Edge[] edges, int left, int lefts, HashSet<int> taken, double bias)
    {
        if (left == lefts)
        {
            return 0;
        }

        var best = Best(edges, left + 1, lefts, taken, bias);
        foreach (var edge in edges.Where(e => e.Left == left && taken.Add(e.Right)))
        {
            best = Math.Max(best, edge.LogOdds + bias + Best(edges, left + 1, lefts, taken, bias));
            taken.Remove(edge.Right);
        }

        return best;
    }
}
