namespace TfFlow.Linkage;

/// <summary>Numbers hashes from 1 in the order they first come. Sixty-four bits stand for the value: of ten million values two meet once in a million files.</summary>
internal sealed class HashNumbers
{
    private (ulong Hash, int Number)[] table = new (ulong, int)[128];

    public int Count { get; private set; }

    /// <summary>The number of a hash, new if it is.</summary>
    public int Number(ulong hash)
    {
        var mask = table.Length - 1;
        for (var at = (int)(hash & (uint)mask); ; at = (at + 1) & mask)
        {
            ref var its = ref table[at];
            if (its.Number == 0)
            {
                its = (hash, ++Count);
                if (Count * 3L > table.Length * 2L)
                {
                    Grow();
                }

                return Count;
            }

            if (its.Hash == hash)
            {
                return its.Number;
            }
        }
    }

    private void Grow()
    {
        var grown = LargePages.Array<(ulong Hash, int Number)>(table.Length * 2);
        var mask = grown.Length - 1;
        foreach (var its in table)
        {
            if (its.Number == 0)
            {
                continue;
            }

            var at = (int)(its.Hash & (uint)mask);
            while (grown[at].Number != 0)
            {
                at = (at + 1) & mask;
            }

            grown[at] = its;
        }

        table = grown;
    }
}
