using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TfFlow.Programme.Extracts;

/// <summary>What the short cells of one column came to. The same bytes in one column always come to the same, so most counts, codes, names and postcodes are checked once.</summary>
/// <remarks>A new cell takes the place of an older one. A column of few values stays small; one of many grows to 224 KiB.</remarks>
internal sealed class CellMemo
{
    /// <summary>The bytes of the longest cell, and of the longest normalised value, that are kept.</summary>
    public const int Longest = 16;

    private const int FewestPlaces = 64;
    private const int MostPlaces = 4096;
    private Known[] known = new Known[FewestPlaces];
    private int kept;

    /// <param name="cell">As it stands in the file, of 1 to <see cref="Longest"/> bytes.</param>
    /// <returns>The place where the cell is, or would be; <see cref="Known.Is"/> tells which.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Known Find(ReadOnlySpan<byte> cell, out Text text)
    {
        text = new Text(cell);
        return ref known[text.Hash & (uint)(known.Length - 1)];
    }

    public void Keep(in Text text, Rule? rule, ReadOnlySpan<byte> normalised, long number)
    {
        if (++kept > 2 * known.Length && known.Length < MostPlaces)
        {
            Clear();
            known = new Known[known.Length * 4];
            kept = 0;
        }

        known[text.Hash & (uint)(known.Length - 1)] = new Known(text, rule, new Text(normalised), number);
    }

    /// <summary>Overwrites everything with zeros: it is personal data.</summary>
    public void Clear() => Array.Clear(known);

    /// <summary>Up to sixteen bytes.</summary>
    /// <remarks>Two words that, with the length, are the bytes: they overlap where the bytes are few.</remarks>
    internal readonly struct Text
    {
        private readonly ulong low;
        private readonly ulong high;
        private readonly int length;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Text(ReadOnlySpan<byte> bytes)
        {
            length = bytes.Length;
            (low, high) = Words(bytes);
        }

        public uint Hash
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => (uint)(unchecked(((low * 0x9E3779B97F4A7C15) ^ BitOperations.RotateLeft(high, 31) ^ (ulong)length) * 0xD6E8FEB86659FD93) >> 32);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Equals(in Text other) => low == other.low && high == other.high && length == other.length;

        public void CopyTo(ValueWriter writer)
        {
            var bytes = writer.Reserve(Longest);
            if (length >= 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, low);
                BinaryPrimitives.WriteUInt64LittleEndian(bytes[(length - 8)..], high);
            }
            else if (length >= 4)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)low);
                BinaryPrimitives.WriteUInt32LittleEndian(bytes[(length - 4)..], (uint)high);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)low);
            }

            writer.Advance(length);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (ulong Low, ulong High) Words(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length >= 8)
            {
                return (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]));
            }

            if (bytes.Length >= 4)
            {
                return (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]));
            }

            return (bytes.Length switch
            {
                0 => 0UL,
                1 => bytes[0],
                2 => bytes[0] | ((ulong)bytes[1] << 8),
                _ => bytes[0] | ((ulong)bytes[1] << 8) | ((ulong)bytes[2] << 16),
            }, 0);
        }
    }

    /// <summary>A cell, and what it came to.</summary>
    /// <param name="cell">As it stands in the file.</param>
    /// <param name="rule">What it breaks, if anything.</param>
    internal readonly struct Known(Text cell, Rule? rule, Text value, long number)
    {
        private readonly Text cell = cell;
        private readonly Text value = value;

        public Rule? Rule { get; } = rule;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Is(in Text text) => cell.Equals(text);

        public void CopyTo(ValueWriter writer)
        {
            value.CopyTo(writer);
            writer.Number = number;
        }
    }
}
