namespace TfFlow.Programme.Research.Study;

/// <summary>Where a round of a study stands.</summary>
/// <remarks>seeds/003 How will this work in practice; seeds/004.</remarks>
public enum StudyRoundState
{
    /// <summary>Authorities' submissions come in.</summary>
    Open,

    /// <summary>The departments have their linkage files; their returns come in.</summary>
    Linking,

    /// <summary>The group report is made and waits for two people.</summary>
    Reported,

    /// <summary>The group report is out.</summary>
    Released,

    /// <summary>Everything about people is being destroyed.</summary>
    Destroying,

    Destroyed,
}

public static class StudyRoundStates
{
    public static TransitionTable<StudyRoundState> Transitions { get; } = new(
        StudyRoundState.Open,
        (StudyRoundState.Open, StudyRoundState.Linking),
        (StudyRoundState.Open, StudyRoundState.Destroying),
        (StudyRoundState.Linking, StudyRoundState.Reported),
        (StudyRoundState.Linking, StudyRoundState.Destroying),
        (StudyRoundState.Reported, StudyRoundState.Released),
        (StudyRoundState.Reported, StudyRoundState.Destroying),
        (StudyRoundState.Released, StudyRoundState.Destroying),
        (StudyRoundState.Destroying, StudyRoundState.Destroyed));
}

/// <summary>Where an authority's submission to a study stands.</summary>
public enum StudySubmissionState
{
    /// <summary>Its file is being sealed.</summary>
    Ordered,

    /// <summary>Sealed to the study's key, in the authority's own outbox.</summary>
    Sealed,

    /// <summary>The study has it; the sealed file is gone here.</summary>
    Received,
}

public static class StudySubmissionStates
{
    public static TransitionTable<StudySubmissionState> Transitions { get; } = new(
        StudySubmissionState.Ordered,
        (StudySubmissionState.Ordered, StudySubmissionState.Sealed),
        (StudySubmissionState.Sealed, StudySubmissionState.Received));
}
