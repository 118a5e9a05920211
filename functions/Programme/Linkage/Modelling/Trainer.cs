using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TfFlow.Programme.Linkage;

/// <summary>Gathers what <see cref="ExpectationMaximisation"/> learns from: blocked pairs of a sample of records, random pairs of all.</summary>
internal sealed class Trainer(Vocabulary vocabulary, Records left, Records right, CandidatePairs candidates)
{
    /// <summary>Left records whose candidates are compared.</summary>
    private const int SampledRecords = 60_000;

    private const int RandomPairs = 1_000_000;

    public LinkageModel Train()
    {
        var within = ReferenceEquals(left, right);
        var all = within ? left.Count * (left.Count - 1.0) / 2 : (double)left.Count * right.Count;
        var start = DefaultModel.Create(all, Math.Min(left.Count, right.Count));
        var (blocked, share) = Blocked();
        var blockedTotal = blocked.Values.Sum() / share;
        var rarity = new Rarity(vocabulary, within ? [left] : [left, right]);
        var random = Random(rarity, start);
        var randomTotal = Math.Max(1, random.Values.Sum());
        List<Pattern> patterns =
        [
            .. blocked.OrderBy(p => p.Key).Select(p => new Pattern(p.Key, p.Value / share, false)),
            .. random.OrderBy(p => p.Key).Select(p => new Pattern(p.Key, p.Value * Math.Max(1, all - blockedTotal) / randomTotal, true)),
        ];
        return new ExpectationMaximisation(start).Run(patterns);
    }

    private (Dictionary<ulong, long> Patterns, double Share) Blocked()
    {
        var every = Math.Max(1, left.Count / SampledRecords);
        var sampled = 0L;
        var taken = new bool[left.Count];
        for (var record = 0; record < left.Count; record++)
        {
            taken[record] = Hash.Of(left.Id(record)) % (uint)every == 0;
            sampled += taken[record] ? 1 : 0;
        }

        var total = new Dictionary<ulong, long>();
        foreach (var counter in candidates.Visit(record => taken[record], () => new Counter(vocabulary, left, right)))
        {
            Merge(total, counter.Patterns);
        }

        return (total, Math.Max(1, sampled) / (double)left.Count);
    }

    private Dictionary<ulong, long> Random(Rarity rarity, LinkageModel start)
    {
        const int Chunks = 64;
        var within = ReferenceEquals(left, right);
        var counters = new ConcurrentBag<Counter>();
        var sums = new double[Chunks][,];
        Parallel.For(0, Chunks, () => new Counter(vocabulary, left, right), (chunk, _, counter) =>
        {
            var sum = sums[chunk] = new double[4, 16];
            var seed = Hash.Mix((ulong)chunk + 17);
            for (var i = 0; i < RandomPairs / Chunks; i++)
            {
                seed = unchecked(seed + 0x9E3779B97F4A7C15);
                var l = (int)(Hash.Mix(seed) % (uint)left.Count);
                seed = unchecked(seed + 0x9E3779B97F4A7C15);
                var r = (int)(Hash.Mix(seed) % (uint)right.Count);
                if ((within && l == r) || candidates.PassesOf(l, r) != 0)
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
}
