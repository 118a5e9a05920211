namespace TfFlow.Programme.Eligibility;

/// <summary>Where a matching round stands.</summary>
public enum MatchingStage
{
    /// <summary>Asked for; nothing is chosen or opened.</summary>
    Started,

    /// <summary>Its extracts are chosen; households are being looked at.</summary>
    Matching,

    /// <summary>The cohort stands; what came from partners about others is being erased.</summary>
    Erasing,

    /// <summary>Only uncertain households are left, each until its decision or its deadline.</summary>
    Reviewing,

    Completed,
}

public static class MatchingStages
{
    public static TransitionTable<MatchingStage> Transitions { get; } = new(
        MatchingStage.Started,
        (MatchingStage.Started, MatchingStage.Matching),
        (MatchingStage.Matching, MatchingStage.Erasing),
        (MatchingStage.Erasing, MatchingStage.Reviewing),
        (MatchingStage.Reviewing, MatchingStage.Completed));
}
