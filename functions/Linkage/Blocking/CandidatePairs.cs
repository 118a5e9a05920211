using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>A left and a right record that may be one person.</summary>
internal readonly record struct CandidatePair(int Left, int Right);

/// <summary>Takes candidate pairs, some hundred at a time.</summary>
internal interface IPairSink
{
    void Take(ReadOnlySpan<CandidatePair> pairs);
}

/// <summary>
/// Every pair of records that shares a key in some pass, once: a pair belongs to the first pass that finds it, which its keys alone tell,
/// so the pairs are never held. One file against itself gives each pair once, the lower record left.
/// </summary>
internal sealed class CandidatePairs
{
    /// <summary>Ranges of keys worked at one time by one thread.</summary>
    public const int Parts = 64;

    /// <summary>Pairs handed on together. What is far apart in memory comes sooner if it is asked for together.</summary>
    private const int Batch = 256;

    /// <summary>Bits of a key by which records fall together, at least and at most: about four records each.</summary>
    private const int LeastCrowdBits = 8, MostCrowdBits = 20;

    private readonly KeyTable left;
    private readonly KeyTable right;
    private readonly long[] dropped;
    private readonly long[] brought;
    private readonly Work work;

    public CandidatePairs(KeyMaker maker, Records left, Records right, Work work)
    {
        this.work = work;
        this.left = new(left);
        this.right = ReferenceEquals(left, right) ? this.left : new(right);
        KeyTable[] tables = Within ? [this.left] : [this.left, this.right];
        Array.ForEach(tables, table => Each(table, record => maker.Parts(table.Records[record], table.Row(record))));
        Passes = BlockingPlan.Choose(this.left, this.right, work.Parallel);
        dropped = new long[Passes.Count];
        brought = new long[Passes.Count];
        Array.ForEach(tables, table => Each(table, record => Fill(table.Row(record))));

        // The last passes are the longest work, and come first.
        Parallel.For(0, Passes.Count, work.Parallel, i => Prepare(maker, Passes.Count - 1 - i));
    }

    public IReadOnlyList<BlockingPass> Passes { get; }

    /// <summary>Pairs not compared in each pass because their block stayed too large.</summary>
    public IReadOnlyList<long> Dropped => dropped;

    /// <summary>Pairs each pass was the first to find, when all were last visited.</summary>
    public IReadOnlyList<long> Brought => brought;

    public bool Within => ReferenceEquals(left, right);

    /// <summary>The passes that find a pair, as bits.</summary>
    public uint PassesOf(int l, int r) => KeyTable.Shared(left.Row(l), right.Row(r));

