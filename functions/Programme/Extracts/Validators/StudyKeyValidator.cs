namespace TfFlow.Programme.Extracts.Validators;

/// <summary>The random key under which a study knows a person: 32 hexadecimal digits, normalised to lower case.</summary>
/// <remarks>Ours: what a department returns carries it in place of names, dates of birth and addresses (seeds/003).</remarks>
public sealed class StudyKeyValidator : Validator
{
    public static readonly Rule Format = new("study-key.format",
        "the study key of 32 hexadecimal digits from the linkage file; never a name, date of birth or address",
        "Copy the study key as the linkage file has it.", "seeds/003 How will this work in practice");

    public override string Name => "study-key";

    public override string Describes => "the study key from the linkage file";

    public override IReadOnlyList<Rule> Rules => [Format];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into) =>
        Hex.TryWrite(value, into) ? null : Format;
}
