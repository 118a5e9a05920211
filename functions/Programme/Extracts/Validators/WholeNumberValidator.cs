using System.Buffers.Text;
using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A whole number within bounds, written without leading zeros and thousands separators; 1,030, 1 030, 1'030 are understood.</summary>
public sealed class WholeNumberValidator(long min, long max) : Validator
{
    public static readonly Rule Format = new("number.format",
        "a whole number in digits",
        "Write a whole number in digits alone, without words, parts or a sign; write 0 for none.", "ours");
    public static readonly Rule Range = new("number.range",
        "a number within the bounds the specification gives",
        "Look for a digit too many, a minus sign, or the figure of another column.", "ours");

    public static readonly Rule Unit = new("number.with-unit",
        "a whole number alone; this one has a currency sign, a per cent sign or a word with it, or is a time",
        "Format the column as a number and save again; if the figure is an amount of money, a share or a time, "
            + "it is the figure of another column.", "ours");
    public static readonly Rule Hidden = new("number.hidden",
        "the number itself; this is how published tables hide small numbers",
        "Export from the system that counts, not from a published table.", "ours");

    // A number of any column has fewer figures.
    private const int MaxLength = 32;

    public override string Name => "whole-number";

    public override string Describes => $"a whole number from {min} to {max}";

    public override IReadOnlyList<Rule> Rules => [Format, Range, Unit, Hidden];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        // Most counts have one digit or two.
        if (value.Length <= 2 && Ascii.IsDigit(value[0]) && (value.Length == 1 || (Ascii.IsDigit(value[1]) && value[0] != '0')))
        {
            var plain = value.Length == 1 ? value[0] - '0' : ((value[0] - '0') * 10) + value[1] - '0';
            if (plain < min || plain > max)
            {
                return Range;
            }

            into.Write(value[0]);
            if (value.Length == 2)
            {
                into.Write(value[1]);
            }

            into.Number = plain;
            return null;
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        if (value.Length > MaxLength || !TryDigits(value, digits, out var length)
            || !Utf8Parser.TryParse(digits[..length], out long number, out var used) || !IsRest(digits[used..length]))
        {
            return Explain(value);
        }

        if (number < min || number > max)
        {
            return Range;
        }

        Write(number, into);
        return null;
    }

    // What is no whole number, by what it is.
    private static Rule Explain(ReadOnlySpan<byte> value)
    {
        var digits = value.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;
        return digits && (value[0] is (byte)'<' or (byte)'>' || value[^1] is (byte)'*' or (byte)'+') ? Hidden
            : digits && (value[0] == '$' || value[^1] == '%' || value.Contains((byte)':') || value.StartsWith("\u00A3"u8)
                || value.StartsWith("\u20AC"u8) || (Ascii.IsDigit(value[0]) && Ascii.IsLetter(value[^1]))) ? Unit
            : Format;
    }

    internal static void Write(long number, ValueWriter into)
    {
        Utf8Formatter.TryFormat(number, into.Reserve(20), out var written);
        into.Advance(written);
        into.Number = number;
    }

    // 1,030: one sign stands before every three digits, or there is none.
    private static bool TryDigits(ReadOnlySpan<byte> value, Span<byte> digits, out int length)
    {
        var point = value.IndexOf((byte)'.') is var at and >= 0 ? at : value.Length;
        var first = value.IndexOfAny((byte)',', (byte)' ', (byte)'\'');
        length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var apart = first >= 0 && value[i] == value[first];
            if (first >= 0 && apart != (i > 0 && i < point && (point - i) % 4 == 0))
            {
                return false;
            }

            if (!apart)
            {
                digits[length++] = value[i];
            }
        }

        return true;
    }

    // Excel writes 3 as 3.00 in a column formatted with decimals.
    private static bool IsRest(ReadOnlySpan<byte> rest) => rest.IsEmpty || (rest[0] == '.' && !rest[1..].ContainsAnyExcept((byte)'0'));
}
