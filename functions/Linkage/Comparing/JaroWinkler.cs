using System.Buffers;
using System.Numerics;

namespace TfFlow.Linkage;

/// <summary>Jaro's similarity with Winkler's bonus for a common start, over UTF-16 units.</summary>
/// <remarks>
/// Winkler, "String comparator metrics and enhanced decision rules in the Fellegi–Sunter model", 1990.
/// Jaro's matching is greedy and its result can depend on which text leads, so the shorter (then the ordinally smaller) always leads.
/// </remarks>
internal static class JaroWinkler
{
    private const double PrefixScale = 0.1;
    private const double PrefixThreshold = 0.7;
    private const int PrefixLimit = 4;

    /// <summary>From 0 (nothing in common, or one text empty) to 1 (equal); two empty texts are equal.</summary>
    public static double Similarity(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var jaro = Jaro(a, b);
        if (jaro <= PrefixThreshold)
        {
            return jaro;
        }

        var prefix = 0;
        var limit = Math.Min(PrefixLimit, Math.Min(a.Length, b.Length));
        while (prefix < limit && a[prefix] == b[prefix])
        {
            prefix++;
        }

        return jaro + (prefix * PrefixScale * (1 - jaro));
    }

    /// <summary>Jaro's similarity alone, from 0 to 1.</summary>
    public static double Jaro(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length == b.Length ? 1 : 0;
        }

        if (a.Length > b.Length || (a.Length == b.Length && a.SequenceCompareTo(b) > 0))
        {
            var swap = a;
            a = b;
            b = swap;
        }

        var reach = Math.Max(0, (b.Length / 2) - 1);
        return b.Length <= CharMask.Limit ? Short(a, b, reach) : Long(a, b, reach);
    }

    private static double Short(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int reach)
    {
        Span<char> buffer = stackalloc char[CharMask.Limit];
        var positions = new CharMask(b, buffer);
        ulong taken = 0, matched = 0;
        for (var i = 0; i < a.Length; i++)
        {
            // The lowest free position of this character within reach of i.
            var low = Math.Max(0, i - reach);
            var window = (ulong.MaxValue << low) & (i + reach >= 63 ? ulong.MaxValue : (1UL << (i + reach + 1)) - 1);
            var free = positions[a[i]] & window & ~taken;
            if (free != 0)
            {
                taken |= free & (~free + 1);
                matched |= 1UL << i;
            }
        }

        var matches = BitOperations.PopCount(matched);
        var moved = 0;
        for (ulong left = matched, right = taken; left != 0; left &= left - 1, right &= right - 1)
        {
            moved += a[BitOperations.TrailingZeroCount(left)] == b[BitOperations.TrailingZeroCount(right)] ? 0 : 1;
        }

        return Score(matches, moved, a.Length, b.Length);
    }

    private static double Long(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int reach)
    {
        var flags = ArrayPool<bool>.Shared.Rent(a.Length + b.Length);
        var matched = flags.AsSpan(0, a.Length);
        var taken = flags.AsSpan(a.Length, b.Length);
        matched.Clear();
        taken.Clear();
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var last = Math.Min(b.Length - 1, i + reach);
            for (var j = Math.Max(0, i - reach); j <= last; j++)
            {
                if (!taken[j] && a[i] == b[j])
                {
                    matched[i] = taken[j] = true;
                    matches++;
                    break;
                }
            }
        }

        var moved = 0;
        for (int i = 0, j = 0; i < a.Length; i++)
        {
            if (!matched[i])
            {
                continue;
            }

            while (!taken[j])
            {
                j++;
            }

            moved += a[i] == b[j++] ? 0 : 1;
        }

        ArrayPool<bool>.Shared.Return(flags);
        return Score(matches, moved, a.Length, b.Length);
    }

    private static double Score(int matches, int moved, int a, int b) =>
        matches == 0 ? 0 : (((double)matches / a) + ((double)matches / b) + ((double)(matches - (moved / 2)) / matches)) / 3;
}
