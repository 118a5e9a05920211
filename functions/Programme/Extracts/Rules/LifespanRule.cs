using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A date of birth a living person can have, or an unborn child where the dataset knows such.</summary>
/// <param name="monthsAhead">How many months ahead an expected date of birth may lie.</param>
public sealed class LifespanRule(int born, int monthsAhead = 0) : RowRule(Broken, born)
{
    public const int MaxYears = 120;

    /// <summary>How far ahead an expected date of birth lies at most.</summary>
    public const int MonthsToBirth = 9;

    public static readonly Rule Broken = new("row.lifespan",
        "a date of birth not after the day of the extract and not more than 120 years before it",
        "Compare the date with your records, its year first.", "ours");

    public override string Expected(DatasetSpecification specification, ExtractReadOptions options) => monthsAhead == 0
        ? $"{Rule.Expected}: {options.AsOf.AddYears(-MaxYears):dd/MM/yyyy} to {options.AsOf:dd/MM/yyyy}"
        : $"a date of birth or, for an unborn child, an expected one: {options.AsOf.AddYears(-MaxYears):dd/MM/yyyy} to {options.AsOf.AddMonths(monthsAhead):dd/MM/yyyy}";

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        if (row.IsBlank(born))
        {
            return true;
        }

        // No year is shorter than 365 days: most dates need no calendar.
        var days = options.AsOf.DayNumber - row.NumberOf(born);
        return (days >= 0 || row.NumberOf(born) <= options.AsOf.AddMonths(monthsAhead).DayNumber)
            && (days <= MaxYears * 365 || row.NumberOf(born) >= options.AsOf.AddYears(-MaxYears).DayNumber
                || Fillers.IsBirthDate(DateOnly.FromDayNumber((int)row.NumberOf(born))));
    }
}
