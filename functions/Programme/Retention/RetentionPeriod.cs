using System.Globalization;
using System.Text.RegularExpressions;

namespace TfFlow.Programme.Retention;

/// <summary>A calendar period: years, months and days, written as in ISO 8601 (<c>P7Y</c>, <c>P12M</c>, <c>P0D</c>).</summary>
public readonly partial record struct RetentionPeriod(int Years, int Months, int Days)
{
    public bool IsZero => this == default;

    public static bool TryParse(string text, out RetentionPeriod period)
    {
        period = default;
        var match = Iso().Match(text);
        if (!match.Success || text == "P")
        {
            return false;
        }

        int Part(int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        period = new(Part(1), Part(2), Part(3));
        return true;
    }

    /// <summary>The start, in UTC, of the day after the period's last: an event at any hour of a day keeps its data the whole period.</summary>
    public DateTimeOffset After(DateTimeOffset start)
    {
        var day = DateOnly.FromDateTime(start.UtcDateTime).AddYears(Years).AddMonths(Months).AddDays(Days);
        return new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
    }

    /// <summary>"7 years", "1 year and 6 months", "at once".</summary>
    public string InWords => IsZero ? "at once" : string.Join(" and ", new[] { Part(Years, "year"), Part(Months, "month"), Part(Days, "day") }.Where(part => part.Length > 0));

    private static string Part(int number, string unit) => number switch
    {
        0 => "",
        1 => $"1 {unit}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{number} {unit}s"),
    };

    public override string ToString() => IsZero ? "P0D"
        : $"P{(Years > 0 ? $"{Years}Y" : "")}{(Months > 0 ? $"{Months}M" : "")}{(Days > 0 ? $"{Days}D" : "")}";

    [GeneratedRegex(@"\AP(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,5})D)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
