namespace TfFlow.Linkage;

/// <summary>A share known from a sample only.</summary>
/// <param name="Value">The likeliest.</param>
/// <param name="Low">It is below this in one case of forty.</param>
/// <param name="High">It is above this in one case of forty.</param>
public readonly record struct EstimatedShare(double Value, double Low, double High);

/// <summary>Precision and recall of the pairs kept at a threshold, as far as reviewers' labels tell.</summary>
/// <param name="Threshold">Least probability of a pair that is kept.</param>
/// <param name="Labelled">Pairs at or above it that were labelled.</param>
/// <param name="Precision">Right among those kept.</param>
/// <param name="Recall">Kept among the right ones of the pairs file: what blocking or the file's own threshold left out is not in it.</param>
public sealed record ClericalEstimate(double Threshold, int Labelled, EstimatedShare Precision, EstimatedShare Recall)
{
    private const int Draws = 4000;

    /// <summary>Bands of probability within which labelled pairs speak for the rest.</summary>
    private static readonly double[] Bands = [0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 0.9999, 2];

    private static readonly double[] Thresholds = [0.5, 0.7, 0.9, 0.95, 0.99, 0.999];

    /// <summary>Estimates from a sample that was drawn within each band without looking at the answer.</summary>
    /// <param name="pairs">All pairs of the file with their probability.</param>
    /// <param name="labels">Reviewed pairs and whether they are one person.</param>
    /// <remarks>
    /// Stratified by probability; each band's share of right pairs has Jeffreys' posterior, Beta(½ + right, ½ + wrong), drawn with a fixed seed. A band without
    /// labels is as uncertain as it can be: label there.
    /// </remarks>
    public static IReadOnlyList<ClericalEstimate> Of(IReadOnlyList<(string Left, string Right, double Probability)> pairs, IReadOnlyDictionary<(string Left, string Right), bool> labels)
    {
        var (sizes, right, wrong) = (new int[Bands.Length - 1], new int[Bands.Length - 1], new int[Bands.Length - 1]);
        foreach (var pair in pairs)
        {
            var band = Band(pair.Probability);
            sizes[band]++;
            if (labels.TryGetValue((pair.Left, pair.Right), out var same) || labels.TryGetValue((pair.Right, pair.Left), out same))
            {
                (same ? right : wrong)[band]++;
            }
        }

        var random = new Random(20130401);
        var draws = Enumerable.Range(0, Draws).Select(_ => Enumerable.Range(0, sizes.Length).Select(b => sizes[b] * Beta(random, right[b] + 0.5, wrong[b] + 0.5)).ToArray()).ToArray();
        var likeliest = Enumerable.Range(0, sizes.Length).Select(b => sizes[b] * (right[b] + 0.5) / (right[b] + wrong[b] + 1)).ToArray();
        return [.. Thresholds.Select(threshold =>
        {
            var first = Band(threshold);
            double Kept(double[] counts) => counts[first..].Sum();
            var size = (double)sizes[first..].Sum();
            return new ClericalEstimate(
                threshold,
                right[first..].Sum() + wrong[first..].Sum(),
                Share(Kept(likeliest) / Math.Max(1, size), draws.Select(d => Kept(d) / Math.Max(1, size))),
                Share(Kept(likeliest) / Math.Max(1e-9, likeliest.Sum()), draws.Select(d => Kept(d) / Math.Max(1e-9, d.Sum()))));
        })];
    }

    /// <summary>Pairs to label: of each band as many, whichever their ids' hashes choose.</summary>
    public static IReadOnlyList<(string Left, string Right, double Probability)> Sample(IReadOnlyList<(string Left, string Right, double Probability)> pairs, int size) =>
        [.. pairs.GroupBy(p => Band(p.Probability)).OrderBy(g => g.Key)
            .SelectMany(g => g.OrderBy(p => Hash.Of($"{p.Left}\n{p.Right}")).Take(Math.Max(1, size / pairs.Select(p => Band(p.Probability)).Distinct().Count())))
            .OrderBy(p => p.Left, StringComparer.Ordinal).ThenBy(p => p.Right, StringComparer.Ordinal)];

    private static int Band(double probability) => Array.FindLastIndex(Bands, b => probability >= b);

    private static EstimatedShare Share(double value, IEnumerable<double> draws)
    {
        var sorted = draws.Order().ToArray();
        return new(value, sorted[Draws / 40], sorted[Draws - 1 - (Draws / 40)]);
    }

    private static double Beta(Random random, double a, double b)
    {
        var (x, y) = (Gamma(random, a), Gamma(random, b));
        return x / (x + y);
    }

    /// <remarks>Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; below 1 by its boost.</remarks>
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1)
        {
            return Gamma(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        while (true)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + (normal / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (normal * normal / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
