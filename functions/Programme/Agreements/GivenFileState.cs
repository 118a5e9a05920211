namespace TfFlow.Programme.Agreements;

/// <summary>Where a file stands that a deployment gives a party.</summary>
public enum GivenFileState
{
    /// <summary>Ordered; it may have been written, and may not.</summary>
    Ordered,

    /// <summary>It lies sealed where it is collected.</summary>
    Given,

    /// <summary>Replaced by a later one, or its days are over: the file is gone from here.</summary>
    Removed,
}

public static class GivenFileStates
{
    public static TransitionTable<GivenFileState> Transitions { get; } = new(
        GivenFileState.Ordered,
        (GivenFileState.Ordered, GivenFileState.Given),
        (GivenFileState.Ordered, GivenFileState.Removed),
        (GivenFileState.Given, GivenFileState.Removed));
}

/// <summary>What kind of information was told, in a word: what was said is recorded nowhere.</summary>
/// <remarks>The subjects of the dataset <c>key-worker-information</c>, and what else a meeting speaks of. Ours.</remarks>
public enum InformationKind
{
    Offending = 1,
    AntiSocialBehaviour,
    DomesticViolence,
    RiskToWorker,
    Attendance,
    Employment,
    Training,
    Health,
    Support,
    Other,
}
