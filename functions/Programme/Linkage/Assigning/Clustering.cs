namespace TfFlow.Programme.Linkage;

/// <summary>
/// Groups the records of one file into people: the likeliest pairs first, two groups become one where, over all pairs between them, more speaks for than against.
/// So one strong pair does not chain two people together: twins' records each find their own.
/// </summary>
/// <remarks>Greedy correlation clustering with the pairs' log-odds as weights.</remarks>
internal sealed class Clustering
{
    /// <summary>One pair's voice at most.</summary>
    private const double Loudest = 8;

    /// <summary>Records whose pairs are asked one by one; in larger groups the known pairs speak for all.</summary>
    private const int AskedAtMost = 40;

    private readonly int[] group;
    private readonly Dictionary<int, List<int>> members = [];

    private Clustering(int records) => group = [.. Enumerable.Range(0, records)];

    /// <summary>For each record, the lowest record of its group.</summary>
    /// <param name="graph">Edges of a file with itself.</param>
    /// <param name="bias">Added to every pair's log-odds; a pair decided by a reviewer is beyond it.</param>
    /// <param name="logOdds">Log-odds of a pair that is no edge.</param>
    public static int[] Of(EdgeGraph graph, double bias, Func<int, int, double> logOdds)
    {
        var clustering = new Clustering(graph.LeftCount);
        var order = Enumerable.Range(0, graph.Edges.Length).Where(e => graph.Edges[e].LogOdds + bias > 0)
            .OrderByDescending(e => graph.Edges[e].LogOdds).ThenBy(e => e);
        foreach (var e in order)
        {
            var edge = graph.Edges[e];
            var (a, b) = (clustering.group[edge.Left], clustering.group[edge.Right]);
            if (a != b && clustering.Between(a, b, (x, y) => (graph.Find(Math.Min(x, y), Math.Max(x, y)) is var known and >= 0 ? graph.Edges[known].LogOdds : logOdds(x, y)) + bias) > 0)
            {
                clustering.Join(Math.Min(a, b), Math.Max(a, b));
            }
        }

        return clustering.group;
    }

    private double Between(int a, int b, Func<int, int, double> logOdds)
    {
        var sum = 0.0;
        foreach (var x in Members(a).Take(AskedAtMost))
        {
            foreach (var y in Members(b).Take(AskedAtMost))
            {
                sum += Math.Clamp(logOdds(x, y), -Loudest, Loudest);
            }
        }

        return sum;
    }

    private List<int> Members(int root) => members.TryGetValue(root, out var its) ? its : [root];

    private void Join(int into, int from)
    {
        var joined = Members(into);
        joined.AddRange(Members(from));
        joined.ForEach(record => group[record] = into);
        members[into] = joined;
        members.Remove(from);
    }
}
