using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A date of birth is none of those that systems write where they know none: 1 January 1900, 30 December 1899.</summary>
public sealed class FillerBirthRule(int born) : RowRule(Broken, born)
{
    public static readonly Rule Broken = new("row.filler-date",
        "the person's date of birth; this is the date that a system or spreadsheet writes where none is known",
        "Write the date of birth from your records; if you do not hold it, take the row out.", "ours");

    public override bool Holds(ExtractRow row, ExtractReadOptions options) =>
        row.IsBlank(born) || !Fillers.IsBirthDate(DateOnly.FromDayNumber((int)row.NumberOf(born)));
}
