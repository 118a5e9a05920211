namespace TfFlow.Programme.Retention;

/// <summary>The named events a retention clock can start at.</summary>
public enum ClockEvent
{
    /// <summary>The extract was accepted.</summary>
    Received = 1,

    /// <summary>The matching run the extract was read by ended.</summary>
    MatchingCompleted,

    /// <summary>Support ended, as completed or withdrawn.</summary>
    CaseClosed,

    ConsentWithdrawn,

    /// <summary>The outcome checks after a case were made.</summary>
    OutcomesChecked,

    /// <summary>What a study needs was handed to it.</summary>
    SentToStudy,

    ProgrammeEnded,

    ResearchEnded,

    /// <summary>The contract with a processor ended.</summary>
    ProcessingEnded,
}

/// <summary>What a rule is about: the fate of the family decides how long its data stays.</summary>
public enum RetentionClass
{
    /// <summary>Received for identification and never matched.</summary>
    Unmatched = 1,

    /// <summary>Family does not meet the criteria.</summary>
    NotMeeting,

    /// <summary>Family on the programme.</summary>
    OnProgramme,

    /// <summary>Family assessed that did not take part: the comparison group.</summary>
    ComparisonGroup,

    /// <summary>Personal data of a study.</summary>
    Study,

    /// <summary>The bare fact that someone is a member of a family on the programme.</summary>
    BareMarker,

    /// <summary>What a processor holds.</summary>
    Processor,
}

/// <summary>How long data of a class is kept: a clock event and a period, as data.</summary>
/// <param name="Period">Counted by the calendar from the clock event.</param>
/// <param name="NotBefore">A floor: never due earlier.</param>
/// <param name="Source">The line that rules it.</param>
public sealed record RetentionRule(string Id, RetentionClass Class, ClockEvent Clock, RetentionPeriod Period, DateOnly? NotBefore, string Source)
{
    /// <summary>When what the rule covers is due to be erased, given when its clock event happened.</summary>
    /// <remarks>At once when the period is zero; else at the start of the day after its last day, UTC.</remarks>
    public DateTimeOffset Due(DateTimeOffset clockEvent)
    {
        var due = Period.IsZero ? clockEvent : Period.After(clockEvent);
        return NotBefore is { } floor && due < Start(floor) ? Start(floor) : due;
    }

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
