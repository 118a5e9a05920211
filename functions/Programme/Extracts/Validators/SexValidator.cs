using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>Sex as a code: 0 not known, 1 male, 2 female, 9 not specified. Gender is another field.</summary>
/// <remarks>ISO/IEC 5218. Words and letters are taken for their codes (ours): U is the children in need census's "not known"; X, I and N are what
/// NHS and police systems write for "not specified".</remarks>
public sealed class SexValidator : Validator
{
    public static readonly Rule NotACode = new("sex.code",
        "M, F, U or the codes 1 male, 2 female, 0 not known, 9 not specified",
        "Write one of these codes, U where the sex is not known. A title or a gender is another field.", "ISO/IEC 5218");

    private static readonly Dictionary<string, byte>.AlternateLookup<ReadOnlySpan<byte>> Codes = new[]
    {
        ('0', "0|U|UNK|UNKNOWN|NK|NOT KNOWN|NOTKNOWN|NOT RECORDED|NOT STATED|UNBORN"),
        ('1', "1|M|MALE|BOY|MAN"),
        ('2', "2|F|FEMALE|GIRL|WOMAN"),
        ('9', "9|X|I|N|O|OTHER|INDETERMINATE|INTERSEX|NOT SPECIFIED|UNSPECIFIED|NOT APPLICABLE|PREFER NOT TO SAY|NOT DISCLOSED"),
    }.SelectMany(code => code.Item2.Split('|').Select(text => (text, (byte)code.Item1)))
        .ToDictionary(pair => pair.text, pair => pair.Item2, AsciiComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    public override string Name => "sex";

    public override string Describes => "0 not known, 1 male, 2 female, 9 not specified";

    public override IReadOnlyList<Rule> Rules => [NotACode];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (!Codes.TryGetValue(value, out var code))
        {
            return NotACode;
        }

        into.Write(code);
        return null;
    }
}
