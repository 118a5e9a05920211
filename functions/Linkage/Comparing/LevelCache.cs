using System.Numerics;

namespace TfFlow.Linkage;

/// <summary>Remembers the level of pairs of values: a fixed table, the newest in a place stays. It changes speed, never a result.</summary>
/// <param name="values">How many distinct values there are: of few, few pairs are remembered.</param>
internal sealed class LevelCache(int values)
{
    private readonly ulong[] slots = new ulong[1 << Bits(values)];
    private readonly int shift = 64 - Bits(values);

    /// <summary>The place for the pair, and the level there or −1; puts the smaller value first. Values below 2^28.</summary>
    public ref ulong Slot(ref int a, ref int b, out int level)
    {
        if (a > b)
        {
            (a, b) = (b, a);
        }

        var key = Key(a, b);
        ref var slot = ref slots[Hash.Mix(key) >> shift];
        level = (slot & ~0xFFUL) == key ? (int)(slot & 0xFF) : -1;
        return ref slot;
    }

    public static void Fill(ref ulong slot, int a, int b, int level) => slot = Key(a, b) | (uint)level;

    private static int Bits(int values) => Math.Clamp(BitOperations.Log2((uint)values | 1) + 4, 6, 16);

    private static ulong Key(int a, int b) => ((ulong)a << 36) | ((ulong)b << 8);
}
