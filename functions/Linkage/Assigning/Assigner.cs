namespace TfFlow.Linkage;

/// <summary>Decides which scored pairs are links.</summary>
internal static class Assigner
{
    /// <summary>Log-odds two records of one file must reach to be taken for duplicates when their file is linked to another.</summary>
    private const float PlainDuplicate = 7;

    /// <summary>Records of a group in which each may vouch for the others.</summary>
    private const int VouchedAtMost = 100;

    /// <summary>Links of two files, what is in doubt besides, and the threshold used.</summary>
    public static (List<LinkedPair> Pairs, List<LinkedPair> Doubts, double Threshold) Between(
        ScoredPairs scored, LinkageOptions options, Scorer scorer, Records left, Records right, ParallelOptions parallel)
    {
        var graph = scored.Graph;
        var chosen = Assignment.Solve(graph, MatchMarginals.Unmatched(graph, scored.Matches), parallel);
        var matched = Array.FindAll(chosen, e => e >= 0);
        var (threshold, followers) = (options.Threshold ?? 0, new List<int>());
        Parallel.Invoke(
            parallel,
            () => threshold = options.Threshold
                ?? Cautious(Array.ConvertAll(matched, e => scored.Probabilities[e]), scored.Matches, options.OneToOne ? LinkageOptions.OneToOneCaution : LinkageOptions.Caution),
            () => followers = options.OneToOne ? [] : Followers(graph, chosen, scorer, left, right));
        var pairs = new List<LinkedPair>(matched.Length + followers.Count);
        var doubts = new List<LinkedPair>();
        var next = 0;
        for (var e = 0; e < graph.Edges.Length; e++)
        {
            var follows = next < followers.Count && followers[next] == e;
            next += follows ? 1 : 0;
            var edge = graph.Edges[e];
            var probability = follows ? 1 / (1 + Math.Exp(-(double)edge.LogOdds)) : chosen[edge.Left] == e ? scored.Probabilities[e] : -1;
            if (probability >= threshold)
            {
                pairs.Add(new(edge.Left, edge.Right, probability));
            }
            else if (scored.Probabilities[e] >= LinkageResult.LeastDoubt)
            {
                doubts.Add(new(edge.Left, edge.Right, scored.Probabilities[e]));
            }
        }

        return (pairs, doubts, threshold);
    }

    /// <summary>Pairs of one file that may be one person but are in two clusters.</summary>
    public static List<LinkedPair> Doubts(ScoredPairs scored, int[] clusters)
    {
        var doubts = new List<LinkedPair>();
        for (var e = 0; e < scored.Probabilities.Length; e++)
        {
            var edge = scored.Graph.Edges[e];
            if (scored.Probabilities[e] >= LinkageResult.LeastDoubt && clusters[edge.Left] != clusters[edge.Right])
            {
                doubts.Add(new(edge.Left, edge.Right, scored.Probabilities[e]));
            }
        }

        return doubts;
    }

    /// <summary>Links within one file: all pairs of each cluster.</summary>
    public static (List<LinkedPair> Pairs, int[] Clusters, double Threshold) Within(ScoredPairs scored, LinkageOptions options, Scorer scorer, Records records, IReadOnlyDictionary<(int Left, int Right), bool> decisions)
    {
        var graph = scored.Graph;
        var threshold = options.Threshold ?? Cautious(scored.Probabilities, scored.Matches, LinkageOptions.Caution);
        var clusters = Clustering.Of(Weighed(scored), -Math.Log(threshold / (1 - Math.Min(threshold, 0.9999999))), (a, b) => scorer.Contrast(records[a], records[b]), decisions.Where(d => !d.Value).Select(d => d.Key).ToHashSet());
        var pairs = new List<LinkedPair>();
        foreach (var cluster in Enumerable.Range(0, clusters.Length).GroupBy(r => clusters[r]))
        {
            var members = cluster.ToArray();
            var likely = members.Length is > 2 and <= VouchedAtMost ? Vouched(members, graph, scored.Probabilities) : null;
            for (var i = 0; i < members.Length; i++)
            {
                for (var j = i + 1; j < members.Length; j++)
                {
                    // A pair that others vouch for is as likely as the threshold at least.
                    pairs.Add(new(members[i], members[j], Math.Max(threshold, likely?[i, j] ?? Likely(graph, scored.Probabilities, members[i], members[j]))));
                }
            }
        }

        return (pairs, clusters, threshold);
    }

