namespace TfFlow.Programme.Cases;

/// <summary>Where a family's journey stands.</summary>
/// <remarks>seeds/001 stages 2 and 3, Evaluation and monitoring; seeds/002 §4.3.1, §10.</remarks>
public enum FamilyCaseState
{
    /// <summary>In the cohort.</summary>
    Identified,

    /// <summary>It is known what support the family already receives, and whether a multi-agency approach suits it.</summary>
    SupportAssessed,

    /// <summary>The information pack is put together.</summary>
    PackPrepared,

    /// <summary>The final check of suitability is made and professionals were asked.</summary>
    SuitabilityConfirmed,

    Invited,

    /// <summary>Everyone involved consented, or a legal duty is recorded.</summary>
    Agreed,

    /// <summary>A key worker is allocated.</summary>
    Supported,

    Completed,

    /// <summary>Support ended because its basis did.</summary>
    Withdrawn,

    /// <summary>The checks due after completion are made.</summary>
    OutcomesChecked,

    /// <summary>Assessed for signs of further risk.</summary>
    Reviewed,

    /// <summary>Assessed and did not take part: the comparison group, with its own retention.</summary>
    DidNotTakePart,

    /// <summary>Its keys and blobs are being destroyed.</summary>
    Erasing,

    /// <summary>Keys destroyed, blobs deleted, both verified, certificate in the ledger.</summary>
    Erased,
}

public static class FamilyCaseStates
{
    public static TransitionTable<FamilyCaseState> Transitions { get; } = new(
        FamilyCaseState.Identified,
        (FamilyCaseState.Identified, FamilyCaseState.SupportAssessed),
        (FamilyCaseState.Identified, FamilyCaseState.DidNotTakePart),
        (FamilyCaseState.SupportAssessed, FamilyCaseState.PackPrepared),
        (FamilyCaseState.SupportAssessed, FamilyCaseState.DidNotTakePart),
        (FamilyCaseState.PackPrepared, FamilyCaseState.SuitabilityConfirmed),
        (FamilyCaseState.PackPrepared, FamilyCaseState.DidNotTakePart),
        (FamilyCaseState.SuitabilityConfirmed, FamilyCaseState.Invited),
        (FamilyCaseState.SuitabilityConfirmed, FamilyCaseState.Agreed),
        (FamilyCaseState.SuitabilityConfirmed, FamilyCaseState.DidNotTakePart),
        (FamilyCaseState.Invited, FamilyCaseState.Agreed),
        (FamilyCaseState.Invited, FamilyCaseState.DidNotTakePart),
        (FamilyCaseState.Agreed, FamilyCaseState.Supported),
        (FamilyCaseState.Agreed, FamilyCaseState.DidNotTakePart),
        (FamilyCaseState.Supported, FamilyCaseState.Completed),
        (FamilyCaseState.Supported, FamilyCaseState.Withdrawn),
        (FamilyCaseState.Completed, FamilyCaseState.OutcomesChecked),
        (FamilyCaseState.OutcomesChecked, FamilyCaseState.Reviewed),
        (FamilyCaseState.Withdrawn, FamilyCaseState.Reviewed),
        (FamilyCaseState.Reviewed, FamilyCaseState.Erasing),
        (FamilyCaseState.DidNotTakePart, FamilyCaseState.Erasing),
        (FamilyCaseState.Erasing, FamilyCaseState.Erased));
}
