namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A date of birth a living person can have.</summary>
public sealed class LifespanRule(int born) : RowRule(Broken, born)
{
    public const int MaxYears = 120;

    public static readonly Rule Broken = new("row.lifespan",
        "a date of birth not after the day of the extract and not more than 120 years before it",
        "Compare the date with your records, its year first.", "ours");

    public override string Expected(DatasetSpecification specification, ExtractReadOptions options) =>
        $"{Rule.Expected}: {options.AsOf.AddYears(-MaxYears):dd/MM/yyyy} to {options.AsOf:dd/MM/yyyy}";

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        if (row.IsBlank(born))
        {
            return true;
        }

        // No year is shorter than 365 days: most dates need no calendar.
        var days = options.AsOf.DayNumber - row.NumberOf(born);
        return days >= 0 && (days <= MaxYears * 365 || row.NumberOf(born) >= options.AsOf.AddYears(-MaxYears).DayNumber);
    }
}
