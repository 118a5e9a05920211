using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A United Kingdom telephone number, normalised to its digits from the leading 0.</summary>
public sealed class PhoneValidator : Validator
{
    public static readonly Rule Format = new("phone.format",
        "a telephone number of ten or eleven digits that begins with 0 or +44",
        "Write one number with its area code, and nothing else in the cell.", "Ofcom numbering plan");
    public static readonly Rule ZeroLost = new("phone.leading-zero-lost",
        "a number that begins with 0; a spreadsheet has taken the zero away",
        "Format the column as text and export again.", "ours");

    public override string Name => "phone";

    public override string Describes => "a telephone number with its leading 0";

    public override IReadOnlyList<Rule> Rules => [Format, ZeroLost];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        Span<byte> digits = stackalloc byte[16];
        var length = 0;
        foreach (var b in value)
        {
            if (b is (byte)' ' or (byte)'-' or (byte)'(' or (byte)')')
            {
                continue;
            }

            if (length == digits.Length || !(Ascii.IsDigit(b) || (b == '+' && length == 0)))
            {
                return Format;
            }

            digits[length++] = b;
        }

        var number = digits[..length];
        ReadOnlySpan<byte> local = number.StartsWith("+44"u8) ? number[3..] : number.StartsWith("0044"u8) ? number[4..] : number is [(byte)'0', ..] ? number[1..] : default;
        local = local is [(byte)'0', ..] ? local[1..] : local;
        if (local.Length is 9 or 10 && local[0] != '+')
        {
            into.Write((byte)'0');
            into.Write(local);
            return null;
        }

        return number.Length is 9 or 10 && number[0] is >= (byte)'1' and <= (byte)'9' ? ZeroLost : Format;
    }
}
