namespace TfFlow.Linkage;

/// <summary>
/// What the pairs of one file say of how often people are in it. Where hardly anybody is in it three times, a record that has found its own is not another's as well,
/// and its pairs are rivals as between two files. Records that are all plainly one person never are.
/// </summary>
internal sealed class SecondRecords
{
    /// <summary>Log-odds at which a pair is plainly one person.</summary>
    private const float Plain = 7;

    /// <summary>Share of those with a plain second record who may have a third, for the pairs to be rivals.</summary>
    private const double MostWithThird = 0.02;

    private readonly EdgeGraph graph;
    private readonly bool[] free;
    private readonly int[] origin;
    private readonly EdgeGraph mirrored;
    private readonly MatchMarginals marginals;

    private SecondRecords(EdgeGraph graph, bool[] free, ParallelOptions parallel)
    {
        this.graph = graph;
        this.free = free;

        // Every pair from either end: weighed between a file and itself so, both ends hear of all their rivals.
        var edges = graph.Edges;
        var places = Enumerable.Range(0, 2 * edges.Length).ToArray();
        (int, int) Ends(int place) => place < edges.Length ? (edges[place].Left, edges[place].Right) : (edges[place - edges.Length].Right, edges[place - edges.Length].Left);
        Array.Sort(places.Select(Ends).ToArray(), places);
        origin = Array.ConvertAll(places, place => place % Math.Max(1, edges.Length));
        mirrored = new(Array.ConvertAll(places, place => Ends(place) is var (a, b) ? new Edge(a, b, 0) : default), graph.LeftCount, graph.LeftCount);
        marginals = new(mirrored, parallel);
    }

    /// <summary>Null where many are in the file more than twice, or too few twice to tell.</summary>
    public static SecondRecords? Of(EdgeGraph graph, ParallelOptions parallel)
    {
        var partners = new int[graph.LeftCount];
        foreach (var edge in graph.Edges)
        {
            partners[edge.Left] += edge.LogOdds >= Plain ? 1 : 0;
            partners[edge.Right] += edge.LogOdds >= Plain ? 1 : 0;
        }

        var (second, third) = (partners.Count(p => p > 0), partners.Count(p => p > 1));
        return third + 0.5 > MostWithThird * (second + 1) ? null : new(graph, FreeOf(graph, partners), parallel);
    }

    /// <summary>A probability for each edge, in the order of the edges, and how many matches they make.</summary>
    public (double[] Probabilities, double Matches) Weigh(double matches)
    {
        for (var e = 0; e < origin.Length; e++)
        {
            mirrored.Edges[e].LogOdds = free[origin[e]] ? float.NegativeInfinity : graph.Edges[origin[e]].LogOdds;
            mirrored.Edges[e].Unrelated = graph.Edges[origin[e]].Unrelated;
        }

        // Each match is seen from both its ends.
        var (both, found) = marginals.Weigh(2 * matches);
        var probabilities = Array.ConvertAll(graph.Edges, e => 1 / (1 + Math.Exp(-(double)e.LogOdds)));
        var alone = 0.0;
        for (var e = 0; e < origin.Length; e++)
        {
            probabilities[origin[e]] = free[origin[e]] ? probabilities[origin[e]] : both[e];
        }

        for (var e = 0; e < free.Length; e++)
        {
            alone += free[e] ? probabilities[e] : 0;
        }

        return (probabilities, (found / 2) + alone);
    }

    /// <summary>Pairs that have no rivals: decided ones, and those of three records each of which is plainly the other two.</summary>
    private static bool[] FreeOf(EdgeGraph graph, int[] partners)
    {
        var plain = new HashSet<(int, int)>();
        var around = new Dictionary<int, List<int>>();
        foreach (var edge in graph.Edges)
        {
            if (edge.LogOdds >= Plain && (partners[edge.Left] > 1 || partners[edge.Right] > 1))
            {
                plain.Add((edge.Left, edge.Right));
                (around.TryGetValue(edge.Left, out var its) ? its : around[edge.Left] = []).Add(edge.Right);
                (around.TryGetValue(edge.Right, out its) ? its : around[edge.Right] = []).Add(edge.Left);
            }
        }

        return Array.ConvertAll(graph.Edges, edge => edge.LogOdds >= Edge.Decided
            || (plain.Contains((edge.Left, edge.Right)) && around[edge.Left].Exists(third => plain.Contains((Math.Min(third, edge.Right), Math.Max(third, edge.Right))))));
    }
}
