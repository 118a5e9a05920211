using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>Gathers what <see cref="ExpectationMaximisation"/> learns from: blocked pairs of a sample of records, random pairs of all.</summary>
internal sealed class Trainer(Vocabulary vocabulary, Records left, Records right, CandidatePairs candidates, TermFrequency termFrequency, Work work)
{
    /// <summary>Left records whose candidates are compared.</summary>
    private const int SampledRecords = 50_000;

    /// <summary>A whole pair, where shares of pairs are summed.</summary>
    private const long One = 1L << 24;

    /// <summary>Pairs that stand for all; of files that have no more, each is looked at once.</summary>
    private const int RandomPairs = 600_000;

    /// <summary>Records worked at one time by one thread.</summary>
    private const int Chunk = 1 << 14;

    private LinkageModel? defaults;
    private List<Pattern> unblocked = [];
    private bool[] taken = [];
    private List<(int Left, int Right, ulong Levels)>[] sampled = [];
    private double share;

    private bool Within => ReferenceEquals(left, right);

    private double AllPairs => Within ? left.Count * (left.Count - 1.0) / 2 : (double)left.Count * right.Count;

    /// <summary>Learns from the pairs alone.</summary>
    public LinkageModel Train()
    {
        Sample();
        defaults = DefaultModel.Create(AllPairs, Math.Min(left.Count, right.Count));
        sampled = [.. candidates.Visit(record => taken[record], () => new Sampler(vocabulary, left, right), LinkagePhase.Learning).Select(s => s.Pairs)];
        var blocked = new Dictionary<ulong, long>();
        foreach (var pair in sampled.SelectMany(s => s))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(blocked, pair.Levels, out _)++;
        }

