namespace TfFlow.Programme.Extracts.Rules;

/// <summary>Most people have a forename: a row without one is kept and told, for some have one name only and the unborn have none yet.</summary>
public sealed class ForenameRule(int forenames) : RowRule(Broken, forenames)
{
    public static readonly Rule Broken = new("row.forename",
        "a forename; the row is kept",
        "Nothing has to be done for a person of one name, written as surname, or for an unborn child; otherwise fill the cell.", "ours", Consequence.Warning);

    public override bool Holds(ExtractRow row, ExtractReadOptions options) => !row.IsBlank(forenames);
}
