namespace TfFlow.Programme.Linkage;

/// <summary>
/// How likely each pair is when a record can be one person only once: every one-to-one matching is weighed by the odds of its pairs, and a pair's probability
/// is the weight of the matchings that hold it. Rivals share what one of them can have.
/// </summary>
/// <remarks>Belief propagation for the monomer–dimer model: exact where rivals form no cycle, and always one fixed point (Bayati and Nair 2006; Zdeborová and Mézard 2006).</remarks>
internal sealed class MatchMarginals
{
    private const int Rounds = 30;

    private const int Chunk = 1 << 14;

    /// <summary>Share of records with a partner, at most: some people are always missing.</summary>
    private const double MostMatched = 0.98;

    private readonly EdgeGraph graph;
    private readonly ParallelOptions parallel;
    private readonly double[] weight;
    private readonly double[] fromLeft;
    private readonly double[] fromRight;

    private MatchMarginals(EdgeGraph graph, ParallelOptions parallel)
    {
        this.graph = graph;
        this.parallel = parallel;
        weight = new double[graph.Edges.Length];
        fromLeft = new double[weight.Length];
        fromRight = new double[weight.Length];
        Array.Fill(fromLeft, 1);
        Array.Fill(fromRight, 1);
    }

    /// <summary>A probability for each edge, in the order of the edges, and how many matches they make.</summary>
    /// <param name="graph">Edges with the odds of each pair taken by itself.</param>
    /// <param name="matches">How many matches there are in all, about; settled by what the edges can bear.</param>
    /// <param name="parallel">Threads at most; the result is the same for any number.</param>
    public static (double[] Probabilities, double Matches) Of(EdgeGraph graph, double matches, ParallelOptions parallel)
    {
        // Messages are kept from one settling to the next, which then starts near its end.
        var marginals = new MatchMarginals(graph, parallel);
        var probabilities = new double[graph.Edges.Length];
        for (var round = 0; round < 9; round++)
        {
            marginals.Settle(matches);
            var found = marginals.Read(probabilities);
            if (Math.Abs(found - matches) < 1e-4 * matches)
            {
                break;
            }

            matches = found;
        }

        return (probabilities, matches);
    }

    /// <summary>
    /// What to add to a pair's log-odds among rivals. By itself a pair is one person or not; among rivals the alternative is that both ends are someone without a
    /// partner, which is as much rarer as partners are common.
    /// </summary>
    public static double Bias(EdgeGraph graph, double matches) =>
        -Math.Log((1 - Math.Min(MostMatched, matches / graph.LeftCount)) * (1 - Math.Min(MostMatched, matches / graph.RightCount)));

    private void Settle(double matches)
    {
        var single = Math.Exp(-Bias(graph, matches));
        Each(weight.Length, e => weight[e] = Math.Exp(Math.Min(graph.Edges[e].LogOdds, 60)) / single);

        // fromLeft[e]: the chance that the left end is free of its other edges; from both, the chance of e itself.
        // An end without rivals is free of them for good.
        for (var round = 0; round < Rounds; round++)
        {
            var change = Most(graph.LeftCount, left =>
            {
                var (from, to) = (graph.OfLeft(left).Start.Value, graph.OfLeft(left).End.Value);
                if (to - from < 2)
                {
                    return 0;
                }

                var (sum, most) = (1.0, 0.0);
                for (var e = from; e < to; e++)
                {
                    sum += weight[e] * fromRight[e];
                }

                for (var e = from; e < to; e++)
                {
                    var free = 1 / Math.Max(1, sum - (weight[e] * fromRight[e]));
                    most = Math.Max(most, Math.Abs(free - fromLeft[e]));
                    fromLeft[e] = free;
                }

                return most;
            });
            Most(graph.RightCount, right =>
            {
                var its = graph.OfRight(right);
                if (its.Length < 2)
                {
                    return 0;
                }

                var sum = 1.0;
                foreach (var e in its)
                {
                    sum += weight[e] * fromLeft[e];
                }

                foreach (var e in its)
                {
                    fromRight[e] = 1 / Math.Max(1, sum - (weight[e] * fromLeft[e]));
                }

                return 0;
            });
            if (change < 1e-9)
            {
                break;
            }
        }
    }

    private double Read(double[] probabilities)
    {
        Each(weight.Length, e =>
        {
            var odds = weight[e] * fromLeft[e] * fromRight[e];
            probabilities[e] = odds / (1 + odds);
        });
        return probabilities.Sum();
    }

    private void Each(int count, Action<int> act) => Most(count, i =>
    {
        act(i);
        return 0;
    });

    /// <summary>The greatest result over all numbers below <paramref name="count"/>.</summary>
    private double Most(int count, Func<int, double> act)
    {
        var chunks = new double[(count + Chunk - 1) / Chunk];
        Parallel.For(0, chunks.Length, parallel, chunk =>
        {
            var most = 0.0;
            for (var i = chunk * Chunk; i < Math.Min(count, (chunk + 1) * Chunk); i++)
            {
                most = Math.Max(most, act(i));
            }

            chunks[chunk] = most;
        });
        return chunks.DefaultIfEmpty(0).Max();
    }
}
