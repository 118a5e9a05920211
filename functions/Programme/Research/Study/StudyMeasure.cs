using System.Globalization;

namespace TfFlow.Programme.Research.Study;

/// <summary>How the cells of a measure's column become a number.</summary>
public enum MeasureKind
{
    /// <summary>A number or a percentage: the mean of the periods.</summary>
    Amount,

    /// <summary>A code: the share of the periods in which it is one of those that count as reached, 0 to 1.</summary>
    Coded,

    /// <summary>How many runs of periods without a break are above zero.</summary>
    Spells,
}

/// <summary>Something a department returns of a person for each period, and how it is read before and after the person's start.</summary>
/// <param name="Name">As the analyst asks for it.</param>
/// <param name="Dataset">The dataset of the return.</param>
/// <param name="Column">Its column.</param>
/// <param name="Title">What one figure of it is, in words.</param>
/// <param name="Success">What a family was successful in: "reducing their offending behaviour".</param>
/// <remarks>seeds/003 How will this work in practice; seeds/004 (A&amp;E, police, probation, Youth offending Team).</remarks>
public sealed record StudyMeasure(string Name, string Dataset, string Column, MeasureKind Kind, bool MoreIsBetter, string Title, string Success)
{
    /// <summary>The codes that count as reached.</summary>
    public IReadOnlyList<string> Reached { get; init; } = [];

    public static IReadOnlyList<StudyMeasure> All { get; } =
    [
        new("attendance", "return-education", "attendance", MeasureKind.Amount, true,
            "School attendance, per cent", "improving their children's school attendance"),
        new("maths_progress", "return-education", "maths_progress", MeasureKind.Coded, true,
            "Progress in maths as expected or above, share", "improving their children's progress in maths") { Reached = ["expected", "above"] },
        new("english_progress", "return-education", "english_progress", MeasureKind.Coded, true,
            "Progress in English as expected or above, share", "improving their children's progress in English") { Reached = ["expected", "above"] },
        new("weeks_on_benefits", "return-work", "weeks_on_benefits", MeasureKind.Amount, false,
            "Weeks on out-of-work benefits a quarter", "reducing their time on out-of-work benefits"),
        new("benefit_spells", "return-work", "weeks_on_benefits", MeasureKind.Spells, false,
            "Spells on out-of-work benefits in half a year", "ending their spells on out-of-work benefits"),
        new("weeks_in_work", "return-work", "weeks_in_work", MeasureKind.Amount, true,
            "Weeks in work a quarter", "increasing their time in work"),
        new("proven_offences", "return-offences", "proven_offences", MeasureKind.Amount, false,
            "Proven offences a quarter", "reducing their offending behaviour"),
        new("emergency_attendances", "return-health", "emergency_attendances", MeasureKind.Amount, false,
            "Attendances at accident and emergency a quarter", "reducing their use of accident and emergency"),
        new("police_incidents", "return-police", "police_incidents", MeasureKind.Amount, false,
            "Incidents with the police a quarter", "reducing their involvement with the police"),
        new("weeks_supervised", "return-probation", "weeks_supervised", MeasureKind.Amount, false,
            "Weeks under probation supervision a quarter", "reducing their time under probation supervision"),
        new("youth_offences", "return-youth-offending", "youth_offences", MeasureKind.Amount, false,
            "Offences known to the Youth Offending Team a quarter", "reducing youth offending"),
    ];

    public static StudyMeasure? Find(string name) => All.FirstOrDefault(measure => measure.Name == name);

    /// <summary>The column that says which period a row is about.</summary>
    public string PeriodColumn => IsYearly ? "school_year" : "quarter";

    /// <summary>For how long progress must have held.</summary>
    public string Term => IsYearly ? "one school year" : "6 months";

    private bool IsYearly => Dataset == "return-education";

    private int Months => IsYearly ? 12 : 3;

    private int Periods => IsYearly ? 1 : 2;

    /// <summary>What the last whole periods before the start come to, and the first whole ones after it.</summary>
    /// <param name="rows">Of one person: the period and the cell, as the return has them.</param>
    /// <returns>Null where a period is not returned or its cell is blank: what is not known is not guessed.</returns>
    public (double? Before, double? After) Read(DateOnly started, IEnumerable<(string Period, string Cell)> rows)
    {
        var known = rows.Select(row => (Begins: Begin(row.Period), Value: Value(row.Cell)))
            .Where(row => row is { Begins: not null, Value: not null })
            .Select(row => (Begins: row.Begins!.Value, Value: row.Value!.Value)).OrderBy(row => row.Begins).ToList();
        var (first, last) = (started.AddMonths(-Months * (Periods + 1)), started.AddMonths(Months * Periods));
        return (
            Together([.. known.Where(row => row.Begins > first && row.Begins.AddMonths(Months) <= started).Select(row => row.Value)]),
            Together([.. known.Where(row => row.Begins >= started && row.Begins < last).Select(row => row.Value)]));
    }

    /// <summary>Whether it could become better, and did. Null: there was nothing to better.</summary>
    public bool? Succeeded(double before, double after) =>
        MoreIsBetter ? Kind is MeasureKind.Coded && before >= 1 ? null : after > before
        : before > 0 ? after < before : null;

    private double? Together(double[] values) =>
        values.Length != Periods ? null
        : Kind is MeasureKind.Spells ? values.Index().Count(at => at.Item > 0 && (at.Index == 0 || values[at.Index - 1] <= 0))
        : values.Average();

    private DateOnly? Begin(string period) =>
        IsYearly ? int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 1900 and < 9999 ? new(year, 9, 1) : null
        : DateOnly.TryParseExact(period, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private double? Value(string cell) =>
        cell.Length == 0 ? null
        : Kind is MeasureKind.Coded ? Reached.Contains(cell) ? 1 : 0
        : double.TryParse(cell, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
