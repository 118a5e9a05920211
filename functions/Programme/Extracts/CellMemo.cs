using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TfFlow.Programme.Extracts;

/// <summary>What the short cells of one column came to. The same bytes in one column always come to the same, so most counts, codes, names and postcodes are checked once.</summary>
/// <remarks>A new cell takes the place of an older one. A column of few values stays small; one of many grows to 48 KiB;
/// one in which most cells are new is given up.</remarks>
internal sealed class CellMemo
{
    /// <summary>The bytes of the longest cell, and of the longest normalised value, that are kept.</summary>
    public const int Longest = 15;

    private const int FewestPlaces = 64;
    private const int MostPlaces = 1024;
    private readonly Known[] ones = new Known[256];
    private Known[] known = new Known[FewestPlaces];
    private int kept;
    private int unknown;

    /// <summary>Hardly a cell comes twice: nothing is to be looked for or kept.</summary>
    public bool IsGivenUp => known.Length == 0;

    /// <returns>The place where the cell is, or would be: another cell may stand there.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Known Find(ShortText cell) => ref known[Place(cell)];

    /// <returns>What a cell of one byte came to; empty while it is not known.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Known FindOne(byte cell) => ref ones[cell];

    private uint Place(ShortText cell) => cell.Hash & unchecked((uint)known.Length - 1);

    public void Keep(ShortText cell, Rule? rule, ReadOnlySpan<byte> normalised, long number)
    {
        // A byte of zero is no text: its place stands for all that is longer.
        if (cell.IsOne(out var letter) && letter > 0)
        {
            ones[letter] = new Known(cell, rule, new ShortText(normalised), number);
            return;
        }

        unknown++;
        if (++kept > 2 * known.Length && known.Length < MostPlaces)
        {
            Array.Clear(known);
            known = new Known[known.Length * 4];
            kept = 0;
        }

        known[Place(cell)] = new Known(cell, rule, new ShortText(normalised), number);
    }

    /// <summary>Gives the memo up if most of the cells that were looked for were new: then it costs more than it spares.</summary>
    /// <param name="lookups">How many cells were looked for since this was asked last.</param>
    public void Settle(int lookups)
    {
        if (known.Length == MostPlaces && 2 * unknown > lookups)
        {
            Array.Clear(known);
            known = [];
        }

        unknown = 0;
    }

    /// <summary>Overwrites everything with zeros: it is personal data.</summary>
    public void Clear()
    {
        Array.Clear(known);
        Array.Clear(ones);
    }

    /// <summary>A cell, and what it came to.</summary>
    /// <param name="Cell">As it stands in the file.</param>
    /// <param name="Rule">What it breaks, if anything.</param>
    internal readonly record struct Known(ShortText Cell, Rule? Rule, ShortText Value, long Number)
    {
        public bool IsEmpty => Cell.IsEmpty;
    }
}

/// <summary>Up to fifteen bytes in two words, their number in the highest byte.</summary>
internal readonly struct ShortText : IEquatable<ShortText>
{
    private readonly ulong low;
    private readonly ulong high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShortText(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        high = (ulong)length << 56;
        unchecked
        {
            if (length == 1)
            {
                low = bytes[0];
            }
            else if (length > 8)
            {
                low = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                high |= BinaryPrimitives.ReadUInt64LittleEndian(bytes[(length - 8)..]) >> (8 * (16 - length));
            }
            else if (length >= 4)
            {
                // Two halves that overlap where the bytes are fewer than eight.
                low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(length - 4)..]) << (8 * (length - 4)));
            }
            else if (length > 0)
            {
                low = bytes[0] | ((ulong)bytes[1] << 8) | ((ulong)bytes[length - 1] << (8 * (length - 1)));
            }
        }
    }

    public bool IsEmpty => high == 0;

    /// <param name="value">The byte, where there is one and no more.</param>
    public bool IsOne(out byte value)
    {
        value = unchecked((byte)low);
        return high == 1UL << 56;
    }

    /// <summary>Spread over all its bits.</summary>
    public uint Hash => (uint)(unchecked((low ^ (high * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93) >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(ShortText other) => low == other.low && high == other.high;

    public override bool Equals(object? obj) => obj is ShortText other && Equals(other);

    public override int GetHashCode() => unchecked((int)Hash);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyTo(ValueWriter writer)
    {
        var bytes = writer.Reserve(16);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], high);
        writer.Advance((int)(high >> 56));
    }
}
