namespace TfFlow.Linkage;

/// <summary>Numbers hashes from 1 in the order they first come. Sixty-four bits stand for the value: among millions two hardly ever meet.</summary>
internal sealed class HashNumbers
{
    private ulong[] hashes = new ulong[1 << 10];
    private int[] numbers = new int[1 << 10];

    public int Count { get; private set; }

    /// <summary>The number of a hash, new if it is.</summary>
    public int Number(ulong hash)
    {
        var mask = hashes.Length - 1;
        for (var at = (int)(hash & (uint)mask); ; at = (at + 1) & mask)
        {
            if (numbers[at] == 0)
            {
                (hashes[at], numbers[at]) = (hash, ++Count);
                if (Count * 3L > hashes.Length * 2L)
                {
                    Grow();
                }

                return Count;
            }

            if (hashes[at] == hash)
            {
                return numbers[at];
            }
        }
    }

    private void Grow()
    {
        var (before, its) = (hashes, numbers);
        hashes = new ulong[before.Length * 2];
        numbers = new int[before.Length * 2];
        var mask = hashes.Length - 1;
        for (var from = 0; from < before.Length; from++)
        {
            if (its[from] == 0)
            {
                continue;
            }

            var at = (int)(before[from] & (uint)mask);
            while (numbers[at] != 0)
            {
                at = (at + 1) & mask;
            }

            (hashes[at], numbers[at]) = (before[from], its[from]);
        }
    }
}
