namespace TfFlow.Programme.Rights;

/// <summary>Counts the days on which people work: neither Saturdays nor Sundays, nor the holidays that are given.</summary>
public static class WorkingDays
{
    /// <returns>The last of <paramref name="count"/> working days that follow a day.</returns>
    public static DateOnly After(DateOnly day, int count, IReadOnlySet<DateOnly> holidays)
    {
        for (; count > 0; count--)
        {
            do
            {
                day = day.AddDays(1);
            }
            while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || holidays.Contains(day));
        }

        return day;
    }
}
