namespace TfFlow.Linkage.Tests.Comparing;

/// <summary>The comparators as their definitions say, without a thought for speed.</summary>
internal static class ReferenceComparators
{
    public static int Edits(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }

    public static double JaroWinkler(string one, string other)
    {
        var (a, b) = one.Length < other.Length || (one.Length == other.Length && string.CompareOrdinal(one, other) <= 0) ? (one, other) : (other, one);
        if (a.Length == 0)
        {
            return b.Length == 0 ? 1 : 0;
        }

        var reach = Math.Max(0, (b.Length / 2) - 1);
        var taken = new bool[b.Length];
        var (left, right) = (new List<char>(), new SortedDictionary<int, char>());
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - reach); j < Math.Min(b.Length, i + reach + 1); j++)
            {
                if (!taken[j] && a[i] == b[j])
                {
                    taken[j] = true;
                    left.Add(a[i]);
                    right.Add(j, b[j]);
                    break;
                }
            }
        }

        if (left.Count == 0)
        {
            return 0;
        }

        var moved = left.Zip(right.Values, (x, y) => x == y ? 0 : 1).Sum() / 2;
        double m = left.Count;
        var jaro = ((m / a.Length) + (m / b.Length) + ((m - moved) / m)) / 3;
        var prefix = 0;
        while (prefix < Math.Min(4, a.Length) && a[prefix] == b[prefix])
        {
            prefix++;
        }

        return jaro <= 0.7 ? jaro : jaro + (prefix * 0.1 * (1 - jaro));
    }
}
