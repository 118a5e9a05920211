namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A date is not after the day the extract describes.</summary>
public sealed class NotFutureRule(int column) : RowRule(Broken, column)
{
    public static readonly Rule Broken = new("row.future",
        "a date not after the day of the extract",
        "Compare the date with your records, its year first.", "ours");

    public override string Expected(DatasetSpecification specification, ExtractReadOptions options) =>
        $"{Rule.Expected}, {options.AsOf:dd/MM/yyyy}";

    public override bool Holds(ExtractRow row, ExtractReadOptions options) =>
        row.IsBlank(column) || row.NumberOf(column) <= options.AsOf.DayNumber;
}
