using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TfFlow.Linkage;

/// <summary>The keys of every record of one file in every pass, a row per record; 0 where a record takes no part in a pass. Until the passes are chosen a row holds what keys are made of.</summary>
internal sealed class KeyTable
{
    /// <summary>Passes at most: two vectors of keys.</summary>
    public const int Width = 16;

    private readonly AlignedRows<uint> keys;

    public KeyTable(Records records)
    {
        Records = records;
        keys = new(records.Count, Width);
    }

    public Records Records { get; }

    public uint this[int record, int pass]
    {
        get => keys[record, pass];
        set => keys[record, pass] = value;
    }

    public Span<uint> Row(int record) => keys[record];

    /// <summary>The passes in which two records share a key, as bits.</summary>
    public static uint Shared(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var first = Vector256.LoadUnsafe(ref left);
        var second = Vector256.LoadUnsafe(ref left, 8);
        var low = Vector256.AndNot(Vector256.Equals(first, Vector256.LoadUnsafe(ref right)), Vector256.Equals(first, Vector256<uint>.Zero));
        var high = Vector256.AndNot(Vector256.Equals(second, Vector256.LoadUnsafe(ref right, 8)), Vector256.Equals(second, Vector256<uint>.Zero));
        return low.ExtractMostSignificantBits() | (high.ExtractMostSignificantBits() << 8);
    }
}
