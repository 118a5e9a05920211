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

    /// <summary>Edges in order of left, then right, with their probability among their rivals.</summary>
    public (EdgeGraph Graph, double[] Probabilities, LinkageModel Model) Run()
    {
        var trainer = new Trainer(vocabulary, left, right, Candidates);
        var model = trainer.Train();
        var rarity = new Rarity(vocabulary, ReferenceEquals(left, right) ? [left] : [left, right]);
        var graph = Score(new(model, rarity));
        var probabilities = MatchMarginals.Of(graph, Matches(model));
        var leftDwellings = new DwellingIndex(left, maker);
        var rightDwellings = ReferenceEquals(left, right) ? leftDwellings : new DwellingIndex(right, maker);
        for (var round = 0; round < 2; round++)
        {
            var company = new Company(leftDwellings, rightDwellings, graph, probabilities);
            model = trainer.Retrain(model, graph, probabilities, company);
            Rescore(graph, new(new(model, rarity), vocabulary, left.Stride), company);
            probabilities = MatchMarginals.Of(graph, Matches(model));
        }

        return (graph, probabilities, model);
    }

    private double Matches(LinkageModel model) => (model.Priors[0] + model.Priors[1]) * left.Count * right.Count;

    private EdgeGraph Score(ScoreTable table)
    {
        var sinks = Candidates.Visit(null, () => new Sink(new Scorer(table, vocabulary, left.Stride), left, right));
        PairsScored = sinks.Sum(s => s.Count);
        var edges = sinks.SelectMany(s => s.Edges).ToArray();
        Array.Sort(edges, (a, b) => a.Left != b.Left ? a.Left.CompareTo(b.Left) : a.Right.CompareTo(b.Right));
        return new(edges, left.Count, right.Count);
    }

    private void Rescore(EdgeGraph graph, Scorer scorer, Company company)
    {
        foreach (ref var edge in graph.Edges.AsSpan())
        {
            var (a, b) = (edge.Left, edge.Right);
            scorer.LogOdds(left[a], right[b], out var levels);
            edge.LogOdds = scorer.LogOdds(left[a], right[b], levels | Levels.Pack(Field.Company, (int)company.Of(a, b)));
        }
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
