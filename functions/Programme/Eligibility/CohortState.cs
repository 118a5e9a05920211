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

public static class CohortStates
{
    public static TransitionTable<CohortState> Transitions { get; } = new(
        CohortState.Recorded,
        (CohortState.Recorded, CohortState.InReview),
        (CohortState.Recorded, CohortState.InCohort),
        (CohortState.Recorded, CohortState.Erasing),
        (CohortState.InReview, CohortState.InCohort),
        (CohortState.InReview, CohortState.Erasing),
        (CohortState.InCohort, CohortState.Erasing),
        (CohortState.Erasing, CohortState.Erased));
}
