using System.Buffers.Text;
using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A whole number within bounds, without leading zeros or thousands separators.</summary>
public sealed class WholeNumberValidator(long min, long max) : Validator
{
    public static readonly Rule Format = new("number.format",
        "a whole number in digits",
        "Write digits alone, without words or commas; write 0 for none.", "ours");
    public static readonly Rule Range = new("number.range",
        "a number within the bounds the specification gives",
        "Look for a digit too many, or for the figure of another column.", "ours");

    public override string Name => "whole-number";

    public override string Describes => $"a whole number from {min} to {max}";

    public override IReadOnlyList<Rule> Rules => [Format, Range];

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

        if (!Utf8Parser.TryParse(value, out long number, out var used) || !IsRest(value[used..]))
        {
            return Format;
        }

        if (number < min || number > max)
        {
            return Range;
        }

        Write(number, into);
        return null;
    }

    internal static void Write(long number, ValueWriter into)
    {
        Utf8Formatter.TryFormat(number, into.Reserve(20), out var written);
        into.Advance(written);
        into.Number = number;
    }

    // Excel writes 3 as 3.00 in a column formatted with decimals.
    private static bool IsRest(ReadOnlySpan<byte> rest) => rest.IsEmpty || (rest[0] == '.' && !rest[1..].ContainsAnyExcept((byte)'0'));
}