    /// <summary>
    /// How likely the records of a group are each other's: by themselves, or by way of one that is likely both's, or of three.
    /// </summary>
    private static double[,] Vouched(int[] members, EdgeGraph graph, double[] probabilities)
    {
        const int Rounds = 2;
        var likely = new double[members.Length, members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            for (var j = i + 1; j < members.Length; j++)
            {
                likely[i, j] = likely[j, i] = Likely(graph, probabilities, members[i], members[j]);
            }
        }

        for (var round = 0; round < Rounds; round++)
        {
            for (var by = 0; by < members.Length; by++)
            {
                for (var i = 0; i < members.Length; i++)
                {
                    for (var j = i + 1; j < members.Length && likely[i, by] > 0; j++)
                    {
                        likely[i, j] = likely[j, i] = Math.Max(likely[i, j], likely[i, by] * likely[by, j]);
                    }
                }
            }
        }

        return likely;
    }

    private static double Likely(EdgeGraph graph, double[] probabilities, int a, int b) => graph.Find(a, b) is >= 0 and var edge ? probabilities[edge] : 0;

    /// <summary>The pairs with the log-odds they have among their rivals; those that are decided, or have none, keep theirs.</summary>
    private static EdgeGraph Weighed(ScoredPairs scored)
    {
        const double Told = 1e-12;
        var (graph, probabilities) = (scored.Graph, scored.Probabilities);
        return new([.. graph.Edges.Select((edge, e) => edge.LogOdds >= Edge.Decided || probabilities[e] > 1 - Told ? edge
            : edge with { LogOdds = (float)Math.Log(Math.Max(Told, probabilities[e]) / (1 - probabilities[e])) })], graph.LeftCount, graph.RightCount);
    }

    /// <summary>The highest threshold whose expected F1 is within <paramref name="caution"/> of the best.</summary>
    public static double Cautious(double[] probabilities, double matches, double caution)
    {
        double[] sorted = [.. probabilities];
        Array.Sort(sorted);
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

    /// <summary>
    /// Edges, in order, of records left over because their match is taken: one may be a second record of the same person, and is linked too if it is plainly a
    /// duplicate of the one that was.
    /// </summary>
    private static List<int> Followers(EdgeGraph graph, int[] chosen, Scorer scorer, Records left, Records right)
    {
        var rightMatch = new int[right.Count];
        Array.Fill(rightMatch, -1);
        foreach (var edge in chosen)
        {
            if (edge >= 0)
            {
                rightMatch[graph.Edges[edge].Right] = graph.Edges[edge].Left;
            }
        }

        var followers = new List<int>();
        for (var e = 0; e < graph.Edges.Length; e++)
        {
            var edge = graph.Edges[e];
            if (edge.LogOdds <= 0 || chosen[edge.Left] == e)
            {
                continue;
            }

            var mine = chosen[edge.Left] < 0 ? -1 : graph.Edges[chosen[edge.Left]].Right;
            var theirs = rightMatch[edge.Right];
            if ((theirs < 0 && mine >= 0 && scorer.LogOdds(right[mine], right[edge.Right], HouseholdAgreement.Unknown) > PlainDuplicate)
                || (mine < 0 && theirs >= 0 && scorer.LogOdds(left[theirs], left[edge.Left], HouseholdAgreement.Unknown) > PlainDuplicate))
            {
                followers.Add(e);
            }
        }

        return followers;
    }
}
