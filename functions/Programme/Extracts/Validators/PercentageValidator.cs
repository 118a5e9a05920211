using System.Buffers.Text;
using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>0 to 100 with at most two decimals, with or without a % sign; its number is in hundredths of a per cent.</summary>
public sealed class PercentageValidator : Validator
{
    public static readonly Rule Format = new("percentage.format",
        "a percentage in figures, like 17.5",
        "Write digits with at most two decimals, with or without a % sign.", "ours");
    public static readonly Rule Range = new("percentage.range",
        "a percentage from 0 to 100",
        "Look for a digit too many or a decimal point lost.", "ours");

    public override string Name => "percentage";

    public override string Describes => "a percentage from 0 to 100, at most two decimals";

    public override IReadOnlyList<Rule> Rules => [Format, Range];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (value is [.., (byte)'%'])
        {
            value = value[..^1].TrimEnd((byte)' ');
        }

        if (value.IsEmpty || value.ContainsAnyExcept(Ascii.Decimal)
            || !Utf8Parser.TryParse(value, out decimal number, out var used) || used != value.Length || number.Scale > 2)
        {
            return Format;
        }

        if (number > 100)
        {
            return Range;
        }

        Utf8Formatter.TryFormat(number, into.Reserve(8), out var written);
        into.Advance(written);
        into.Number = (long)(number * 100);
        return null;
    }
}
