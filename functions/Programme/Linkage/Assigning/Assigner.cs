namespace TfFlow.Programme.Linkage;

/// <summary>Decides which scored pairs are links.</summary>
internal static class Assigner
{
    /// <summary>Log-odds two records of one file must reach to be taken for duplicates when their file is linked to another.</summary>
    private const float PlainDuplicate = 7;

    /// <summary>Links of two files and the threshold used.</summary>
    public static (List<LinkedPair> Pairs, double Threshold) Between(ScoredPairs scored, LinkageOptions options, Scorer scorer, Records left, Records right)
    {
        var graph = scored.Graph;
        var chosen = Assignment.Solve(graph, MatchMarginals.Bias(graph, scored.Matches));
        var pairs = new List<LinkedPair>();
        foreach (var edge in chosen)
        {
            if (edge >= 0)
            {
                pairs.Add(new(graph.Edges[edge].Left, graph.Edges[edge].Right, scored.Probabilities[edge]));
            }
        }

        var threshold = options.Threshold ?? Cautious(pairs, scored.Matches, options.OneToOne ? LinkageOptions.OneToOneCaution : LinkageOptions.Caution);
        if (!options.OneToOne)
        {
            FollowDuplicates(graph, chosen, pairs, scorer, left, right);
        }

        pairs.RemoveAll(p => p.Probability < threshold);
        pairs.Sort((a, b) => a.Left != b.Left ? a.Left.CompareTo(b.Left) : a.Right.CompareTo(b.Right));
        return (pairs, threshold);
    }

    /// <summary>Links within one file: all pairs of each cluster.</summary>
    public static (List<LinkedPair> Pairs, int[] Clusters, double Threshold) Within(ScoredPairs scored, LinkageOptions options, Scorer scorer, Records records, IReadOnlyDictionary<(int Left, int Right), bool> decisions)
    {
        var graph = scored.Graph;
        var likely = Enumerable.Range(0, graph.Edges.Length).Select(e => new LinkedPair(graph.Edges[e].Left, graph.Edges[e].Right, scored.Probabilities[e])).ToList();
        var threshold = options.Threshold ?? Cautious(likely, scored.Matches, LinkageOptions.Caution);
        var clusters = Clustering.Of(graph, -Math.Log(threshold / (1 - Math.Min(threshold, 0.9999999))), (a, b) => scorer.LogOdds(records[a], records[b], CompanyAgreement.Unknown), decisions.Where(d => !d.Value).Select(d => d.Key).ToHashSet());
        var pairs = new List<LinkedPair>();
        foreach (var cluster in Enumerable.Range(0, clusters.Length).GroupBy(r => clusters[r]))
        {
            var members = cluster.ToArray();
            for (var i = 0; i < members.Length; i++)
            {
                for (var j = i + 1; j < members.Length; j++)
                {
                    // A pair that others vouch for is as likely as the threshold at least.
                    var edge = graph.Find(members[i], members[j]);
                    pairs.Add(new(members[i], members[j], Math.Max(threshold, edge < 0 ? 0 : scored.Probabilities[edge])));
                }
            }
        }

        pairs.Sort((a, b) => a.Left != b.Left ? a.Left.CompareTo(b.Left) : a.Right.CompareTo(b.Right));
        return (pairs, clusters, threshold);
    }

    /// <summary>The highest threshold whose expected F1 is within <paramref name="caution"/> of the best.</summary>
    public static double Cautious(IEnumerable<LinkedPair> pairs, double matches, double caution)
    {
        var sorted = pairs.Select(p => p.Probability).Order().ToArray();
        Array.Reverse(sorted);
        var f1 = new double[sorted.Length];
        var right = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            right += sorted[i];
            f1[i] = 2 * right / (i + 1 + Math.Max(matches, 1e-9));
        }

        var best = f1.DefaultIfEmpty(0).Max();
        var kept = Array.FindIndex(f1, f => f >= best - caution);
        return kept < 0 ? 0.5 : Math.Clamp(sorted[kept], 0.5, 0.99);
    }

    /// <summary>A record left over because its match is taken may be a second record of the same person: linked too, if it is plainly a duplicate of the one that was.</summary>
    private static void FollowDuplicates(EdgeGraph graph, int[] chosen, List<LinkedPair> pairs, Scorer scorer, Records left, Records right)
    {
        var rightMatch = new int[right.Count];
        Array.Fill(rightMatch, -1);
        foreach (var pair in pairs)
        {
            rightMatch[pair.Right] = pair.Left;
        }

        for (var e = 0; e < graph.Edges.Length; e++)
        {
            var edge = graph.Edges[e];
            if (edge.LogOdds <= 0 || chosen[edge.Left] == e)
            {
                continue;
            }

            var mine = chosen[edge.Left] < 0 ? -1 : graph.Edges[chosen[edge.Left]].Right;
            var theirs = rightMatch[edge.Right];
            var follows = (theirs < 0 && mine >= 0 && scorer.LogOdds(right[mine], right[edge.Right], CompanyAgreement.Unknown) > PlainDuplicate)
                || (mine < 0 && theirs >= 0 && scorer.LogOdds(left[theirs], left[edge.Left], CompanyAgreement.Unknown) > PlainDuplicate);
            if (follows)
            {
                pairs.Add(new(edge.Left, edge.Right, 1 / (1 + Math.Exp(-(double)edge.LogOdds))));
            }
        }
    }
}
