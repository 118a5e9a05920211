using TfFlow.Programme.Outcomes;

namespace TfFlow.Programme.Cases;

/// <summary>What is recorded of a family's journey: references, dates and decisions. No personal data.</summary>
public sealed record FamilyCase
{
    public required string Id { get; init; }

    public required FamilyCaseState State { get; init; }

    /// <summary>Opaque references to the members who are involved.</summary>
    public IReadOnlyList<string> Involved { get; init; } = [];

    public SupportAssessment? Assessment { get; init; }

    /// <summary>When the information pack was put together.</summary>
    public DateOnly? PackOn { get; init; }

    public SuitabilityCheck? Suitability { get; init; }

    /// <summary>The risk to somebody who visits alone that stands; null: none is known.</summary>
    public LoneWorkerRisk? Risk { get; init; }

    /// <summary>What the pack's sources say of it: one check a source.</summary>
    public IReadOnlyList<CurrencyCheck> Currency { get; init; } = [];

    public DateOnly? InvitedOn { get; init; }

    public IReadOnlyList<Consent> Consents { get; init; } = [];

    public LegalDuty? Duty { get; init; }

    /// <summary>The account of the key worker; null: none allocated.</summary>
    public string? KeyWorker { get; init; }

    /// <summary>The last word of the police on the marker.</summary>
    public MarkerStanding Marker { get; init; } = MarkerStanding.Off;

    /// <summary>When support was completed or ended.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>What its measurement came to that decided its outcome; null: it is not decided.</summary>
    public OutcomeResult? Outcome { get; init; }

    public CaseReview? Review { get; init; }

    public SupportBasis Basis => ConsentRules.Basis(Involved, Consents, Duty);
}

/// <param name="MultiAgency">Whether a multi-agency approach suits the family. It decides nothing by itself: a key worker may bring a team
/// together.</param>
/// <param name="LedBy">The partner that supports the family already and goes on; null: none does.</param>
public sealed record SupportAssessment(DateOnly On, string By, bool MultiAgency, string? LedBy = null);

/// <param name="LoneWorkerConsidered">Whether someone in the household is a danger to a lone key worker was looked at.</param>
/// <param name="ByTwo">The family is visited by two, never by one.</param>
/// <param name="Reason">Why it is not suitable; null where it is.</param>
public sealed record SuitabilityCheck(
    DateOnly On, string By, bool LoneWorkerConsidered, bool Suitable, bool ByTwo = false, UnsuitableReason? Reason = null);

/// <summary>Why a family was found unsuitable in the final check. What is behind it stays in the papers.</summary>
/// <remarks>seeds/001 3 Final suitability names the first; the others are ours.</remarks>
public enum UnsuitableReason
{
    RiskToWorker = 1,

    /// <summary>What it receives already does.</summary>
    SupportedAlready,

    /// <summary>It needs protection or treatment before support of this kind.</summary>
    OtherHelpFirst,

    /// <summary>Its sources say that what it was found by is no longer current.</summary>
    NoLongerCurrent,

    /// <summary>The professionals who were asked advised against it.</summary>
    ProfessionalJudgement,

    MovedAway,
}

/// <param name="FurtherRisk">There are signs of further risk, so that the family's information is kept and reviewed again.</param>
public sealed record CaseReview(DateOnly On, string By, bool FurtherRisk);
