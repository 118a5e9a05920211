using System.Numerics;

namespace TfFlow.Programme.Research.Microdata;

/// <summary>Which records cannot be told apart by the chosen columns.</summary>
/// <remarks>Exact: codes are packed in a mixed-radix 64-bit key, made dense again whenever the next column would not fit.</remarks>
public sealed class EquivalenceClasses
{
    private EquivalenceClasses(int[] classOf, int[] sizes) => (ClassOf, Sizes) = (classOf, sizes);

    /// <summary>For each row its class, numbered in order of first appearance.</summary>
    public int[] ClassOf { get; }

    /// <summary>For each class the number of its records.</summary>
    public int[] Sizes { get; }

    public int Count => Sizes.Length;

    /// <summary>The classes over <paramref name="columns"/>; over none, all records are one class.</summary>
    /// <param name="rows">How many rows every column has.</param>
    public static EquivalenceClasses Of(int rows, IEnumerable<MicroColumn> columns) =>
        Of(rows, columns.Select(column => (column.Codes, column.Values.Count)), weights: null);

    /// <param name="weights">How many records each row stands for; null: one.</param>
    internal static EquivalenceClasses Of(int rows, IEnumerable<(int[] Codes, int Distinct)> columns, int[]? weights)
    {
        var keys = new ulong[rows];
        var radix = 1UL;
        foreach (var (codes, distinct) in columns)
        {
            var width = (ulong)distinct;
            if (radix > ulong.MaxValue / Math.Max(width, 1))
            {
                radix = Densify(keys);
            }

            for (var row = 0; row < rows; row++)
            {
                keys[row] = (keys[row] * width) + (uint)codes[row];
            }

            radix *= width;
        }

        var count = (int)Densify(keys);
        var (classOf, sizes) = (new int[rows], new int[count]);
        for (var row = 0; row < rows; row++)
        {
            classOf[row] = (int)keys[row];
            sizes[classOf[row]] += weights is null ? 1 : weights[row];
        }

        return new(classOf, sizes);
    }

    /// <summary>Replaces each key by its place in order of first appearance.</summary>
    /// <returns>How many distinct keys there are.</returns>
    private static ulong Densify(ulong[] keys)
    {
        // Open addressing, at most half full; 0 is an empty slot, so places are kept one higher.
        var bits = BitOperations.Log2((uint)Math.Max(keys.Length, 4)) + 2;
        var (slots, distinct, count) = (new int[1 << bits], new ulong[keys.Length], 0);
        for (var row = 0; row < keys.Length; row++)
        {
            var key = keys[row];
            var slot = (int)(unchecked(key * 0x9E3779B97F4A7C15UL) >> (64 - bits));
            while (slots[slot] != 0 && distinct[slots[slot] - 1] != key)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            if (slots[slot] == 0)
            {
                distinct[count++] = key;
                slots[slot] = count;
            }

            keys[row] = (uint)(slots[slot] - 1);
        }

        return (ulong)count;
    }
}
