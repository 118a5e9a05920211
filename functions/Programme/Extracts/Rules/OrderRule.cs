namespace TfFlow.Programme.Extracts.Rules;

/// <summary>One date is not after another.</summary>
public sealed class OrderRule(int earlier, int later) : RowRule(Broken, later, earlier)
{
    public static readonly Rule Broken = new("row.date-order",
        "a date not before the one it must follow (a date of birth, a start)",
        "Compare both dates with your records: one of them is wrong, or they have changed places.", "ours");

    public override bool Holds(ExtractRow row, ExtractReadOptions options) =>
        row.IsBlank(earlier) || row.IsBlank(later) || row.NumberOf(earlier) <= row.NumberOf(later);
}
