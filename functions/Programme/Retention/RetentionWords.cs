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

public static class ClockEvents
{
    /// <summary>As a sentence has it: "matching was completed".</summary>
    public static string InWords(this ClockEvent clock) => clock switch
    {
        ClockEvent.Received => "it was received",
        ClockEvent.MatchingCompleted => "matching was completed",
        ClockEvent.CaseClosed => "support ended",
        ClockEvent.ConsentWithdrawn => "consent was withdrawn",
        ClockEvent.OutcomesChecked => "the outcome checks were made",
        ClockEvent.SentToStudy => "it was sent to the study",
        ClockEvent.ProgrammeEnded => "the programme ended",
        ClockEvent.ResearchEnded => "the research ended",
        ClockEvent.ProcessingEnded => "the processing ended",
        _ => throw new ArgumentOutOfRangeException(nameof(clock)),
    };
}
