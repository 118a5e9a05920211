using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TfFlow.Programme.Linkage;

/// <summary>Gathers what <see cref="ExpectationMaximisation"/> learns from: blocked pairs of a sample of records, random pairs of all.</summary>
internal sealed class Trainer(Vocabulary vocabulary, Records left, Records right, CandidatePairs candidates, Work work)
{
    /// <summary>Left records whose candidates are compared.</summary>
    private const int SampledRecords = 60_000;

    private const int RandomPairs = 1_000_000;

    private LinkageModel? defaults;
    private List<Pattern> unblocked = [];
    private bool[] taken = [];
    private double share;

    private bool Within => ReferenceEquals(left, right);

    private double AllPairs => Within ? left.Count * (left.Count - 1.0) / 2 : (double)left.Count * right.Count;

    /// <summary>Learns from the pairs alone.</summary>
    public LinkageModel Train()
    {
        Sample();
        defaults = DefaultModel.Create(AllPairs, Math.Min(left.Count, right.Count));
        var blocked = new Dictionary<ulong, long>();
        foreach (var counter in candidates.Visit(record => taken[record], () => new Counter(vocabulary, left, right), LinkagePhase.Learning))
        {
            Merge(blocked, counter.Patterns);
        }

        var random = Random(new Rarity(vocabulary, Within ? [left] : [left, right]), defaults);
        var rest = Math.Max(1, AllPairs - (blocked.Values.Sum() / share)) / Math.Max(1, random.Values.Sum());
        unblocked = [.. random.OrderBy(p => p.Key).Select(p => new Pattern(p.Key, p.Value * rest, Known.Strangers))];
        return new ExpectationMaximisation(defaults, defaults)
            .Run([.. blocked.OrderBy(p => p.Key).Select(p => new Pattern(p.Key, p.Value / share, Known.Nothing)), .. unblocked]);
    }

    /// <summary>Learns again, now that rivals have been weighed against each other: a twin who lost to the twin's own record is known not to be the same.</summary>
    public LinkageModel Retrain(LinkageModel model, EdgeGraph graph, double[] probabilities, Company company)
    {
        var same = new Dictionary<ulong, long>();
        var pairs = new Dictionary<ulong, long>();
        foreach (var counter in candidates.Visit(record => taken[record], () => new SettledCounter(vocabulary, left, right, graph, probabilities, company), LinkagePhase.Learning))
        {
            Merge(same, counter.Same);
            Merge(pairs, counter.Pairs);
        }

        var patterns = new List<Pattern>(unblocked);
        foreach (var (levels, count) in pairs.OrderBy(p => p.Key))
        {
            var settled = same.GetValueOrDefault(levels) / (double)SettledCounter.One;
            patterns.Add(new(levels, settled / share, Known.Same));
            patterns.Add(new(levels, (count - settled) / share, Known.NotSame));
        }

        return new ExpectationMaximisation(defaults!, model).Run(patterns);
    }

    private void Sample()
    {
        var every = Math.Max(1, left.Count / SampledRecords);
        taken = new bool[left.Count];
        for (var record = 0; record < left.Count; record++)
        {
            taken[record] = Hash.Of(left.Id(record)) % (uint)every == 0;
        }

        share = Math.Max(1, taken.Count(t => t)) / (double)Math.Max(1, left.Count);
    }

    private Dictionary<ulong, long> Random(Rarity rarity, LinkageModel start)
    {
        const int Chunks = 64;
        var counters = new ConcurrentBag<Counter>();
        var sums = new double[Chunks][,];
        Parallel.For(0, Chunks, work.Parallel, () => new Counter(vocabulary, left, right), (chunk, _, counter) =>
        {
            var sum = sums[chunk] = new double[4, 16];
            var seed = Hash.Mix((ulong)chunk + 17);
            for (var i = 0; i < RandomPairs / Chunks; i++)
            {
                seed = unchecked(seed + 0x9E3779B97F4A7C15);
                var l = (int)(Hash.Mix(seed) % (uint)left.Count);
                seed = unchecked(seed + 0x9E3779B97F4A7C15);
                var r = (int)(Hash.Mix(seed) % (uint)right.Count);
                if ((Within && l == r) || candidates.PassesOf(l, r) != 0)
                {
                    continue;
                }

                var levels = counter.Count(l, r);
                Rarities(rarity, left[l], right[r], levels, sum);
            }

            return counter;
        }, counters.Add);
        for (var name = 0; name < 2; name++)
        {
            for (var level = 1; level < 16; level++)
            {
                var count = sums.Sum(s => s[name + 2, level]);
                start.Rarity[name, level] = count < 5 ? -7 : sums.Sum(s => s[name, level]) / count;
            }
        }

        var total = new Dictionary<ulong, long>();
        foreach (var counter in counters)
        {
            Merge(total, counter.Patterns);
        }

        return total;
    }

    private static void Rarities(Rarity rarity, ReadOnlySpan<int> a, ReadOnlySpan<int> b, ulong levels, double[,] sum)
    {
        var given = Levels.Of(levels, Field.GivenName);
        if (given is >= (int)NameAgreement.Same and <= (int)NameAgreement.Near)
        {
            sum[0, given] += rarity.Given(a[Slot.Given], b[Slot.Given]);
            sum[2, given]++;
        }

        var surname = Levels.Of(levels, Field.Surname);
        if (surname is >= (int)NameAgreement.Same and <= (int)NameAgreement.Near)
        {
            sum[1, surname] += rarity.Surname(a[Slot.Surname], b[Slot.Surname]);
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

    private sealed class Counter(Vocabulary vocabulary, Records left, Records right) : IPairSink
    {
        private readonly PairComparer comparer = new(vocabulary, left.Stride);

        public Dictionary<ulong, long> Patterns { get; } = [];

        public void Take(int l, int r, uint passes) => Count(l, r);

        public ulong Count(int l, int r)
        {
            var levels = comparer.Compare(left[l], right[r]);
            CollectionsMarshal.GetValueRefOrAddDefault(Patterns, levels, out _)++;
            return levels;
        }
    }

    /// <summary>Counts patterns, and how much of each is settled as the same. Shares are summed as integers, which add up alike in any order.</summary>
    private sealed class SettledCounter(Vocabulary vocabulary, Records left, Records right, EdgeGraph graph, double[] probabilities, Company company) : IPairSink
    {
        public const long One = 1L << 24;
        private readonly PairComparer comparer = new(vocabulary, left.Stride);

        public Dictionary<ulong, long> Same { get; } = [];

        public Dictionary<ulong, long> Pairs { get; } = [];

        public void Take(int l, int r, uint passes)
        {
            var levels = comparer.Compare(left[l], right[r]) | Levels.Pack(Field.Company, (int)company.Of(l, r));
            CollectionsMarshal.GetValueRefOrAddDefault(Pairs, levels, out _)++;
            var edge = graph.Find(l, r);
            if (edge >= 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(Same, levels, out _) += (long)(probabilities[edge] * One);
            }
        }
    }
}
