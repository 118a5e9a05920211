using System.Numerics;

namespace TfFlow.Linkage;

/// <summary>Works out the figures of a linkage.</summary>
internal static class Reporter
{
    public static LinkageReport Report(IReadOnlyList<FileReport> files, Linker linker, List<LinkedPair> pairs, ScoredPairs scored, double threshold)
    {
        var passes = linker.Candidates.Passes;
        var (links, only) = (new int[passes.Count], new int[passes.Count]);
        int once = 0, twice = 0;
        foreach (var pair in pairs)
        {
            var found = linker.Candidates.PassesOf(pair.Left, pair.Right);
            for (var rest = found; rest != 0; rest &= rest - 1)
            {
                links[BitOperations.TrailingZeroCount(rest)]++;
            }

            if (BitOperations.PopCount(found) == 1)
            {
                only[BitOperations.TrailingZeroCount(found)]++;
                once++;
            }

            twice += BitOperations.PopCount(found) == 2 ? 1 : 0;
        }

        var missed = twice == 0 ? once * (once - 1) / 2.0 : once * (double)once / (2 * twice);
        var blocking = pairs.Count == 0 ? 1 : pairs.Count / (pairs.Count + missed);
        var right = pairs.Sum(p => p.Probability);
        return new()
        {
            Files = files,
            Passes = [.. passes.Select((pass, i) => new PassReport(pass.ToString(), linker.Candidates.Brought[i], links[i], only[i], linker.Candidates.Dropped[i]))],
            PairsScored = linker.PairsScored,
            Threshold = threshold,
            ExpectedPrecision = pairs.Count == 0 ? 1 : right / pairs.Count,
            ExpectedRecall = scored.Matches + right == 0 ? 1 : Math.Min(1, right / Math.Max(right, scored.Matches)) * blocking,
            BlockingRecall = blocking,
        };
    }
}
