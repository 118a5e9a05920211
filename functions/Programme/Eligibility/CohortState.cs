namespace TfFlow.Programme.Eligibility;

/// <summary>Where a household stands that matching kept: because it is eligible, or because somebody must look at it first.</summary>
public enum CohortState
{
    /// <summary>Its blobs are named and being sealed.</summary>
    Recorded,

    /// <summary>Whether it is eligible turns on something uncertain: it waits for a decision, until its deadline.</summary>
    InReview,

    /// <summary>A family of the programme's cohort.</summary>
    InCohort,

    /// <summary>Its keys and blobs are being destroyed.</summary>
    Erasing,

    /// <summary>Keys destroyed, blobs deleted, both verified, certificates in the ledger.</summary>
    Erased,
}

/// <summary>Why a family was taken out of the cohort. A code and no words: words would name somebody, in a record that is never erased.</summary>
public enum RemovalReason
{
    /// <summary>An agency corrected what it was found by.</summary>
    Corrected = 1,

    FoundInError,

    MovedAway,

    /// <summary>It is another family of the cohort.</summary>
    Duplicate,

    /// <summary>No child lives there any more.</summary>
    NoChild,

    /// <summary>It objected, and the objection stands.</summary>
    /// <remarks>Ours: UK GDPR Art 21.</remarks>
    Objection,
}

public static class CohortStates
{
    public static TransitionTable<CohortState> Transitions { get; } = new(
        CohortState.Recorded,
        (CohortState.Recorded, CohortState.InReview),
        (CohortState.Recorded, CohortState.InCohort),
        (CohortState.Recorded, CohortState.Erasing),
        (CohortState.InReview, CohortState.InCohort),
        (CohortState.InReview, CohortState.Erasing),
        (CohortState.InCohort, CohortState.InReview),
        (CohortState.InCohort, CohortState.Erasing),
        (CohortState.Erasing, CohortState.Erased));
}
