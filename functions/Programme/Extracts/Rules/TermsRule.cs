namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A term is one of the last three consecutive ones: the one that began last before the day the extract describes, and the two before it.</summary>
/// <remarks>seeds/000 Criteria 2, seeds/002 App D 2. Terms by the month they begin in (ours): autumn from August, spring from December, summer from April.</remarks>
public sealed class TermsRule(int starts) : RowRule(Broken, starts)
{
    public static readonly Rule Broken = new("row.terms",
        "the start of one of the last three consecutive terms, up to the day of the extract",
        "Take out rows about older terms; or correct the day on which the term starts.", "seeds/000 Criteria 2, seeds/002 App D 2");

    public override string Expected(DatasetSpecification specification, ExtractReadOptions options) =>
        $"{Rule.Expected}: {StartOf(TermOf(options.AsOf) - 2):dd/MM/yyyy} to {options.AsOf:dd/MM/yyyy}";

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        if (row.IsBlank(starts))
        {
            return true;
        }

        var term = TermOf(DateOnly.FromDayNumber((int)row.NumberOf(starts)));
        var last = TermOf(options.AsOf);
        return row.NumberOf(starts) <= options.AsOf.DayNumber && term > last - 3;
    }

    // Terms counted through: three a school year.
    private static int TermOf(DateOnly day) => day.Month switch
    {
        >= 8 and <= 11 => day.Year * 3,
        12 => (day.Year * 3) + 1,
        <= 3 => ((day.Year - 1) * 3) + 1,
        _ => ((day.Year - 1) * 3) + 2,
    };

    private static DateOnly StartOf(int term) => (term % 3) switch
    {
        0 => new(term / 3, 8, 1),
        1 => new(term / 3, 12, 1),
        _ => new((term / 3) + 1, 4, 1),
    };
}
