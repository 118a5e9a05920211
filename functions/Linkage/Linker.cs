using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>Scores the candidate pairs of two files, or of one with itself: blocks, learns, scores, weighs rivals, reads the households together.</summary>
internal sealed class Linker
{
    /// <summary>Pairs below these log-odds are let go: about one in a thousand.</summary>
    private const float Floor = -7;

    /// <summary>Where too many pairs are left the floor rises, to this at most: about one in fifty.</summary>
    private const float HighestFloor = -4;

    /// <summary>Pairs a record of the larger file may have, on average, before the floor rises: namesakes grow faster than records.</summary>
    private const double PairsPerRecord = 1.5;

    /// <summary>Pairs below which the floor stays, however few the records.</summary>
    private const double PairsAtLeast = 1_000_000;

    private const int Rounds = 2;

    /// <summary>Share of records whose dwelling is another's too, below which nobody on the files lives with anybody.</summary>
    private const double LeastShared = 0.01;

    /// <summary>Records taken to share a dwelling before any is seen: a small file tells nothing.</summary>
    private const int FewHomes = 50;

    /// <summary>Edges or records worked at one time by one thread.</summary>
    private const int Chunk = 1 << 14;

    /// <summary>Edges whose records are asked for together.</summary>
    private const int Batch = 256;

    private readonly Vocabulary vocabulary;
    private readonly Records left;
    private readonly Records right;
    private readonly bool rivals;
    private readonly bool homes;
    private readonly DwellingIndex leftDwellings;
    private readonly DwellingIndex rightDwellings;
    private ulong[] compared = [];
    private MatchMarginals? marginals;
    private SecondRecords? seconds;

    /// <param name="vocabulary">Shared by both files.</param>
    /// <param name="left">One file.</param>
    /// <param name="right">The other, or the same.</param>
    /// <param name="work">Threads and progress.</param>
    /// <param name="rivals">Whether a record of one file is one of the other's at most, about; in one file, whether to find out.</param>
    /// <param name="termFrequency">Of names and dates; null: as these files have them.</param>
    public Linker(Vocabulary vocabulary, Records left, Records right, Work work, bool rivals = true, TermFrequency? termFrequency = null)
    {
        this.rivals = rivals;
        this.vocabulary = vocabulary;
        this.left = left;
        this.right = right;
        Work = work;
        work.Tell(LinkagePhase.Blocking, 0, 1);
        var maker = new KeyMaker(vocabulary);
        Candidates = new(maker, left, right, work);
        DwellingIndex? ours = null, theirs = null;
        Parallel.Invoke(
            work.Parallel,
            () => termFrequency ??= new(vocabulary, Within ? [left] : [left, right]),
            () => ours = new(left, maker),
            () => theirs = Within ? null : new(right, maker));
        (TermFrequency, leftDwellings) = (termFrequency!, ours!);
        rightDwellings = theirs ?? leftDwellings;
        homes = Shared(leftDwellings, left) + Shared(rightDwellings, right) + FewHomes >= LeastShared * (left.Count + (double)right.Count);
    }

    public CandidatePairs Candidates { get; }

    public TermFrequency TermFrequency { get; }

    public Work Work { get; }

    public long PairsScored { get; private set; }

    public bool Within => ReferenceEquals(left, right);

    public ScoreTable Table(LinkageModel model) => new(model, TermFrequency, homes, vocabulary.Names.Bearers.AsSpan(1).ContainsAnyExcept(0));

