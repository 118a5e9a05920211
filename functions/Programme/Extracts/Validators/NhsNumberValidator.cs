using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>An NHS number: ten digits, the last a modulus 11 check digit; normalised without spaces.</summary>
/// <remarks>NHS Data Dictionary: weights 10…2; 11 − (sum mod 11); 11 becomes 0; 10 is never issued. Every digit ten times over passes the sum and is no number.</remarks>
public sealed class NhsNumberValidator : Validator
{
    public static readonly Rule Format = new("nhs-number.format",
        "ten digits",
        "Write all ten digits and nothing else; spaces and hyphens between them do no harm.", "NHS Data Dictionary");
    public static readonly Rule CheckDigit = new("nhs-number.check-digit",
        "an NHS number whose last digit agrees with the others",
        "Compare it with your records: a digit is wrong, or two have changed places.", "NHS Data Dictionary");
    public static readonly Rule Repeated = new("nhs-number.repeated",
        "an NHS number; one digit ten times is none",
        "Leave the cell blank where the number is not known.", "ours");
    public static readonly Rule TestOnly = new("nhs-number.test-only",
        "a number of a patient; those that begin with 999 are issued for tests",
        "Write the person's own number; take out rows made to try a system.", "NHS Data Dictionary");

    public override string Name => "nhs-number";

    public override string Describes => "an NHS number of ten digits";

    public override IReadOnlyList<Rule> Rules => [Format, CheckDigit, Repeated, TestOnly];

    /// <remarks>For a test number the value is written as well: a reading may allow them.</remarks>
    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        Span<byte> digits = stackalloc byte[10];
        if (Ascii.Compact(value, digits, hyphens: true) != 10 || !Ascii.AllDigits(digits))
        {
            return Format;
        }

        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            sum += (digits[i] - '0') * (10 - i);
        }

        var check = (11 - (sum % 11)) % 11;
        if (check != digits[9] - '0')
        {
            return CheckDigit;
        }

        if (digits.IndexOfAnyExcept(digits[0]) < 0)
        {
            return Repeated;
        }

        into.Write(digits);
        return digits.StartsWith("999"u8) ? TestOnly : null;
    }
}
