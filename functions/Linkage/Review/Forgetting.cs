namespace TfFlow.Linkage;

/// <summary>Lets go of records that are no more: their links, their decisions, their names.</summary>
public static class Forgetting
{
    /// <summary>Pairs without those of forgotten records.</summary>
    public static IEnumerable<(string Left, string Right, double Probability)> Pairs(IEnumerable<(string Left, string Right, double Probability)> pairs, IReadOnlySet<string> forgotten) =>
        pairs.Where(p => !forgotten.Contains(p.Left) && !forgotten.Contains(p.Right));

    /// <summary>Decisions without those about forgotten records.</summary>
    public static IEnumerable<ReviewDecision> Decisions(IEnumerable<ReviewDecision> decisions, IReadOnlySet<string> forgotten) =>
        decisions.Where(d => !forgotten.Contains(d.Left) && !forgotten.Contains(d.Right));

    /// <summary>Clusters by record without forgotten records. One that was named after a forgotten record is named after the first left in it, as the old name dies too.</summary>
    public static SortedDictionary<string, string> Clusters(IEnumerable<KeyValuePair<string, string>> clusters, IReadOnlySet<string> forgotten)
    {
        var left = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var cluster in clusters.Where(c => !forgotten.Contains(c.Key)).GroupBy(c => c.Value, c => c.Key))
        {
            var name = forgotten.Contains(cluster.Key) ? cluster.Min(StringComparer.Ordinal)! : cluster.Key;
            foreach (var record in cluster)
            {
                left.Add(record, name);
            }
        }

        return left;
    }
}
