using System.Text;

namespace TfFlow.Linkage;

/// <summary>Adds records to a population already grouped into people: only pairs of new records are compared; groups there are neither meet nor part, but for a reviewer's decision.</summary>
/// <remarks>A record is a number: the population's from 0, the new ones' after them.</remarks>
internal sealed class Extender(Vocabulary vocabulary, Records population, Records added, IReadOnlyDictionary<string, string> names, LinkageOptions options, Work work)
{
    private readonly HashSet<(int, int)> apart = [];
    private readonly List<Edge> joined = [];

    private int Settled => population.Count;

    private int Count => population.Count + added.Count;

    public LinkedPopulation Run()
    {
        Decide();
        var across = new Linker(vocabulary, added, population, work, rivals: false);
        var among = new Linker(vocabulary, added, added, work, rivals: false, across.TermFrequency);
        var nothing = new Dictionary<(int, int), bool>();

        // How many new records are known already the model cannot tell: it may have been learned where hardly anybody was twice.
        var usual = DefaultModel.Create((double)population.Count * added.Count, added.Count);
        var (withOld, withNew) = (across.Run(options.Model!.WithPriors(usual.Priors), nothing), among.Run(options.Model, nothing));
        var found = withOld.Graph.Edges.Select(e => new Edge(e.Right, Settled + e.Left, e.LogOdds))
            .Concat(withNew.Graph.Edges.Select(e => new Edge(Settled + e.Left, Settled + e.Right, e.LogOdds)));
        var decided = joined.Select(e => (e.Left, e.Right)).ToHashSet();
        var edges = found.Where(e => !apart.Contains((e.Left, e.Right)) && !decided.Contains((e.Left, e.Right))).Concat(joined)
            .OrderBy(e => e.Left).ThenBy(e => e.Right).ToArray();
        var graph = new EdgeGraph(edges, Count, Count);
        var threshold = options.Threshold ?? Assigner.Cautious(Array.ConvertAll(edges, Probability), withOld.Matches + withNew.Matches, LinkageOptions.Caution);
        var scorer = new Scorer(across.Table(options.Model!), vocabulary, population.Stride);
        var known = Known((a, b) => scorer.LogOdds(Record(a), Record(b), HouseholdAgreement.Unknown));
        var before = known.ToArray();
        var groups = Clustering.Of(graph, -Math.Log(threshold / (1 - Math.Min(threshold, 0.9999999))), (a, b) => scorer.Contrast(Record(a), Record(b)), apart, known, Settled);
        return new(Named(groups, before), Pairs(edges, groups), across.PairsScored + among.PairsScored);
    }

    private static double Probability(Edge edge) => 1 / (1 + Math.Exp(-(double)edge.LogOdds));

    private ReadOnlySpan<int> Record(int place) => place < Settled ? population[place] : added[place - Settled];

    private string Id(int place) => place < Settled ? population.IdText(place) : added.IdText(place - Settled);

    private int Find(string id)
    {
        var bytes = Encoding.UTF8.GetBytes(id);
        return population.Find(bytes) is >= 0 and var old ? old : added.Find(bytes) is >= 0 and var its ? Settled + its : -1;
    }

    private void Decide()
    {
        for (var place = 0; place < added.Count; place++)
        {
            if (population.Find(added.Id(place)) >= 0)
            {
                throw new LinkageDataException($"{added.Name} holds an id that {population.Name} has already. Give new records ids of their own.");
            }
        }

        foreach (var decision in options.Decisions)
        {
            var (a, b) = (Find(decision.Left), Find(decision.Right));
            if (a < 0 || b < 0 || a == b)
            {
                // The record is gone, and the decision with it.
                continue;
            }

            var pair = (Math.Min(a, b), Math.Max(a, b));
            if (decision.Same)
            {
                joined.Add(new(pair.Item1, pair.Item2, Edge.Decided));
            }
            else
            {
                apart.Add(pair);
            }
        }
    }