    /// <summary>How many of some pairs are found by just which passes.</summary>
    public Dictionary<uint, int> PassesOf(IReadOnlyList<LinkedPair> pairs)
    {
        const int Chunk = 1 << 14;
        var total = new Dictionary<uint, int>();
        Parallel.For(0, (pairs.Count + Chunk - 1) / Chunk, work.Parallel, () => new Dictionary<uint, int>(), (chunk, _, counts) =>
        {
            for (var at = chunk * Chunk; at < Math.Min(pairs.Count, (chunk + 1) * Chunk); at++)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, PassesOf(pairs[at].Left, pairs[at].Right), out bool _)++;
            }

            return counts;
        }, counts =>
        {
            lock (total)
            {
                foreach (var (its, count) in counts)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(total, its, out _) += count;
                }
            }
        });
        return total;
    }

    /// <summary>
    /// Sends every pair whose left record <paramref name="take"/> accepts to one of the sinks it returns. Which pair goes to which sink, and in what order,
    /// is up to the threads: what is made of them must not depend on it.
    /// </summary>
    public IReadOnlyCollection<TSink> Visit<TSink>(Func<int, bool>? take, Func<TSink> create, LinkagePhase phase)
        where TSink : class, IPairSink
    {
        var sinks = new ConcurrentBag<TSink>();
        Array.Clear(brought);
        var sampled = new (KeyIndex One, KeyIndex Other)[take is null ? 0 : Passes.Count];
        Parallel.For(0, sampled.Length, work.Parallel, pass => sampled[pass] = Sampled(pass, take!));
        for (var pass = 0; pass < Passes.Count; pass++)
        {
            var (one, other) = take is null ? Indexes(pass) : sampled[pass];
            var number = pass;
            work.Tell(phase, pass, Passes.Count);
            Parallel.For(0, Parts, work.Parallel, () => sinks.TryTake(out var spare) ? spare : create(), (part, _, sink) =>
            {
                Interlocked.Add(ref brought[number], Visit(number, part, one, other, sink));
                return sink;
            }, sinks.Add);
        }

        return sinks;
    }

    private (KeyIndex One, KeyIndex Other) Indexes(int pass)
    {
        KeyIndex one = default, other = default;
        Parallel.Invoke(
            work.Parallel,
            () => one = KeyIndex.Of(left.Records.Count, i => left[i, pass]),
            () => other = Within ? default : KeyIndex.Of(right.Records.Count, i => right[i, pass]));
        return (one, Within ? one : other);
    }

    /// <summary>Of few records on the left, and on the right of those whose key one of them has.</summary>
    private (KeyIndex One, KeyIndex Other) Sampled(int pass, Func<int, bool> take)
    {
        var one = KeyIndex.Of(left.Records.Count, i => take(i) ? left[i, pass] : 0);
        var wanted = new KeyFilter(one);
        return (one, KeyIndex.Of(right.Records.Count, i => right[i, pass] is var key && wanted.MayHold(key) ? key : 0));
    }

    /// <summary>Pairs sent.</summary>
    private long Visit<TSink>(int pass, int part, KeyIndex one, KeyIndex other, TSink sink)
        where TSink : class, IPairSink
    {
        Span<CandidatePair> met = stackalloc CandidatePair[Batch];
        var (count, sent) = (0, 0L);
        var first = (uint)((ulong)part << 32 >>> BitOperations.Log2(Parts));
        var i = one.Seek(first);
        var j = other.Seek(first);
        var end = part == Parts - 1 ? one.Count : one.Seek((uint)((ulong)(part + 1) << 32 >>> BitOperations.Log2(Parts)));
        while (i < end && j < other.Count)
        {
            if (one.Key(i) != other.Key(j))
            {
                (i, j) = one.Key(i) < other.Key(j) ? (i + 1, j) : (i, j + 1);
                continue;
            }

            var (endI, endJ) = (one.EndOfBlock(i), other.EndOfBlock(j));
            for (; i < endI; i++)
            {
                var l = one.Record(i);
                for (var k = j; k < endJ; k++)
                {
                    var r = other.Record(k);
                    if (Within && r <= l)
                    {
                        continue;
                    }

                    met[count++] = new(l, r);
                    if (count == Batch)
                    {
                        sent += Send(First(pass, met), sink);
                        count = 0;
                    }
                }
            }

            j = endJ;
        }

        return sent + Send(First(pass, met[..count]), sink);
    }

    private static int Send<TSink>(ReadOnlySpan<CandidatePair> pairs, TSink sink)
        where TSink : class, IPairSink
    {
        sink.Take(pairs);
        return pairs.Length;
    }

    /// <summary>Of the pairs met in a pass, those that no earlier pass finds.</summary>
    private Span<CandidatePair> First(int pass, Span<CandidatePair> met)
    {
        var (earlier, kept) = ((1u << pass) - 1, 0);
        foreach (var pair in met)
        {
            // Without a jump, so that the keys of the next pairs are on their way meanwhile.
            met[kept] = pair;
            kept += (KeyTable.Shared(left.Row(pair.Left), right.Row(pair.Right)) & earlier) == 0 ? 1 : 0;
        }

        return met[..kept];
    }

    private void Each(KeyTable table, Action<int> act)
    {
        const int Chunk = 1 << 13;
        Parallel.For(0, (table.Records.Count + Chunk - 1) / Chunk, work.Parallel, chunk =>
        {
            for (var record = chunk * Chunk; record < Math.Min(table.Records.Count, (chunk + 1) * Chunk); record++)
            {
                act(record);
            }
        });
    }

    /// <summary>Puts a record's keys where what they are made of stood.</summary>
    private void Fill(Span<uint> row)
    {
        Span<uint> parts = stackalloc uint[KeyTable.Width];
        row.CopyTo(parts);
        row.Clear();
        for (var pass = 0; pass < Passes.Count; pass++)
        {
            row[pass] = KeyMaker.Key(parts, Passes[pass].Parts);
        }
    }

    /// <summary>Gives the records of blocks too large a narrower key, or none.</summary>
    private void Prepare(KeyMaker maker, int pass)
    {
        var its = Passes[pass];
        var (ours, theirs) = Crowded(pass);
        (ours, theirs, _) = Oversize(pass, ours, theirs);
        Array.ForEach(ours, record => left[record, pass] = maker.Key(left.Records[record], its.Parts | its.Refinement));
        Array.ForEach(theirs, record => right[record, pass] = maker.Key(right.Records[record], its.Parts | its.Refinement));
        (ours, theirs, dropped[pass]) = Oversize(pass, ours, theirs);
        Array.ForEach(ours, record => left[record, pass] = 0);
        Array.ForEach(theirs, record => right[record, pass] = 0);
    }

    /// <summary>Of some records, those in blocks too large, and how many pairs these would bring.</summary>
    private (int[] Ours, int[] Theirs, long Pairs) Oversize(int pass, int[] ours, int[] theirs)
    {
        var one = KeyIndex.Of(ours.Length, i => left[ours[i], pass]);
        var other = Within ? one : KeyIndex.Of(theirs.Length, i => right[theirs[i], pass]);
        var (large, counterparts, over) = (new List<int>(), new List<int>(), 0L);
        KeyIndex.Meet(one, other, (i, endI, j, endJ) =>
        {
            var pairs = Within ? (endI - i) * (endI - i - 1L) / 2 : (endI - i) * (long)(endJ - j);
            if (pairs <= Passes[pass].PairsPerBlock)
            {
                return;
            }

            over += pairs;
            for (var k = i; k < endI; k++)
            {
                large.Add(ours[one.Record(k)]);
            }

            for (var k = j; k < endJ && !Within; k++)
            {
                counterparts.Add(theirs[other.Record(k)]);
            }
        });
        return ([.. large], [.. counterparts], over);
    }

    /// <summary>Records that fall together with too many, whatever their keys: only they can be in a large block, and mostly nobody is.</summary>
    private (int[] Ours, int[] Theirs) Crowded(int pass)
    {
        var shift = 32 - Math.Clamp(BitOperations.Log2((uint)Math.Max(left.Records.Count, right.Records.Count) | 1) - 2, LeastCrowdBits, MostCrowdBits);
        var ours = Crowds(left, pass, shift);
        var theirs = Within ? ours : Crowds(right, pass, shift);
        var crowded = new bool[ours.Length];
        var (one, other) = (0, 0);
        for (var crowd = 0; crowd < crowded.Length; crowd++)
        {
            var pairs = Within ? ours[crowd] * (ours[crowd] - 1L) / 2 : ours[crowd] * (long)theirs[crowd];
            crowded[crowd] = pairs > Passes[pass].PairsPerBlock;
            one += crowded[crowd] ? ours[crowd] : 0;
            other += crowded[crowd] ? theirs[crowd] : 0;
        }

        return (Of(left, one), Within ? [] : Of(right, other));

        int[] Of(KeyTable table, int count)
        {
            var records = new int[count];
            for (int record = 0, next = 0; next < count; record++)
            {
                if (table[record, pass] is var key and not 0 && crowded[key >>> shift])
                {
                    records[next++] = record;
                }
            }

            return records;
        }
    }

    /// <summary>How many records have keys that start with the same bits.</summary>
    private static int[] Crowds(KeyTable table, int pass, int shift)
    {
        var crowds = new int[1 << (32 - shift)];
        for (var record = 0; record < table.Records.Count; record++)
        {
            if (table[record, pass] is var key and not 0)
            {
                crowds[key >>> shift]++;
            }
        }

        return crowds;
    }
}
