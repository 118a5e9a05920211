using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>The category of an exclusion: permanent, suspension (formerly fixed period) or lunchtime.</summary>
/// <remarks>DfE common basic data set: PERM, SUSP, LNCH; FIXD is read as SUSP.</remarks>
public sealed class ExclusionCategoryValidator : Validator
{
    public static readonly Rule NotACode = new("exclusion.category",
        "PERM, SUSP (formerly FIXD) or LNCH",
        "Write PERM for a permanent exclusion, SUSP for a suspension, LNCH for lunchtimes.", "DfE common basic data set");

    public override string Name => "exclusion-category";

    public override string Describes => "PERM permanent, SUSP suspension, LNCH lunchtime";

    public override IReadOnlyList<Rule> Rules => [NotACode];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        Span<byte> code = stackalloc byte[4];
        if (Ascii.Compact(value, code) != 4)
        {
            return NotACode;
        }

        if (code.SequenceEqual("FIXD"u8))
        {
            "SUSP"u8.CopyTo(code);
        }

        if (!code.SequenceEqual("PERM"u8) && !code.SequenceEqual("SUSP"u8) && !code.SequenceEqual("LNCH"u8))
        {
            return NotACode;
        }

        into.Write(code);
        return null;
    }
}