    /// <summary>Edges in order of left, then right, with their probability among their rivals.</summary>
    /// <param name="given">A model to use as it is, or null to learn one.</param>
    /// <param name="decisions">Reviewed pairs by record, and whether they are the same.</param>
    public ScoredPairs Run(LinkageModel? given, IReadOnlyDictionary<(int Left, int Right), bool> decisions)
    {
        var trainer = new Trainer(vocabulary, left, right, Candidates, TermFrequency, Work);
        var model = given ?? trainer.Train();
        var graph = Score(Table(model), decisions);
        marginals = null;
        seconds = rivals && Within ? SecondRecords.Of(graph, Work.Parallel) : null;
        var (probabilities, matches) = Weigh(graph, model);
        HouseholdEvidence? last = null;
        for (var round = 0; round < Rounds; round++)
        {
            var household = last = new HouseholdEvidence(leftDwellings, rightDwellings, graph, probabilities, Work.Parallel);
            model = given ?? trainer.Retrain(model, graph, probabilities, household);
            Rescore(graph, Table(model), household, decisions);
            (probabilities, matches) = Weigh(graph, model);
        }

        return new(graph, probabilities, matches, model, last!);
    }

    /// <summary>Records that share a dwelling, and the street it is written in, with the one before them.</summary>
    private static int Shared(DwellingIndex dwellings, Records records)
    {
        var shared = 0;
        for (var at = 1; at < dwellings.Settled.Length; at++)
        {
            var (one, other) = (dwellings.Settled[at - 1], dwellings.Settled[at]);
            shared += dwellings[one] == dwellings[other] && records.Cell(one, Slot.Street) == records.Cell(other, Slot.Street) ? 1 : 0;
        }

        return shared;
    }

    private (double[] Probabilities, double Matches) Weigh(EdgeGraph graph, LinkageModel model)
    {
        Work.Tell(LinkagePhase.Assigning, 0, 1);
        var all = Within ? left.Count * (left.Count - 1.0) / 2 : (double)left.Count * right.Count;
        var matches = (model.Priors[0] + model.Priors[1]) * all;
        return rivals && !Within ? (marginals ??= new(graph, Work.Parallel)).Weigh(matches)
            : seconds?.Weigh(matches) ?? ([.. graph.Edges.Select(e => 1 / (1 + Math.Exp(-(double)e.LogOdds)))], matches);
    }

    private EdgeGraph Score(ScoreTable table, IReadOnlyDictionary<(int Left, int Right), bool> decisions)
    {
        var sinks = Candidates.Visit(null, () => new Sink(new Scorer(table, vocabulary, left.Stride), left, right), LinkagePhase.Scoring);
        PairsScored = sinks.Sum(s => s.Count);
        List<Compared>[] found = [.. sinks.Select(s => s.Found), [.. decisions.Where(d => d.Value).Select(d => new Compared(new(d.Key.Left, d.Key.Right, Edge.Decided), 0))]];
        if (decisions.Count > 0)
        {
            Array.ForEach(found[..^1], its => its.RemoveAll(f => decisions.ContainsKey((f.Edge.Left, f.Edge.Right))));
        }

        var sorted = Sorted(found);
        EdgeGraph? graph = null;
        Parallel.Invoke(Work.Parallel, () => graph = new(Array.ConvertAll(sorted, f => f.Edge), left.Count, right.Count), () => compared = Array.ConvertAll(sorted, f => f.Levels));
        return graph!;
    }

    /// <summary>By left record, then right.</summary>
    private Compared[] Sorted(List<Compared>[] found)
    {
        var starts = new int[left.Count + 1];
        var floor = Risen(found);
        foreach (var its in found)
        {
            foreach (ref readonly var pair in CollectionsMarshal.AsSpan(its))
            {
                starts[pair.Edge.Left + 1] += pair.Edge.LogOdds > floor ? 1 : 0;
            }
        }

        for (var l = 0; l < left.Count; l++)
        {
            starts[l + 1] += starts[l];
        }

        var (sorted, next) = (LargePages.Array<Compared>(starts[^1]), starts.AsSpan(0, left.Count).ToArray());
        foreach (var its in found)
        {
            foreach (ref readonly var pair in CollectionsMarshal.AsSpan(its))
            {
                if (pair.Edge.LogOdds > floor)
                {
                    sorted[next[pair.Edge.Left]++] = pair;
                }
            }
        }

        Parallel.For(0, (left.Count + Chunk - 1) / Chunk, Work.Parallel, chunk =>
        {
            for (var l = chunk * Chunk; l < Math.Min(left.Count, (chunk + 1) * Chunk); l++)
            {
                if (starts[l + 1] - starts[l] > 1)
                {
                    sorted.AsSpan(starts[l]..starts[l + 1]).Sort((a, b) => a.Edge.Right.CompareTo(b.Edge.Right));
                }
            }
        });
        return sorted;
    }

