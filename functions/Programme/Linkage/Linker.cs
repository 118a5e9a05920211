namespace TfFlow.Programme.Linkage;

/// <summary>Links two files: blocks, learns, scores, weighs rivals, reads the households together, assigns.</summary>
internal sealed class Linker
{
    /// <summary>Pairs below these log-odds are let go: about one in a thousand.</summary>
    private const float Floor = -7;

    private readonly Vocabulary vocabulary;
    private readonly Records left;
    private readonly Records right;
    private readonly KeyMaker maker;

    public Linker(Vocabulary vocabulary, Records left, Records right)
    {
        this.vocabulary = vocabulary;
        this.left = left;
        this.right = right;
        maker = new(vocabulary);
        Candidates = new(maker, left, right, BlockingPlan.Choose(maker, left, right));
    }

    public CandidatePairs Candidates { get; }

    public long PairsScored { get; private set; }

    public LinkageModel Train() => new Trainer(vocabulary, left, right, Candidates).Train();

    /// <summary>Edges in order of left, then right, with their probability among their rivals.</summary>
    public (EdgeGraph Graph, double[] Probabilities) Score(LinkageModel model)
    {
        var rarity = new Rarity(vocabulary, ReferenceEquals(left, right) ? [left] : [left, right]);
        var table = new ScoreTable(model, rarity);
        var sinks = Candidates.Visit(null, () => new Sink(new Scorer(table, vocabulary, left.Stride), left, right));
        PairsScored = sinks.Sum(s => s.Count);
        var edges = sinks.SelectMany(s => s.Edges).ToArray();
        Array.Sort(edges, (a, b) => a.Left != b.Left ? a.Left.CompareTo(b.Left) : a.Right.CompareTo(b.Right));
        var graph = new EdgeGraph(edges, left.Count, right.Count);
        var matches = (model.Priors[0] + model.Priors[1]) * left.Count * right.Count;
        var probabilities = MatchMarginals.Of(graph, matches);
        new Company(left, right, maker).Rescore(graph, probabilities, new Scorer(table, vocabulary, left.Stride));
        return (graph, MatchMarginals.Of(graph, matches));
    }

    private sealed class Sink(Scorer scorer, Records left, Records right) : IPairSink
    {
        public List<Edge> Edges { get; } = [];

        public long Count { get; private set; }

        public void Take(int l, int r, uint passes)
        {
            Count++;
            var odds = scorer.LogOdds(left[l], right[r], out _);
            if (odds > Floor)
            {
                Edges.Add(new(l, r, odds));
            }
        }
    }
}
