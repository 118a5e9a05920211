using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TfFlow.Linkage;

/// <summary>Positions of a character in a text of at most 64 UTF-16 units, as a bit mask; sixteen units a comparison.</summary>
internal ref struct CharMask
{
    /// <summary>Longest text the bit-parallel comparators take.</summary>
    public const int Limit = 64;

    private readonly ReadOnlySpan<ushort> padded;

    /// <param name="text">At most <see cref="Limit"/> units.</param>
    /// <param name="buffer">At least <see cref="Limit"/> units, kept by the caller while the mask is used.</param>
    public CharMask(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var length = (text.Length + 15) & ~15;
        text.CopyTo(buffer);
        padded = MemoryMarshal.Cast<char, ushort>(buffer[..length]);
        Valid = text.Length == Limit ? ulong.MaxValue : (1UL << text.Length) - 1;
    }

    /// <summary>Bits of the positions that exist; what lies beyond the text is whatever the buffer held.</summary>
    public ulong Valid { get; }

    public readonly ulong this[char c]
    {
        get
        {
            var wanted = Vector256.Create((ushort)c);
            var mask = 0UL;
            for (var at = 0; at < padded.Length; at += 16)
            {
                mask |= (ulong)Vector256.Equals(Vector256.Create(padded.Slice(at, 16)), wanted).ExtractMostSignificantBits() << at;
            }

            return mask & Valid;
        }
    }
}
