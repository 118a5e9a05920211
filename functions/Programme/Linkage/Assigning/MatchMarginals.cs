namespace TfFlow.Programme.Linkage;

/// <summary>
/// How likely each pair is when a record can be one person only once: every one-to-one matching is weighed by the odds of its pairs, and a pair's probability
/// is the weight of the matchings that hold it. Rivals share what one of them can have.
/// </summary>
/// <remarks>Belief propagation for the monomer–dimer model: exact where rivals form no cycle, and always one fixed point (Bayati and Nair 2006; Zdeborová and Mézard 2006).</remarks>
internal sealed class MatchMarginals
{
    private const int Rounds = 24;

    /// <summary>Messages that change by no more are settled.</summary>
    private const double Settled = 1e-4;

    private const int Chunk = 1 << 14;

    /// <summary>Share of records with a partner, at most: some people are always missing.</summary>
    private const double MostMatched = 0.98;

    private readonly EdgeGraph graph;
    private readonly ParallelOptions parallel;
    private readonly double[] odds;
    private readonly double[] fromLeft;
    private readonly double[] fromRight;

    private MatchMarginals(EdgeGraph graph, ParallelOptions parallel)
    {
        this.graph = graph;
        this.parallel = parallel;
        odds = new double[graph.Edges.Length];
        fromLeft = new double[odds.Length];
        fromRight = new double[odds.Length];
        Array.Fill(fromLeft, 1);
        Array.Fill(fromRight, 1);
        Each(odds.Length, e => odds[e] = Math.Exp(Math.Min(graph.Edges[e].LogOdds, 60)));
    }

    /// <summary>A probability for each edge, in the order of the edges, and how many matches they make.</summary>
    /// <param name="graph">Edges with the odds of each pair taken by itself.</param>
    /// <param name="matches">How many matches there are in all, about; settled by what the edges can bear.</param>
    /// <param name="parallel">Threads at most; the result is the same for any number.</param>
    public static (double[] Probabilities, double Matches) Of(EdgeGraph graph, double matches, ParallelOptions parallel)
    {
        // How many matches there are follows from the messages, and they from it: both are brought on together.
        var marginals = new MatchMarginals(graph, parallel);
        var probabilities = new double[graph.Edges.Length];
        for (var round = 0; round < Rounds; round++)
        {
            var scale = Math.Exp(Bias(graph, matches));
            var change = marginals.Pass(scale);
            var found = marginals.Read(probabilities, scale);
            if (change < Settled && Math.Abs(found - matches) <= 1e-5 * matches)
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

    /// <summary>Sends every message once, and tells the greatest change.</summary>
    /// <remarks>fromLeft[e]: the chance that the left end is free of its other edges; from both, the chance of e itself. An end without rivals is free of them for good.</remarks>
    private double Pass(double scale)
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
                sum += scale * odds[e] * fromRight[e];
            }

            for (var e = from; e < to; e++)
            {
                var free = 1 / Math.Max(1, sum - (scale * odds[e] * fromRight[e]));
                most = Math.Max(most, Math.Abs(free - fromLeft[e]));
                fromLeft[e] = free;
            }

            return most;
        });
        return Math.Max(change, Most(graph.RightCount, right =>
        {
            var its = graph.OfRight(right);
            if (its.Length < 2)
            {
                return 0;
            }

            var (sum, most) = (1.0, 0.0);
            foreach (var e in its)
            {
                sum += scale * odds[e] * fromLeft[e];
            }

            foreach (var e in its)
            {
                var free = 1 / Math.Max(1, sum - (scale * odds[e] * fromLeft[e]));
                most = Math.Max(most, Math.Abs(free - fromRight[e]));
                fromRight[e] = free;
            }

            return most;
        }));
    }

    private double Read(double[] probabilities, double scale)
    {
        Each(odds.Length, e =>
        {
            var its = scale * odds[e] * fromLeft[e] * fromRight[e];
            probabilities[e] = its / (1 + its);
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
