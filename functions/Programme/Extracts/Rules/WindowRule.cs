namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A date lies in the months up to the day the extract describes.</summary>
/// <remarks>seeds/000 Criteria, seeds/002 App B: the last twelve months; proportionate and the minimum necessary.</remarks>
public sealed class WindowRule(int column, int months) : RowRule(Broken, column)
{
    public static readonly Rule Broken = new("row.window",
        "a date within the months the exchange covers, up to the day of the extract",
        "Take out rows from before; or correct the date.", "seeds/000 §3.1, seeds/002 App B");

    public override string Expected(DatasetSpecification specification, ExtractReadOptions options) =>
        $"{Rule.Expected}: {options.AsOf.AddMonths(-months):dd/MM/yyyy} to {options.AsOf:dd/MM/yyyy}";

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        if (row.IsBlank(column))
        {
            return true;
        }

        // No month is shorter than 28 days: most dates need no calendar.
        var days = options.AsOf.DayNumber - row.NumberOf(column);
        return days >= 0 && (days <= months * 28 || row.NumberOf(column) >= options.AsOf.AddMonths(-months).DayNumber);
    }
}
