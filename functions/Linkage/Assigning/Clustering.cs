namespace TfFlow.Linkage;

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

    private Clustering(int[] group)
    {
        this.group = group;
        foreach (var its in Enumerable.Range(0, group.Length).Where(r => group[r] != r).GroupBy(r => group[r]))
        {
            members[its.Key] = [its.Key, .. its];
        }
    }

    /// <summary>For each record, the lowest record of its group.</summary>
    /// <param name="graph">Edges of a file with itself.</param>
    /// <param name="bias">Added to every pair's log-odds; a pair decided by a reviewer is beyond it.</param>
    /// <param name="contrast">How much a pair speaks for one person against two of a family; asked of pairs that do not speak for one person by themselves.</param>
    /// <param name="apart">Pairs a reviewer cut: their groups never become one. The lower record first.</param>
    /// <param name="known">Groups there are already, by each record's lowest: two of them become one by decision only. Null: every record by itself.</param>
    /// <param name="settled">How many records, the first, belong to <paramref name="known"/> groups.</param>
    public static int[] Of(EdgeGraph graph, double bias, Func<int, int, double> contrast, IReadOnlySet<(int, int)> apart, int[]? known = null, int settled = 0)
    {
        var clustering = new Clustering(known ?? [.. Enumerable.Range(0, graph.LeftCount)]);
        var order = Enumerable.Range(0, graph.Edges.Length).Where(e => graph.Edges[e].LogOdds + bias > 0)
            .OrderByDescending(e => graph.Edges[e].LogOdds).ThenBy(e => e);
        foreach (var e in order)
        {
            var edge = graph.Edges[e];
            var (a, b) = (clustering.group[edge.Left], clustering.group[edge.Right]);
            var decided = edge.LogOdds >= Edge.Decided;
            if (a == b || (!decided && a < settled && b < settled) || clustering.Cut(a, b, apart))
            {
                continue;
            }

            if (decided || clustering.Between(a, b, (x, y) => graph.Find(Math.Min(x, y), Math.Max(x, y)) is >= 0 and var its && graph.Edges[its].LogOdds + bias > 0 ? graph.Edges[its].LogOdds + bias : Math.Min(0, contrast(x, y))) > 0)
            {
                clustering.Join(Math.Min(a, b), Math.Max(a, b));
            }
        }

        return clustering.group;
    }

    private bool Cut(int a, int b, IReadOnlySet<(int, int)> apart) =>
        apart.Count > 0 && Members(a).Exists(x => Members(b).Exists(y => apart.Contains((Math.Min(x, y), Math.Max(x, y)))));

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
