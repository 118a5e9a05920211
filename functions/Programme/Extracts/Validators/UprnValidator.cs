using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A unique property reference number: up to twelve digits, padded with zeros to twelve. It has no check digit.</summary>
public sealed class UprnValidator : Validator
{
    public static readonly Rule Format = new("uprn.format",
        "a property reference of at most twelve digits",
        "Write the digits of the reference and nothing else.", "GeoPlace");
    public static readonly Rule Zeros = new("uprn.zeros",
        "a property reference; zeros alone are none",
        "Leave the cell blank where the reference is not known.", "ours");

    private const int Length = 12;

    public override string Name => "uprn";

    public override string Describes => "a unique property reference number";

    public override IReadOnlyList<Rule> Rules => [Format, Zeros];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (value.Length > Length || !Ascii.AllDigits(value))
        {
            return Format;
        }

        if (value.IndexOfAnyExcept((byte)'0') < 0)
        {
            return Zeros;
        }

        into.Write("000000000000"u8[value.Length..]);
        into.Write(value);
        return null;
    }
}
