namespace TfFlow.Programme.Extracts.Validators;

/// <summary>Sex as a code: 0 not known, 1 male, 2 female, 9 not specified. Gender is another field.</summary>
/// <remarks>ISO/IEC 5218. Words and letters are taken for their codes (ours): U is the children in need census's "not known"; X, I and N are what
/// NHS and police systems write for "not specified".</remarks>
public sealed class SexValidator : Validator
{
    public static readonly Rule NotACode = new("sex.code",
        "M, F, U or the codes 1 male, 2 female, 0 not known, 9 not specified",
        "Write one of these codes, U where the sex is not known. A title or a gender is another field.", "ISO/IEC 5218");

    public static readonly Rule NotSaid = new("sex.blank",
        "M, F or another code: this column may not be blank",
        "Write the code from your records, and U where they do not say: the row need not be left out for it.", "ISO/IEC 5218");

    private static readonly CodeValidator Codes = new(
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["0"] = Words("U|UNK|UNKNOWN|NK|N/K|?|NOT KNOWN|NOT RECORDED|NOT STATED|UNBORN"),
            ["1"] = Words("M|MALE|BOY|B|MAN"),
            ["2"] = Words("F|FEMALE|GIRL|G|WOMAN"),
            ["9"] = Words("X|I|N|O|OTHER|INDETERMINATE|UNDETERMINED|INTERSEX|NOT SPECIFIED|UNSPECIFIED|NOT APPLICABLE|PREFER NOT TO SAY|NOT DISCLOSED"),
        },
        new Dictionary<string, Rule>());

    public override string Name => "sex";

    public override string Describes => "0 not known, 1 male, 2 female, 9 not specified";

    public override IReadOnlyDictionary<string, IReadOnlyList<string>> Understood => Codes.Understood;

    public override IReadOnlyList<Rule> Rules => [NotACode, NotSaid];

    public override Rule Blank => NotSaid;

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into) => Codes.Normalise(value, into) is null ? null : NotACode;

    private static string[] Words(string words) => words.Split('|');
}