        var random = Random(defaults);
        var rest = Math.Max(1, AllPairs - (blocked.Values.Sum() / share)) / Math.Max(1, random.Values.Sum());
        unblocked = [.. random.OrderBy(p => p.Key).Select(p => new Pattern(p.Key, p.Value * rest, Known.Strangers))];
        return new ExpectationMaximisation(defaults, defaults)
            .Run([.. blocked.OrderBy(p => p.Key).Select(p => new Pattern(p.Key, p.Value / share, Known.Nothing)), .. unblocked], work.Parallel);
    }

    /// <summary>Learns again, now that rivals have been weighed against each other: a twin who lost to the twin's own record is known not to be the same.</summary>
    public LinkageModel Retrain(LinkageModel model, EdgeGraph graph, double[] probabilities, HouseholdEvidence household)
    {
        work.Tell(LinkagePhase.Learning, 0, 1);
        var settled = new ConcurrentBag<Dictionary<ulong, (long Pairs, long Same)>>();
        Parallel.ForEach(sampled, work.Parallel, pairs =>
        {
            // Shares are summed as integers, which add up alike in any order.
            var counts = new Dictionary<ulong, (long Pairs, long Same)>();
            foreach (var (l, r, alone) in pairs)
            {
                var edge = graph.Find(l, r);
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, alone | Levels.Pack(Field.Household, (int)household.Of(l, r)), out _);
                count = (count.Pairs + 1, count.Same + (edge < 0 ? 0 : (long)(probabilities[edge] * One)));
            }

            settled.Add(counts);
        });
        var total = new Dictionary<ulong, (long Pairs, long Same)>();
        foreach (var (levels, count) in settled.SelectMany(s => s))
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(total, levels, out _);
            sum = (sum.Pairs + count.Pairs, sum.Same + count.Same);
        }

        var patterns = new List<Pattern>(unblocked);
        foreach (var (levels, count) in total.OrderBy(p => p.Key))
        {
            var same = count.Same / (double)One;
            if (same > 0)
            {
                patterns.Add(new(levels, same / share, Known.Same));
            }

            patterns.Add(new(levels, (count.Pairs - same) / share, Known.NotSame));
        }

        return new ExpectationMaximisation(defaults!, model).Run(patterns, work.Parallel);
    }

    private void Sample()
    {
        var below = left.Count <= SampledRecords ? ulong.MaxValue : (ulong)((double)SampledRecords / left.Count * ulong.MaxValue);
        taken = new bool[left.Count];
        Parallel.For(0, (left.Count + Chunk - 1) / Chunk, work.Parallel, chunk =>
        {
            for (var record = chunk * Chunk; record < Math.Min(left.Count, (chunk + 1) * Chunk); record++)
            {
                taken[record] = Hash.Of(left.Id(record)) <= below;
            }
        });
        share = Math.Max(1, taken.Count(t => t)) / (double)Math.Max(1, left.Count);
    }

    private Dictionary<ulong, long> Random(LinkageModel start)
    {
        const int Chunks = 64;
        var counters = new ConcurrentBag<Counter>();
        var sums = new double[Chunks][,];
        var all = AllPairs <= RandomPairs;
        Parallel.For(0, Chunks, work.Parallel, () => new Counter(vocabulary, left, right), (chunk, _, counter) =>
        {
            var sum = sums[chunk] = new double[4, 16];
            foreach (var (l, r) in all ? Every(chunk, Chunks) : AtRandom(chunk, RandomPairs / Chunks))
            {
                if (candidates.PassesOf(l, r) != 0)
                {
                    continue;
                }

                var levels = counter.Count(l, r);
                TermFrequencies(left[l], right[r], levels, sum);
            }

            return counter;
        }, counters.Add);
        for (var name = 0; name < 2; name++)
        {
            for (var level = 1; level < 16; level++)
            {
                var count = sums.Sum(s => s[name + 2, level]);
                start.TermFrequency[name, level] = count < (all ? 1 : 5) ? -7 : sums.Sum(s => s[name, level]) / count;
            }
        }

        var total = new Dictionary<ulong, long>();
        foreach (var counter in counters)
        {
            Merge(total, counter.Patterns);
        }

        return total;
    }

    /// <summary>All pairs of every so-many-th left record.</summary>
    private IEnumerable<(int Left, int Right)> Every(int first, int step)
    {
        for (var l = first; l < left.Count; l += step)
        {
            for (var r = Within ? l + 1 : 0; r < right.Count; r++)
            {
                yield return (l, r);
            }
        }
    }

    private IEnumerable<(int Left, int Right)> AtRandom(int chunk, int count)
    {
        var seed = Hash.Mix((ulong)chunk + 17);
        for (var i = 0; i < count; i++)
        {
            seed = unchecked(seed + 0x9E3779B97F4A7C15);
            var l = (int)(Hash.Mix(seed) % (uint)left.Count);
            seed = unchecked(seed + 0x9E3779B97F4A7C15);
            var r = (int)(Hash.Mix(seed) % (uint)right.Count);
            if (!Within || l != r)
            {
                yield return (l, r);
            }
        }
    }

    private void TermFrequencies(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ulong levels, double[,] sum)
    {
        var given = Levels.Of(levels, Field.GivenName);
        if (given is >= (int)NameAgreement.Same and <= (int)NameAgreement.Near)
        {
            sum[0, given] += termFrequency.Given(a[Slot.Given], b[Slot.Given]);
            sum[2, given]++;
        }

        var surname = Levels.Of(levels, Field.Surname);
        if (surname is >= (int)NameAgreement.Same and <= (int)NameAgreement.Near)
        {
            sum[1, surname] += termFrequency.Surname(a[Slot.Surname], b[Slot.Surname]);
            sum[3, surname]++;
        }
    }

    private static void Merge(Dictionary<ulong, long> total, Dictionary<ulong, long> part)
    {
        foreach (var (levels, count) in part)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(total, levels, out _) += count;
        }
    }

    private sealed class Counter(Vocabulary vocabulary, Records left, Records right)
    {
        private readonly PairComparer comparer = new(vocabulary, left.Stride);

        public Dictionary<ulong, long> Patterns { get; } = [];

        public ulong Count(int l, int r)
        {
            var levels = comparer.Compare(left[l], right[r]);
            CollectionsMarshal.GetValueRefOrAddDefault(Patterns, levels, out _)++;
            return levels;
        }
    }

    /// <summary>Keeps the pairs it is sent, compared.</summary>
    private sealed class Sampler(Vocabulary vocabulary, Records left, Records right) : IPairSink
    {
        private readonly PairComparer comparer = new(vocabulary, left.Stride);

        public List<(int Left, int Right, ulong Levels)> Pairs { get; } = [];

        public void Take(ReadOnlySpan<CandidatePair> pairs)
        {
            foreach (var (l, r) in pairs)
            {
                Pairs.Add((l, r, comparer.Compare(left[l], right[r])));
            }
        }
    }
}
