using System.Buffers;

namespace TfFlow.Linkage;

/// <summary>How many insertions, deletions, substitutions and swaps of neighbours turn one text into the other, over UTF-16 units.</summary>
/// <remarks>
/// The restricted form (optimal string alignment): no place is edited twice. Bit-parallel after Hyyrö,
/// "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003; above 64 units three rows.
/// </remarks>
internal static class DamerauLevenshtein
{
    /// <summary>The number of edits, from 0 to the length of the longer text.</summary>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length > b.Length)
        {
            var swap = a;
            a = b;
            b = swap;
        }

        if (a.Length == 0)
        {
            return b.Length;
        }

        return a.Length <= CharMask.Limit ? Short(a, b) : Long(a, b);
    }

    /// <summary>1 − distance ÷ length of the longer text: from 0 to 1; two empty texts are equal.</summary>
    public static double Similarity(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        a.Length + b.Length == 0 ? 1 : 1 - ((double)Distance(a, b) / Math.Max(a.Length, b.Length));

    private static int Short(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<char> buffer = stackalloc char[CharMask.Limit];
        var positions = new CharMask(a, buffer);
        var last = 1UL << (a.Length - 1);
        ulong up = ulong.MaxValue, down = 0, diagonal = 0, previous = 0;
        var distance = a.Length;
        foreach (var c in b)
        {
            var here = positions[c];
            var swapped = ((~diagonal & here) << 1) & previous;
            diagonal = unchecked(((here & up) + up) ^ up) | here | down | swapped;
            var right = down | ~(diagonal | up);
            var left = diagonal & up;
            distance += (right & last) != 0 ? 1 : 0;
            distance -= (left & last) != 0 ? 1 : 0;
            right = (right << 1) | 1;
            left <<= 1;
            up = left | ~(diagonal | right);
            down = right & diagonal;
            previous = here;
        }

        return distance;
    }

    private static int Long(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var width = a.Length + 1;
        var cells = ArrayPool<int>.Shared.Rent(3 * width);
        var above2 = cells.AsSpan(0, width);
        var above = cells.AsSpan(width, width);
        var row = cells.AsSpan(2 * width, width);
        for (var i = 0; i < width; i++)
        {
            above[i] = i;
        }

        for (var j = 1; j <= b.Length; j++)
        {
            row[0] = j;
            for (var i = 1; i < width; i++)
            {
                var best = Math.Min(Math.Min(above[i], row[i - 1]) + 1, above[i - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, above2[i - 2] + 1);
                }

                row[i] = best;
            }

            var spare = above2;
            above2 = above;
            above = row;
            row = spare;
        }

        var distance = above[a.Length];
        ArrayPool<int>.Shared.Return(cells);
        return distance;
    }
}
