using System.Numerics;

namespace TfFlow.Linkage;

/// <summary>What letters a text is made of, in 64 bits: often enough to tell that two texts are far apart without aligning them.</summary>
/// <remarks>The low half marks the letters there are, the high half those that come twice. Letters are told apart by their last five bits: where two share a place, the bounds say less, never too much.</remarks>
internal static class Letters
{
    public static ulong Of(ReadOnlySpan<char> text)
    {
        ulong letters = 0;
        foreach (var c in text)
        {
            var letter = 1UL << (c & 31);
            letters |= ((letters & letter) << 32) | letter;
        }

        return letters;
    }

    /// <summary>The letters of every text of a pool, by number.</summary>
    public static ulong[] Of(TextPool<char> pool)
    {
        var letters = new ulong[pool.Count];
        for (var id = 1; id < letters.Length; id++)
        {
            letters[id] = Of(pool[id]);
        }

        return letters;
    }

    /// <summary>Letters of the one text that the other lacks, at least. The two are as many edits apart or more.</summary>
    public static int Lacking(ulong one, ulong other) => BitOperations.PopCount(one & ~other);
}
