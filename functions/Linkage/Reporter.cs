using System.Numerics;

namespace TfFlow.Linkage;

/// <summary>Works out the figures of a linkage.</summary>
internal static class Reporter
{
    /// <summary>Pairs that are missed for each link that is found by way of records between alone; from registers of <c>HistoricalRegister</c> of 3,000 to 30,000 records.</summary>
    private const double Unlinked = 0.5;

    /// <summary>How many times fewer links may be wrong than the model expects, where many are found by way of records between: several that agree say more than the best of them.</summary>
    private const double Vouched = 10;

    public static LinkageReport Report(IReadOnlyList<FileReport> files, Linker linker, List<LinkedPair> pairs, ScoredPairs scored, double threshold)
    {
        var passes = linker.Candidates.Passes;
        var found = linker.Candidates.PassesOf(pairs);
        int LinksOf(int pass) => found.Sum(its => (its.Key >> pass & 1) == 0 ? 0 : its.Value);
        int FoundBy(int count) => found.Sum(its => BitOperations.PopCount(its.Key) == count ? its.Value : 0);
        var (never, once, twice) = (FoundBy(0), FoundBy(1), FoundBy(2));

        var missed = twice == 0 ? once * (once - 1) / 2.0 : once * (double)once / (2 * twice);

        // A pair that no pass finds is a link only by way of records between. Where there are many, as many again or more have none between: half of them are counted.
        var unseen = missed + (never * Unlinked);
        var blocking = pairs.Count == 0 ? 1 : pairs.Count / (pairs.Count + unseen);
        var right = pairs.Sum(p => p.Probability);
        var precision = pairs.Count == 0 ? 1 : right / pairs.Count;
        var recall = pairs.Count == 0 && scored.Matches < 0.5 ? 1 : Math.Min(1, right / Math.Max(right, scored.Matches)) * blocking;
        return new()
        {
            Files = files,
            Passes = [.. passes.Select((pass, i) => new PassReport(pass.ToString(), linker.Candidates.Brought[i], LinksOf(i), found.GetValueOrDefault(1u << i), linker.Candidates.Dropped[i]))],
            PairsScored = linker.PairsScored,
            Threshold = threshold,
            ExpectedPrecision = precision,
            Precision = Interval(precision, pairs.Count, never == 0 ? 1 : (1 - ((1 - precision) / Vouched)) / precision),
            ExpectedRecall = recall,
            Recall = Interval(recall, Math.Max(right, scored.Matches), pairs.Count == 0 ? 1 : (pairs.Count + unseen) / (pairs.Count + Math.Max(0, missed - never))),
            BlockingRecall = blocking,
        };
    }

    /// <summary>Wilson's interval for a share of <paramref name="count"/>; what the model thinks wrong may be half as much again.</summary>
    /// <param name="share">The estimate.</param>
    /// <param name="count">Pairs it is of.</param>
    /// <param name="atBest">How many times greater the share may be for what is uncertain beside chance.</param>
    private static EstimatedShare Interval(double share, double count, double atBest = 1)
    {
        const double Deviations = 1.96, Hopeful = 1.5;
        if (count <= 0)
        {
            return new(share, 0, 1);
        }

        double Bound(double its, double sign) => (its + (Deviations * Deviations / (2 * count)) + (sign * Deviations * Math.Sqrt((its * (1 - its) / count) + (Deviations * Deviations / (4 * count * count))))) / (1 + (Deviations * Deviations / count));
        // Where less than half a pair is left, it may be all of them.
        var high = Math.Clamp(Bound(Math.Min(1, share * atBest), 1), share, 1);
        return new(share, Math.Clamp(Bound(Math.Max(0, 1 - (Hopeful * (1 - share))), -1), 0, share), (1 - high) * count < 0.5 ? 1 : high);
    }
}
