namespace TfFlow.Programme.Cases;

/// <summary>Where a family's journey stands.</summary>
/// <remarks>seeds/001 stages 2 and 3, Evaluation and monitoring; seeds/002 §4.3.1, §4.3.2, §10.</remarks>
public enum FamilyCaseState
{
    /// <summary>In the cohort.</summary>
    Identified,

    /// <summary>It is known what support the family already receives, and whether a multi-agency approach suits it.</summary>
    SupportAssessed,

    /// <summary>A partner supports the family already and goes on: it has no key worker of ours, and is measured and reviewed.</summary>
    PartnerLed,

    /// <summary>The information pack is put together.</summary>
    PackPrepared,

    /// <summary>The final check of suitability is made.</summary>
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
        (FamilyCaseState.Identified, FamilyCaseState.PartnerLed),
        (FamilyCaseState.Identified, FamilyCaseState.DidNotTakePart),
        (FamilyCaseState.PartnerLed, FamilyCaseState.SupportAssessed),
        (FamilyCaseState.PartnerLed, FamilyCaseState.Completed),
        (FamilyCaseState.PartnerLed, FamilyCaseState.DidNotTakePart),
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
        (FamilyCaseState.Completed, FamilyCaseState.Identified),
        (FamilyCaseState.OutcomesChecked, FamilyCaseState.Reviewed),
        (FamilyCaseState.Withdrawn, FamilyCaseState.Reviewed),
        (FamilyCaseState.Withdrawn, FamilyCaseState.Identified),
        (FamilyCaseState.Reviewed, FamilyCaseState.Erasing),
        (FamilyCaseState.DidNotTakePart, FamilyCaseState.Erasing),
        (FamilyCaseState.DidNotTakePart, FamilyCaseState.Identified),
        (FamilyCaseState.Erasing, FamilyCaseState.Erased));

    /// <summary>How a case stands and what comes next, for whoever tried something else.</summary>
    public static string Where(FamilyCaseState state) => state switch
    {
        FamilyCaseState.Identified => "the case was only opened. Next comes what support the family already receives: 'tfflow case assess'.",
        FamilyCaseState.SupportAssessed =>
            "support was assessed, and the family's information pack is being prepared, by itself: try again in a moment.",
        FamilyCaseState.PartnerLed =>
            "a partner supports the family. Once that is over: 'tfflow case complete'; if it needs a key worker after all: 'tfflow case assess'.",
        FamilyCaseState.PackPrepared =>
            "the information pack is prepared, and the family was not found suitable yet. Next comes the final check: 'tfflow case suitability'.",
        FamilyCaseState.SuitabilityConfirmed =>
            "the family was found suitable, and was not invited yet. Next comes the invitation: 'tfflow case invite'; or a legal duty: 'tfflow case duty'.",
        FamilyCaseState.Invited => "the family is invited, and not everyone has answered. Next come the answers: 'tfflow case consent'.",
        FamilyCaseState.Agreed => "the family agreed, or a duty is recorded, and no key worker is allocated. Next: 'tfflow case allocate'.",
        FamilyCaseState.Supported => "the family is supported. Next, once support is over: 'tfflow case complete'.",
        FamilyCaseState.Completed =>
            "support is completed. Next, a year after, come the checks: 'tfflow case outcomes'. "
            + "A family that needs support again: 'tfflow case reopen'.",
        FamilyCaseState.Withdrawn =>
            "support ended because consent or the duty did. Next comes the review: 'tfflow case review'. "
            + "A family that comes back: 'tfflow case reopen'.",
        FamilyCaseState.OutcomesChecked => "the outcomes were checked. Next comes the review: 'tfflow case review'.",
        FamilyCaseState.Reviewed =>
            "the case was reviewed. It is erased by itself, or reviewed again where there are signs of further risk: 'tfflow case review'.",
        FamilyCaseState.DidNotTakePart =>
            "the family does not take part. What is kept of it is erased when its agreement says so. "
            + "A family that comes back: 'tfflow case reopen'.",
        _ => "the case is erased, or is being erased. Nothing more is done with it.",
    };
}
