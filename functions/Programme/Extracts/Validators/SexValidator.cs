using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>Sex as a code: 0 not known, 1 male, 2 female, 9 not specified. Gender is another field.</summary>
/// <remarks>ISO/IEC 5218. The words and first letters are taken for their codes (ours).</remarks>
public sealed class SexValidator : Validator
{
    public static readonly Rule NotACode = new("sex.code",
        "0 not known, 1 male, 2 female or 9 not specified (M and F are understood)",
        "Write one of these codes.", "ISO/IEC 5218");

    public override string Name => "sex";

    public override string Describes => "0 not known, 1 male, 2 female, 9 not specified";

    public override IReadOnlyList<Rule> Rules => [NotACode];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        var code = value switch
        {
            [(byte)'0' or (byte)'1' or (byte)'2' or (byte)'9'] => value[0],
            [(byte)'M' or (byte)'m'] => (byte)'1',
            [(byte)'F' or (byte)'f'] => (byte)'2',
            _ when System.Text.Ascii.EqualsIgnoreCase(value, "male"u8) => (byte)'1',
            _ when System.Text.Ascii.EqualsIgnoreCase(value, "female"u8) => (byte)'2',
            _ => (byte)0,
        };
        if (code == 0)
        {
            return NotACode;
        }

        into.Write(code);
        return null;
    }
}
