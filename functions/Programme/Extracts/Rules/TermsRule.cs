using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A term is one of the last three consecutive ones. The authority's own terms decide, where its matching plan gives them for the day the extract
/// describes: what matching would count is accepted. Else it is the term that began last before that day, and the two before it.</summary>
/// <remarks>seeds/000 Criteria 2, seeds/002 App D 2. Without a plan's terms they go by the month they begin in (ours): autumn from August, spring from
/// December, summer from April.</remarks>
public sealed class TermsRule(int starts) : RowRule(Broken, starts)
{
    private const int Count = 3;

    public static readonly Rule Broken = new("row.terms",
        "the start of one of the last three consecutive terms, up to the day of the extract",
        "Take out rows about older terms; or correct the day on which the term starts.", "seeds/000 Criteria 2, seeds/002 App D 2");

    public override string Expected(DatasetSpecification specification, ExtractReadOptions options) =>
        $"{Rule.Expected}: {First(options):dd/MM/yyyy} to {options.AsOf:dd/MM/yyyy}";

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        if (row.IsBlank(starts))
        {
            return true;
        }

        var first = Own(options) is { } own ? TermCalendar.Earliest(own) : First(options);
        return row.NumberOf(starts) >= first.DayNumber && row.NumberOf(starts) <= options.AsOf.DayNumber;
    }

    private static DateOnly First(ExtractReadOptions options) => Own(options) ?? StartOf(TermOf(options.AsOf) - (Count - 1));

    private static DateOnly? Own(ExtractReadOptions options) => options.Terms?.FirstOfLast(Count, options.AsOf);

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
