using System.Numerics;
using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>Distinct values in one buffer, numbered from 1 in the order they first came; 0 is the empty value. See <see cref="HashNumbers"/>.</summary>
/// <typeparam name="T">The unit of a value: <see cref="byte"/> as read, <see cref="char"/> as compared.</typeparam>
internal sealed class TextPool<T>
    where T : unmanaged
{
    private readonly HashNumbers numbers = new();
    private T[] units = new T[1024];
    private int[] starts = new int[64];

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

        var id = numbers.Number(Hash.Of(MemoryMarshal.AsBytes(value)));
        if (id == Count)
        {
            Append(value);
        }

        return id;
    }

    /// <summary>Adds the values of another, and gives the number each of its numbers has here.</summary>
    public int[] Join(TextPool<T> other)
    {
        var numbersHere = new int[other.Count];
        for (var id = 1; id < other.Count; id++)
        {
            numbersHere[id] = Add(other[id]);
        }

        return numbersHere;
    }

    private void Append(ReadOnlySpan<T> value)
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
    }
}
