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
    private int[] table = new int[128];
    private uint[] tags = new uint[64];

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
        var hash = Hash.Of(bytes);
        var tag = (uint)(hash >> 32);
        var mask = table.Length - 1;
        for (var at = (int)(hash & (uint)mask); ; at = (at + 1) & mask)
        {
            var id = table[at];
            if (id == 0)
            {
                table[at] = Count;
                return Append(value, tag);
            }

            if (tags[id] == tag && MemoryMarshal.AsBytes(this[id]).SequenceEqual(bytes))
            {
                return id;
            }
        }
    }

    private int Append(ReadOnlySpan<T> value, uint tag)
    {
        var id = Count++;
        if (id + 2 > starts.Length)
        {
            Array.Resize(ref starts, starts.Length * 2);
            Array.Resize(ref tags, tags.Length * 2);
        }

        var end = starts[id] + value.Length;
        if (end > units.Length)
        {
            Array.Resize(ref units, (int)BitOperations.RoundUpToPowerOf2((uint)end));
        }

        value.CopyTo(units.AsSpan(starts[id]));
        starts[id + 1] = end;
        tags[id] = tag;
        if (Count * 2L > table.Length)
        {
            Grow();
        }

        return id;
    }

    private void Grow()
    {
        table = new int[table.Length * 2];
        var mask = table.Length - 1;
        for (var id = 1; id < Count; id++)
        {
            var at = (int)(Hash.Of(MemoryMarshal.AsBytes(this[id])) & (uint)mask);
            while (table[at] != 0)
            {
                at = (at + 1) & mask;
            }

            table[at] = id;
        }
    }
}
