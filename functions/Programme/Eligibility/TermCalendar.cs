namespace TfFlow.Programme.Eligibility;

/// <param name="Start">First day.</param>
/// <param name="End">Last day.</param>
public sealed record Term(DateOnly Start, DateOnly End);

/// <summary>An authority's school terms.</summary>
/// <remarks>The seeds say "the last 3 consecutive terms" and not whether the term that is running is one of them. Ours: either reading is accepted,
/// the last three that have ended or the running one with the two before it.</remarks>
public sealed class TermCalendar
{
    /// <summary>How far a school's first day may lie from the authority's. Ours.</summary>
    private const int Days = 21;

    /// <summary>The longest holiday between two terms, in days. Ours.</summary>
    private const int Holiday = 56;

    private readonly Term[] terms;

    /// <exception cref="ArgumentException">Terms overlap or end before they start.</exception>
    public TermCalendar(IEnumerable<Term> terms)
    {
        this.terms = [.. terms.OrderBy(term => term.Start)];
        if (this.terms.Any(term => term.End < term.Start) || this.terms.Zip(this.terms.Skip(1)).Any(pair => pair.Second.Start <= pair.First.End))
        {
            throw new ArgumentException("Terms overlap, or one ends before it starts.", nameof(terms));
        }
    }

    /// <summary>The term that starts nearest to <paramref name="start"/>; null: none within three weeks.</summary>
    public Term? StartingAt(DateOnly start) =>
        terms.MinBy(term => Math.Abs(term.Start.DayNumber - start.DayNumber)) is { } term && Math.Abs(term.Start.DayNumber - start.DayNumber) <= Days ? term : null;

    /// <summary>The first day of the earliest of the last <paramref name="count"/> terms, by either reading.</summary>
    /// <returns>Null when the calendar does not reach back so far, or is over: its last term ended longer ago than a holiday lasts.</returns>
    public DateOnly? FirstOfLast(int count, DateOnly on)
    {
        var readings = Last(count, on).ToArray();
        return readings.Length == 0 || terms[^1].End.AddDays(Holiday) < on ? null : readings.Min(reading => reading[0].Start);
    }

    /// <summary>The earliest day on which a school's term starts that is the authority's of <paramref name="start"/>.</summary>
    public static DateOnly Earliest(DateOnly start) => start.AddDays(-Days);

    /// <summary>The terms of the last whole academic year that has ended, in their order.</summary>
    /// <param name="count">How many terms a year has.</param>
    /// <returns>Null when the calendar has no such year that ended in the year before that day.</returns>
    /// <remarks>A school year begins in August at the earliest; ours.</remarks>
    public IReadOnlyList<Term>? LastYear(int count, DateOnly on)
    {
        const int MonthsBeforeAugust = 7;
        var last = terms.GroupBy(term => term.Start.AddMonths(-MonthsBeforeAugust).Year).Where(year => year.Last().End <= on).MaxBy(year => year.Key)?.ToArray();
        return last?.Length == count && last[^1].End > on.AddYears(-1) ? last : null;
    }

    /// <summary>Every reading of "the last <paramref name="count"/> consecutive terms" on a day; none when the calendar does not reach back so far.</summary>
    public IEnumerable<IReadOnlyList<Term>> Last(int count, DateOnly on)
    {
        var ended = terms.Count(term => term.End < on);
        var begun = terms.Count(term => term.Start <= on);
        return new[] { ended, begun }.Distinct().Where(last => last >= count).Select(last => terms[(last - count)..last]);
    }
}
