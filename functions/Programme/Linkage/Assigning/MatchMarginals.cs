namespace TfFlow.Programme.Linkage;

/// <summary>
/// How likely each pair is when a record can be one person only once: every one-to-one matching is weighed by the odds of its pairs, and a pair's probability
/// is the weight of the matchings that hold it. Rivals share what one of them can have.
/// </summary>
/// <remarks>Belief propagation for the monomer–dimer model: exact where rivals form no cycle, and always one fixed point (Bayati and Nair 2006; Zdeborová and Mézard 2006).</remarks>
internal static class MatchMarginals
{
    private const int Rounds = 30;

    /// <summary>Share of records with a partner, at most: some people are always missing.</summary>
    private const double MostMatched = 0.98;

    /// <summary>A probability for each edge, in the order of the edges, and how many matches they make.</summary>
    /// <param name="graph">Edges with the odds of each pair taken by itself.</param>
    /// <param name="matches">How many matches there are in all, about; settled by what the edges can bear.</param>
    public static (double[] Probabilities, double Matches) Of(EdgeGraph graph, double matches)
    {
        var probabilities = Given(graph, matches);
        for (var round = 0; round < 8; round++)
        {
            var found = probabilities.Sum();
            if (Math.Abs(found - matches) < 1e-4 * matches)
            {
                break;
            }

            matches = found;
            probabilities = Given(graph, matches);
        }

        return (probabilities, matches);
    }

    /// <summary>
    /// What to add to a pair's log-odds among rivals. By itself a pair is one person or not; among rivals the alternative is that both ends are someone without a
    /// partner, which is as much rarer as partners are common.
    /// </summary>
    public static double Bias(EdgeGraph graph, double matches) =>
        -Math.Log((1 - Math.Min(MostMatched, matches / graph.LeftCount)) * (1 - Math.Min(MostMatched, matches / graph.RightCount)));

    private static double[] Given(EdgeGraph graph, double matches)
    {
        var single = Math.Exp(-Bias(graph, matches));
        var edges = graph.Edges;
        var weight = new double[edges.Length];
        var fromLeft = new double[edges.Length];
        var fromRight = new double[edges.Length];
        for (var e = 0; e < edges.Length; e++)
        {
            weight[e] = Math.Exp(Math.Min(edges[e].LogOdds, 60)) / single;
            fromLeft[e] = fromRight[e] = 1 / (1 + weight[e]);
        }

        // fromLeft[e]: the chance that the left end is free of its other edges; from both, the chance of e itself.
        for (var round = 0; round < Rounds; round++)
        {
            var change = 0.0;
            for (var left = 0; left < graph.LeftCount; left++)
            {
                var (from, to) = (graph.OfLeft(left).Start.Value, graph.OfLeft(left).End.Value);
                var sum = 1.0;
                for (var e = from; e < to; e++)
                {
                    sum += weight[e] * fromRight[e];
                }

                for (var e = from; e < to; e++)
                {
                    var free = to - from == 1 ? 1 : 1 / Math.Max(1, sum - (weight[e] * fromRight[e]));
                    change = Math.Max(change, Math.Abs(free - fromLeft[e]));
                    fromLeft[e] = free;
                }
            }

            for (var right = 0; right < graph.RightCount; right++)
            {
                var its = graph.OfRight(right);
                var sum = 1.0;
                foreach (var e in its)
                {
                    sum += weight[e] * fromLeft[e];
                }

                foreach (var e in its)
                {
                    fromRight[e] = its.Length == 1 ? 1 : 1 / Math.Max(1, sum - (weight[e] * fromLeft[e]));
                }
            }

            if (change < 1e-9)
            {
                break;
            }
        }

        for (var e = 0; e < edges.Length; e++)
        {
            var odds = weight[e] * fromLeft[e] * fromRight[e];
            weight[e] = odds / (1 + odds);
        }

        return weight;
    }
}
