using System.Globalization;
using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Retention;

/// <summary>How long data of a class is kept: a clock event and a period, as data.</summary>
/// <param name="Period">Counted by the calendar from the clock event.</param>
/// <param name="NotBefore">A floor: never due earlier ("at least until").</param>
/// <param name="Source">The line that rules it.</param>
public sealed record RetentionRule(string Id, RetentionClass Class, ClockEvent Clock, RetentionPeriod Period, DateOnly? NotBefore, string Source)
{
    /// <summary>The paper's own words for it; empty when it gives none.</summary>
    public string Words { get; init; } = "";

    /// <summary>The partner it was agreed with for what that partner provides: it then stands in place of the general line.</summary>
    /// <remarks>seeds/002 §10: "unless agreed otherwise with the providing partner organisation".</remarks>
    public Id<Party>? AgreedWith { get; init; }

    /// <summary>When what the rule covers is due to be erased, given when its clock event happened.</summary>
    /// <remarks>At once when the period is zero; else at the start of the day after its last day, UTC.</remarks>
    public DateTimeOffset Due(DateTimeOffset clockEvent)
    {
        var due = Period.IsZero ? clockEvent : Period.After(clockEvent);
        return NotBefore is { } floor && due < Start(floor) ? Start(floor) : due;
    }

    /// <summary>The last day, as the paper counts: what is due at the start of a day was kept to the end of the day before.</summary>
    public static DateOnly LastDay(DateTimeOffset due) =>
        DateOnly.FromDateTime(due.UtcDateTime.AddTicks(due.UtcDateTime.TimeOfDay == TimeSpan.Zero ? -1 : 0));

    /// <summary>The line as a sentence, with its source: what a certificate quotes.</summary>
    public override string ToString()
    {
        var words = Words.Length > 0 ? $"\"{Words}\" " : "";
        return $"{words}{Id}: erased {InWords} ({Source})";
    }

    /// <summary>"12 months after support ended, and not before 1 June 2015".</summary>
    public string InWords
    {
        get
        {
            var floor = NotBefore is { } day ? string.Create(CultureInfo.InvariantCulture, $", and not before {day:d MMMM yyyy}") : "";
            var with = AgreedWith is { } partner ? $", as agreed with {partner}" : "";
            return $"{(Period.IsZero ? "at once when" : $"{Period.InWords} after")} {Clock.InWords()}{floor}{with}";
        }
    }

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
