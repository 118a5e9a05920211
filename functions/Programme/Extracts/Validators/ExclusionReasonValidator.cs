using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>The reason of an exclusion: a code of two letters. One that is not known is kept and told, for the set is revised by the year.</summary>
/// <remarks>DfE common basic data set.</remarks>
public sealed class ExclusionReasonValidator : Validator
{
    public static readonly Rule Format = new("exclusion.reason",
        "a reason of two letters, like DB",
        "Write the code of the reason, not its words.", "DfE common basic data set");
    public static readonly Rule Unknown = new("exclusion.reason-unknown",
        "a reason of the common basic data set; the row is kept",
        "Compare the code with the list of the common basic data set; if it is right, nothing has to be done.", "DfE common basic data set", Consequence.Warning);

    private static readonly HashSet<string> Known = new(
        ["PP", "PA", "VP", "VA", "BU", "RA", "LG", "DS", "SM", "DA", "DM", "TH", "DB", "OT", "OW", "MT", "PH"], AsciiComparer.Instance);

    public override string Name => "exclusion-reason";

    public override string Describes => "a reason for exclusion of the common basic data set";

    public override IReadOnlyList<Rule> Rules => [Format, Unknown];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (value.Length != 2 || !Ascii.IsLetter(value[0]) || !Ascii.IsLetter(value[1]))
        {
            return Format;
        }

        into.Write(Ascii.Upper(value[0]));
        into.Write(Ascii.Upper(value[1]));
        return Known.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(value) ? null : Unknown;
    }
}
