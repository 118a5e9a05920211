namespace TfFlow.Linkage;

/// <summary>How right a set of links is, kept at a threshold.</summary>
public sealed record PairQuality(double Threshold, long Right, long Wrong, long Missed)
{
    private static readonly double[] Usual = [0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999];

    /// <summary>Right among the links; 1 if there are none.</summary>
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    /// <summary>Found among the true pairs; 1 if there are none.</summary>
    public double Recall => Right + Missed == 0 ? 1 : (double)Right / (Right + Missed);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1 => Right == 0 ? 0 : 2.0 * Right / ((2.0 * Right) + Wrong + Missed);

    /// <summary>Quality at a few thresholds, and at the one of best F1.</summary>
    public static IReadOnlyList<PairQuality> ByThreshold(IEnumerable<(string Left, string Right, double Probability)> pairs, Func<string, string, bool> isTrue, long total)
    {
        var scored = pairs.Select(p => (p.Probability, True: isTrue(p.Left, p.Right))).OrderByDescending(p => p.Probability).ToList();
        var best = new PairQuality(0, 0, 0, total);
        long right = 0;
        for (var i = 0; i < scored.Count; i++)
        {
            right += scored[i].True ? 1 : 0;
            if (i + 1 == scored.Count || scored[i + 1].Probability < scored[i].Probability)
            {
                var here = new PairQuality(scored[i].Probability, right, i + 1 - right, total - right);
                best = here.F1 > best.F1 ? here : best;
            }
        }

        return [.. Usual.Select(t => At(t)).Append(best).DistinctBy(q => q.Threshold).OrderBy(q => q.Threshold)];

        PairQuality At(double threshold)
        {
            var kept = scored.Where(p => p.Probability >= threshold).ToList();
            var found = kept.Count(p => p.True);
            return new(threshold, found, kept.Count - found, total - found);
        }
    }
}
