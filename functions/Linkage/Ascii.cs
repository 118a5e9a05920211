using System.Buffers;

namespace TfFlow.Linkage;

/// <summary>Bytes as the ASCII characters they are: <c>[0-9]</c> and <c>[A-Z]</c>, never Unicode's.</summary>
internal static class Ascii
{
    /// <summary>Digits and the decimal point.</summary>
    public static readonly SearchValues<byte> Decimal = SearchValues.Create("0123456789."u8);

    public static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    public static bool IsLetter(byte b) => (b | 0x20) is >= 'a' and <= 'z';

    public static byte Upper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b ^ 0x20) : b;

    public static bool AllDigits(ReadOnlySpan<byte> value)
    {
        foreach (var b in value)
        {
            if (!IsDigit(b))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Copies upper-cased without spaces (and without hyphens, when told).</summary>
    /// <returns>The length written; -1 when it does not fit.</returns>
    public static int Compact(ReadOnlySpan<byte> value, Span<byte> destination, bool hyphens = false)
    {
        var length = 0;
        foreach (var b in value)
        {
            if (b == ' ' || (hyphens && b == '-'))
            {
                continue;
            }

            if (length == destination.Length)
            {
                return -1;
            }

            destination[length++] = Upper(b);
        }

        return length;
    }

    /// <summary>A number as a spreadsheet rewrites long ones (<c>9.43E+09</c>): its digits are gone.</summary>
    public static bool LooksRounded(ReadOnlySpan<byte> value)
    {
        var e = value.IndexOfAny((byte)'E', (byte)'e');
        return e > 0 && e < value.Length - 2 && value[e + 1] is (byte)'+' or (byte)'-'
            && !value[..e].ContainsAnyExcept(Decimal) && AllDigits(value[(e + 2)..]);
    }
}