    /// <summary>The floor at which what is above it is not too much, by quarters.</summary>
    private float Risen(List<Compared>[] found)
    {
        const int Steps = (int)((HighestFloor - Floor) * 4);
        Span<long> counts = stackalloc long[Steps];
        var total = 0L;
        foreach (var its in found)
        {
            total += its.Count;
            foreach (ref readonly var pair in CollectionsMarshal.AsSpan(its))
            {
                if (pair.Edge.LogOdds <= HighestFloor)
                {
                    counts[(int)Math.Ceiling((pair.Edge.LogOdds - Floor) * 4) - 1]++;
                }
            }
        }

        var step = 0;
        while (step < Steps && total > Math.Max(PairsAtLeast, PairsPerRecord * Math.Max(left.Count, right.Count)))
        {
            total -= counts[step++];
        }

        return Floor + (step / 4f);
    }

    private void Rescore(EdgeGraph graph, ScoreTable table, HouseholdEvidence household, IReadOnlyDictionary<(int Left, int Right), bool> decisions)
    {
        Work.Tell(LinkagePhase.Scoring, 0, 1);
        var edges = graph.Edges;
        Parallel.For(0, (edges.Length + Batch - 1) / Batch, Work.Parallel, () => (Scorer: new Scorer(table, vocabulary, left.Stride), Fetched: 0), (batch, _, local) =>
        {
            var (from, to) = (batch * Batch, Math.Min(edges.Length, (batch + 1) * Batch));
            for (var e = from; e < to; e++)
            {
                local.Fetched ^= right[edges[e].Right][^1] ^ right[edges[e].Right][0] ^ rightDwellings[edges[e].Right];
            }

            for (var e = from; e < to; e++)
            {
                var (a, b) = (edges[e].Left, edges[e].Right);
                if (decisions.Count == 0 || !decisions.ContainsKey((a, b)))
                {
                    // How a pair compares does not change from round to round, only what is made of it.
                    edges[e].LogOdds = local.Scorer.LogOdds(left[a], right[b], compared[e], household.Of(a, b), out var unrelated);
                    edges[e].Unrelated = unrelated;
                }
            }

            return local;
        }, _ => { });
    }

    /// <summary>An edge and how its records compare.</summary>
    private readonly record struct Compared(Edge Edge, ulong Levels);

    private sealed class Sink(Scorer scorer, Records left, Records right) : IPairSink
    {
        private int fetched;

        public List<Compared> Found { get; } = [];

        public long Count { get; private set; }

        public void Take(ReadOnlySpan<CandidatePair> pairs)
        {
            Count += pairs.Length;
            foreach (var (l, r) in pairs)
            {
                // The records are asked for together, and are there when it is their turn.
                fetched ^= left[l][^1] ^ left[l][0] ^ right[r][^1] ^ right[r][0];
            }

            foreach (var (l, r) in pairs)
            {
                var odds = scorer.LogOdds(left[l], right[r], Floor, out var levels, out var unrelated);
                if (odds > Floor)
                {
                    Found.Add(new(new(l, r, odds, unrelated), levels));
                }
            }
        }
    }
}

/// <summary>Candidate pairs worth weighing, each with its probability among its rivals.</summary>
/// <param name="Graph">The pairs.</param>
/// <param name="Probabilities">In the order of the graph's edges.</param>
/// <param name="Matches">How many pairs are one person, as far as the model can tell.</param>
/// <param name="Model">What was learned.</param>
/// <param name="HouseholdEvidence">What the pairs were last scored by.</param>
internal sealed record ScoredPairs(EdgeGraph Graph, double[] Probabilities, double Matches, LinkageModel Model, HouseholdEvidence HouseholdEvidence);
