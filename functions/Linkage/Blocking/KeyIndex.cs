using System.Numerics;

namespace TfFlow.Linkage;

/// <summary>Records of one file in order of one key: each key's records stand together, in ascending order of record.</summary>
internal readonly struct KeyIndex
{
    private readonly ulong[] entries;

    private KeyIndex(ulong[] entries, int count)
    {
        this.entries = entries;
        Count = count;
    }

    public int Count { get; }

    public uint Key(int at) => (uint)(entries[at] >> 32);

    public int Record(int at) => (int)(entries[at] & uint.MaxValue);

    /// <summary>Sorts the records that have a key; keys of 0 have none.</summary>
    public static KeyIndex Of(int records, Func<int, uint> key)
    {
        var entries = new ulong[Math.Min(records, 1 << 12)];
        var count = 0;
        for (var record = 0; record < records; record++)
        {
            var its = key(record);
            if (its != 0)
            {
                if (count == entries.Length)
                {
                    // As large as the share of records that have a key so far asks for.
                    Array.Resize(ref entries, (int)Math.Min(records, Math.Max(2L * count, (count * (records + (records / 16L)) / record) + 1)));
                }

                entries[count++] = ((ulong)its << 32) | (uint)record;
            }
        }

        return new(Sort(entries, count), count);
    }

    /// <summary>The first entry at or after <paramref name="from"/> with another key.</summary>
    public int EndOfBlock(int from)
    {
        var key = Key(from);
        var at = from + 1;
        while (at < Count && Key(at) == key)
        {
            at++;
        }

        return at;
    }

    /// <summary>Tells of each key that both have, and where its entries stand in either.</summary>
    public static void Meet(KeyIndex one, KeyIndex other, Action<int, int, int, int> block)
    {
        for (int i = 0, j = 0; i < one.Count && j < other.Count;)
        {
            if (one.Key(i) != other.Key(j))
            {
                (i, j) = one.Key(i) < other.Key(j) ? (i + 1, j) : (i, j + 1);
                continue;
            }

            var (endI, endJ) = (one.EndOfBlock(i), other.EndOfBlock(j));
            block(i, endI, j, endJ);
            (i, j) = (endI, endJ);
        }
    }

    /// <summary>The first entry whose key is at least <paramref name="key"/>.</summary>
    public int Seek(uint key)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Key(middle) < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Stable radix sort on the key; what comes in by record stays in that order within a key.</summary>
    private static ulong[] Sort(ulong[] entries, int count)
    {
        if (count < 2048)
        {
            Array.Sort(entries, 0, count);
            return entries;
        }

        const int Digit = 11;
        var other = LargePages.Array<ulong>(count);
        Span<int> starts = stackalloc int[1 << Digit];
        for (var shift = 32; shift < 64; shift += Digit)
        {
            starts.Clear();
            for (var i = 0; i < count; i++)
            {
                starts[(int)((entries[i] >> shift) & ((1 << Digit) - 1))]++;
            }

            var sum = 0;
            foreach (ref var start in starts)
            {
                (start, sum) = (sum, sum + start);
            }

            for (var i = 0; i < count; i++)
            {
                other[starts[(int)((entries[i] >> shift) & ((1 << Digit) - 1))]++] = entries[i];
            }

            (entries, other) = (other, entries);
        }

        return entries;
    }
}