    /// <summary>The groups there are, each by its lowest record, those a reviewer cut taken apart.</summary>
    private int[] Known(Func<int, int, double> logOdds)
    {
        var groups = Enumerable.Range(0, Count).ToArray();
        foreach (var cluster in Enumerable.Range(0, Settled).GroupBy(r => names.GetValueOrDefault(Id(r), Id(r)), StringComparer.Ordinal))
        {
            var members = cluster.ToArray();
            var parts = Parts(members, logOdds);
            for (var i = 0; i < members.Length; i++)
            {
                groups[members[i]] = members[parts[i]];
            }
        }

        return groups;
    }

    private int[] Parts(int[] members, Func<int, int, double> logOdds)
    {
        var cut = new HashSet<(int, int)>();
        var edges = new List<Edge>();
        for (var i = 0; i < members.Length && apart.Count > 0; i++)
        {
            for (var j = i + 1; j < members.Length; j++)
            {
                if (apart.Contains((members[i], members[j])))
                {
                    cut.Add((i, j));
                }
            }
        }

        if (cut.Count == 0)
        {
            return new int[members.Length];
        }

        for (var i = 0; i < members.Length; i++)
        {
            for (var j = i + 1; j < members.Length; j++)
            {
                // They were one group: a cut parts no more than it must.
                if (!cut.Contains((i, j)))
                {
                    edges.Add(new(i, j, (float)Math.Max(0.5, logOdds(members[i], members[j]))));
                }
            }
        }

        return Clustering.Of(new([.. edges], members.Length, members.Length), 0, (_, _) => 0.5, cut);
    }

    /// <summary>Each group keeps the name most of its records had, if no larger group has it; else it is named by its first record.</summary>
    private SortedDictionary<string, string> Named(int[] groups, int[] before)
    {
        var members = Enumerable.Range(0, Count).GroupBy(r => groups[r]).Select(g => g.ToArray()).ToList();
        var claims = members.SelectMany(g => g.Where(r => r < Settled).GroupBy(r => names.GetValueOrDefault(Id(r), Id(r)), StringComparer.Ordinal), (g, n) => (Group: g, Name: n.Key, Count: n.Count()))
            .OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => before[c.Group[0]]);
        var (nameOf, taken) = (new Dictionary<int, string>(), new HashSet<string>(names.Values, StringComparer.Ordinal));
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (group, name, _) in claims)
        {
            if (!nameOf.ContainsKey(group[0]) && kept.Add(name))
            {
                nameOf.Add(group[0], name);
            }
        }

        taken.UnionWith(kept);
        var clusters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in members)
        {
            if (!nameOf.TryGetValue(group[0], out var name))
            {
                name = group.Select(Id).Order(StringComparer.Ordinal).FirstOrDefault(taken.Add) ?? Unused(Id(group[0]), taken);
            }

            foreach (var record in group)
            {
                clusters.Add(Id(record), name);
            }
        }

        return clusters;
    }

    /// <summary>A name for a group whose every id names another group: an id taken up again by a later record.</summary>
    private static string Unused(string id, HashSet<string> taken)
    {
        var name = id;
        while (!taken.Add(name))
        {
            name += "+";
        }

        return name;
    }

    private List<(string Left, string Right, double Probability)> Pairs(Edge[] edges, int[] groups)
    {
        var pairs = new List<(string Left, string Right, double Probability)>();
        foreach (var edge in edges)
        {
            if (edge.Right >= Settled && groups[edge.Left] == groups[edge.Right])
            {
                pairs.Add(edge.Left < Settled ? (Id(edge.Right), Id(edge.Left), Probability(edge)) : (Id(edge.Left), Id(edge.Right), Probability(edge)));
            }
        }

        return [.. pairs.OrderBy(p => p.Left, StringComparer.Ordinal).ThenBy(p => p.Right, StringComparer.Ordinal)];
    }
}
