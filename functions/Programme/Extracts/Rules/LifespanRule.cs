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

    public override bool Holds(ExtractRow row, ExtractReadOptions options) =>
        row.IsBlank(born)
        || (row.NumberOf(born) <= options.AsOf.DayNumber && row.NumberOf(born) >= options.AsOf.AddYears(-MaxYears).DayNumber);
}
