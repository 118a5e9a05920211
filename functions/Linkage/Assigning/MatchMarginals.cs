namespace TfFlow.Linkage;

/// <summary>
/// How likely each pair is when a record can be one person only once: every one-to-one matching is weighed by the odds of its pairs, and a pair's probability
/// is the weight of the matchings that hold it. Rivals share what one of them can have.
/// </summary>
/// <remarks>Belief propagation for the monomer–dimer model: exact where rivals form no cycle, and always one fixed point (Bayati and Nair 2006; Zdeborová and Mézard 2006).</remarks>
internal sealed class MatchMarginals
{
    private const int Rounds = 60;

    /// <summary>A message that changes by no more than this share of itself is settled, and so is the number of matches.</summary>
    private const double Settled = 1e-4;

    private const int Chunk = 1 << 14;

    /// <summary>Share of records with a partner, at most: some people are always missing.</summary>
    private const double MostMatched = 0.995;

    /// <summary>Records without a partner that are taken to be there besides: a few records do not tell how many have none.</summary>
    private const double Unseen = 2;

    private readonly EdgeGraph graph;
    private readonly ParallelOptions parallel;
    private readonly Messages[] edges;

    // Records one of whose edges was sent news since they last spoke: written as news comes, read a pass later.
    private readonly bool[] stirredLeft;
    private readonly bool[] stirredRight;

    public MatchMarginals(EdgeGraph graph, ParallelOptions parallel)
    {
        this.graph = graph;
        this.parallel = parallel;
        edges = LargePages.Array<Messages>(graph.Edges.Length);
        Array.Fill(edges, new() { FromLeft = 1, FromRight = 1 });
        (stirredLeft, stirredRight) = (new bool[graph.LeftCount], new bool[graph.RightCount]);
    }

    /// <summary>FromLeft: the chance that the left end is free of its other edges; from both, the chance of the edge itself. An end without rivals is free of them for good.</summary>
    private struct Messages
    {
        /// <summary>Of the pair by itself.</summary>
        public float Alone;

        /// <summary>Among its rivals.</summary>
        public float Odds;
        public float FromLeft;
        public float FromRight;

        /// <summary>The odds as far as the right end is free. Sums are of doubles: a rival may be lost in the shadow of a great one.</summary>
        public readonly double Rightwards => (double)Odds * FromRight;

        public readonly double Leftwards => (double)Odds * FromLeft;
    }

    /// <summary>A probability for each edge, in the order of the edges, and how many matches they make. Messages go on from where they were when last asked.</summary>
    /// <param name="matches">How many matches there are in all, about; settled by what the edges can bear.</param>
    public (double[] Probabilities, double Matches) Weigh(double matches)
    {
        Chunks(edges.Length, (from, to) =>
        {
            for (var e = from; e < to; e++)
            {
                edges[e].Alone = MathF.Exp(Math.Min(graph.Edges[e].LogOdds, 60));
            }
        });
        var probabilities = new double[edges.Length];
        var steady = false;
        for (var round = 0; round < Rounds; round++)
        {
            // How many matches there are follows from the messages, and they from it: both are brought on together. Once their number stands, only who has news speaks.
            if (!steady)
            {
                Boost(Unmatched(graph, matches));
                Array.Fill(stirredLeft, true);
                Array.Fill(stirredRight, true);
            }

            var news = Pass();
            if (!steady)
            {
                var found = Read(probabilities);
                steady = Math.Abs(found - matches) <= Settled * matches;
                matches = found;
            }

            if (steady && !news)
            {
                break;
            }
        }

        return (probabilities, Read(probabilities));
    }

    /// <summary>
    /// Share of all pairs of records whose two ends both have no partner, were they independent. By itself a pair is one person or not; among rivals the alternative is
    /// that both ends have no partner: see <see cref="Edge.Boost"/>.
    /// </summary>
    public static double Unmatched(EdgeGraph graph, double matches) =>
        (1 - Math.Min(MostMatched, matches / (graph.LeftCount + Unseen))) * (1 - Math.Min(MostMatched, matches / (graph.RightCount + Unseen)));

    private void Boost(double unmatched) => Chunks(edges.Length, (from, to) =>
    {
        for (var e = from; e < to; e++)
        {
            edges[e].Odds = (float)(edges[e].Alone * graph.Edges[e].Boost(unmatched));
        }
    });

    /// <summary>Lets every record that has news speak once, those on the left first; tells whether anything new was said to the left.</summary>
    private bool Pass()
    {
        Each(stirredLeft, left =>
        {
            var (from, to) = (graph.OfLeft(left).Start.Value, graph.OfLeft(left).End.Value);
            if (to - from < 2)
            {
                return;
            }

            var sum = 1.0;
            for (var e = from; e < to; e++)
            {
                sum += edges[e].Rightwards;
            }

            for (var e = from; e < to; e++)
            {
                ref var edge = ref edges[e];
                if (Say(ref edge.FromLeft, sum - edge.Rightwards))
                {
                    stirredRight[graph.Edges[e].Right] = true;
                }
            }
        });
        var news = false;
        Each(stirredRight, right =>
        {
            var its = graph.OfRight(right);
            if (its.Length < 2)
            {
                return;
            }

            var sum = 1.0;
            foreach (var e in its)
            {
                sum += edges[e].Leftwards;
            }

            foreach (var e in its)
            {
                ref var edge = ref edges[e];
                if (Say(ref edge.FromRight, sum - edge.Leftwards))
                {
                    stirredLeft[graph.Edges[e].Left] = true;
                    news = true;
                }
            }
        });
        return news;
    }

    /// <summary>Sends the chance of being free, and tells whether it is new.</summary>
    private static bool Say(ref float message, double others)
    {
        var free = (float)(1 / Math.Max(1, others));
        var change = Math.Abs(free - message);
        message = free;
        return change > Settled * free;
    }

    private double Read(double[] probabilities)
    {
        Chunks(edges.Length, (from, to) =>
        {
            for (var e = from; e < to; e++)
            {
                var its = edges[e].Leftwards * edges[e].FromRight;
                probabilities[e] = its / (1 + its);
            }
        });
        return probabilities.Sum();
    }

    /// <summary>Acts on every record that is stirred, which it then no longer is.</summary>
    private void Each(bool[] stirred, Action<int> act) => Chunks(stirred.Length, (from, to) =>
    {
        for (var next = 0; (next = stirred.AsSpan(from, to - from).IndexOf(true)) >= 0; from += next + 1)
        {
            stirred[from + next] = false;
            act(from + next);
        }
    });

    private void Chunks(int count, Action<int, int> act) =>
        Parallel.For(0, (count + Chunk - 1) / Chunk, parallel, chunk => act(chunk * Chunk, Math.Min(count, (chunk + 1) * Chunk)));
}
