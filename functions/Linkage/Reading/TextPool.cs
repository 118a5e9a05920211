using System.Numerics;
using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>Distinct values in one buffer, numbered from 1 in the order they first came; 0 is the empty value.</summary>
/// <typeparam name="T">The unit of a value: <see cref="byte"/> as read, <see cref="char"/> as compared.</typeparam>
internal sealed class TextPool<T>
    where T : unmanaged
{
    private T[] units = new T[1024];
    private int[] starts = new int[64];

    /// <summary>The high half of a place is its value's hash, the low half its number: most values are told apart without looking at them.</summary>
    private ulong[] table = new ulong[128];

    /// <summary>One more than the highest number given out.</summary>
    public int Count { get; private set; } = 1;

    public ReadOnlySpan<T> this[int id] => units.AsSpan(starts[id], starts[id + 1] - starts[id]);

    /// <summary>The number of <paramref name="value"/>, new if it is.</summary>
    public int Add(ReadOnlySpan<T> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        var bytes = MemoryMarshal.AsBytes(value);
        var tag = (uint)(Hash.Of(bytes) >> 32);
        var mask = table.Length - 1;
        for (var at = (int)(tag & (uint)mask); ; at = (at + 1) & mask)
        {
            var its = table[at];
            if (its == 0)
            {
                table[at] = ((ulong)tag << 32) | (uint)Count;
                return Append(value);
            }

            if ((uint)(its >> 32) == tag && MemoryMarshal.AsBytes(this[(int)(its & int.MaxValue)]).SequenceEqual(bytes))
            {
                return (int)(its & int.MaxValue);
            }
        }
    }

    private int Append(ReadOnlySpan<T> value)
    {
        var id = Count++;
        if (id + 2 > starts.Length)
        {
            Array.Resize(ref starts, starts.Length * 2);
        }

        var end = starts[id] + value.Length;
        if (end > units.Length)
        {
            Array.Resize(ref units, (int)BitOperations.RoundUpToPowerOf2((uint)end));
        }

        value.CopyTo(units.AsSpan(starts[id]));
        starts[id + 1] = end;
        if (Count * 3L > table.Length * 2L)
        {
            Grow();
        }

        return id;
    }

    private void Grow()
    {
        var grown = new ulong[table.Length * 2];
        var mask = grown.Length - 1;
        foreach (var its in table)
        {
            if (its == 0)
            {
                continue;
            }

            var at = (int)((its >> 32) & (uint)mask);
            while (grown[at] != 0)
            {
                at = (at + 1) & mask;
            }

            grown[at] = its;
        }

        table = grown;
    }
}
