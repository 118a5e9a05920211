using System.Text.Json.Serialization;

namespace TfFlow.Programme.Cases;

/// <remarks>seeds/002 §12: "include, but are not restricted to".</remarks>
public enum BreachKind
{
    /// <summary>The loss, theft or misuse of data or information.</summary>
    LossTheftOrMisuse = 1,

    /// <summary>Transfer or disclosure to those who are not entitled.</summary>
    WrongDisclosure,

    /// <summary>Attempts, failed or successful, to gain access.</summary>
    AttemptedAccess,

    /// <summary>Changes without authority.</summary>
    UnauthorisedChange,

    /// <summary>Unwanted disruption or denial of service.</summary>
    Disruption,

    /// <summary>Unauthorised use of the system.</summary>
    UnauthorisedUse,

    Other,
}

/// <summary>Where a breach stands.</summary>
public enum BreachState
{
    Recorded,

    /// <summary>The partner that provided the information knows.</summary>
    ProviderTold,

    Investigated,

    /// <summary>Outcome and learning are with every partner.</summary>
    Concluded,
}

/// <summary>What people do about a breach, each once.</summary>
public enum BreachStep
{
    /// <summary>It may put people at risk, which was not known when it was recorded.</summary>
    FoundSerious = 1,

    /// <summary>The police gave their word on a criminal investigation.</summary>
    PoliceConsulted,

    CommissionerNotified,

    /// <summary>The partners involved have investigated: what is found is written down.</summary>
    Investigated,

    DisciplineConsidered,

    /// <summary>Outcome and learning are written down: they go to every partner.</summary>
    OutcomeSettled,
}

public static class BreachStates
{
    public static TransitionTable<BreachState> Transitions { get; } = new(
        BreachState.Recorded,
        (BreachState.Recorded, BreachState.ProviderTold),
        (BreachState.ProviderTold, BreachState.Investigated),
        (BreachState.Investigated, BreachState.Concluded));

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(BreachState state) => state switch
    {
        BreachState.Recorded => "the partner that provided the information is being told, which happens by itself. Try again in a moment.",
        BreachState.ProviderTold => "the breach was not investigated yet. Next comes the investigation: step Investigated.",
        BreachState.Investigated => "the breach was investigated, and its outcome is not settled. Next: step OutcomeSettled.",
        _ => "the breach is concluded. Nothing more is recorded of it.",
    };
}

/// <summary>A breach of an agreement by a partner or by a third party who received information under it.</summary>
/// <remarks>seeds/002 §12.</remarks>
public sealed record Breach
{
    /// <summary>The Commissioner is told within so many hours of a breach that may put people at risk.</summary>
    /// <remarks>ours: UK GDPR Art 33(1).</remarks>
    public const int CommissionerHours = 72;

    /// <summary>"At the earliest opportunity", as we read it. Ours.</summary>
    public const int ProviderHours = 24;

    /// <summary>By then outcome and learning are with every partner. Ours: §12 names no day, and nothing waits without one.</summary>
    public const int ConclusionDays = 30;

    public required BreachState State { get; init; }

    public required BreachKind Kind { get; init; }

    /// <summary>When somebody here knew of it.</summary>
    public required DateTimeOffset AwareAt { get; init; }

    public required bool Serious { get; init; }

    /// <summary>It was done by a third party that had received the information, not by a partner.</summary>
    public bool ThirdParty { get; init; }

    /// <summary>A member of staff was found responsible.</summary>
    public bool StaffResponsible { get; init; }

    public DateTimeOffset? ProviderToldAt { get; init; }

    public DateTimeOffset? InvestigatedAt { get; init; }

    public DateTimeOffset? DisciplineConsideredAt { get; init; }

    /// <summary>When the police were asked whether a criminal investigation is required.</summary>
    public DateTimeOffset? PoliceConsultedAt { get; init; }

    public DateTimeOffset? CommissionerNotifiedAt { get; init; }

    /// <summary>When outcome and learning were written down.</summary>
    public DateTimeOffset? OutcomeSettledAt { get; init; }

    /// <summary>When outcome and learning went to all partners.</summary>
    public DateTimeOffset? LearningCirculatedAt { get; init; }

    [JsonIgnore]
    public IReadOnlyList<Deadline> Deadlines => [.. Dated.Select(dated => dated.Deadline)];

    /// <summary>The deadlines of what is not done yet, the earliest first.</summary>
    [JsonIgnore]
    public IReadOnlyList<Deadline> Open => [.. Dated.Where(dated => dated.DoneAt is null).Select(dated => dated.Deadline)];

    private IEnumerable<(Deadline Deadline, DateTimeOffset? DoneAt)> Dated =>
    [
        (new("report to the partner that provided the information", AwareAt.AddHours(ProviderHours), "seeds/002 §12 (at the earliest opportunity); the hours are ours"), ProviderToldAt),
        .. Serious
            ? [(new Deadline("notice to the Information Commissioner", AwareAt.AddHours(CommissionerHours), "seeds/002 §12; the hours are ours: UK GDPR Art 33(1)"), CommissionerNotifiedAt)]
            : Array.Empty<(Deadline, DateTimeOffset?)>(),
        (new("outcome and learning with all partners", AwareAt.AddDays(ConclusionDays), "seeds/002 §12; the days are ours"), LearningCirculatedAt),
    ];

    public IReadOnlyList<Obstacle> Obstacles(BreachState to) => !BreachStates.Transitions.Allows(State, to)
        ? [Obstacle.NotNow(BreachStates.Where(State))]
        : to switch
        {
            BreachState.ProviderTold => Obstacle.Unless((ProviderToldAt is not null, "the report to the partner that provided the information", "seeds/002 §12")),
            BreachState.Investigated => Obstacle.Unless(
                (InvestigatedAt is not null, "the investigation by the partners involved", "seeds/002 §12"),
                (PoliceConsultedAt is not null, "the police's word on a criminal investigation", "seeds/002 §12"),
                (!Serious || CommissionerNotifiedAt is not null, "the notice to the Information Commissioner of a serious breach", "seeds/002 §12")),
            _ => Obstacle.Unless(
                (!Serious || CommissionerNotifiedAt is not null, "the notice to the Information Commissioner of a serious breach", "seeds/002 §12"),
                (!StaffResponsible || DisciplineConsideredAt is not null, "disciplinary action considered by the employing partner", "seeds/002 §12"),
                (LearningCirculatedAt is not null, "outcome and learning circulated to all partners", "seeds/002 §12")),
        };

    /// <summary>What stands in the way of recording it.</summary>
    public IReadOnlyList<Obstacle> ToBegin(DateTimeOffset now) => Obstacle.Unless(
        (Enum.IsDefined(Kind), "the kind of breach: one that is named, or Other", "seeds/002 §12"),
        (AwareAt > DateTimeOffset.MinValue && AwareAt <= now, "when it was known, not a time to come", "ours: its deadlines count from then"));

    /// <summary>What stands in the way of recording a step.</summary>
    public IReadOnlyList<Obstacle> ToRecord(BreachStep step, DateTimeOffset at) =>
        !Enum.IsDefined(step) ? [new("a step that is named", "ours")]
        : State is BreachState.Concluded || OutcomeSettledAt is not null ? [new("a breach whose outcome is not settled", "ours: from then on it is with every partner")]
        : IsRecorded(step) ? [new("a step that is not recorded yet", "ours: a step is recorded once")]
        : step switch
        {
            BreachStep.Investigated => (this with { InvestigatedAt = at }).Obstacles(BreachState.Investigated),
            BreachStep.DisciplineConsidered => Obstacle.Unless((StaffResponsible, "an investigation that found staff responsible", "seeds/002 §12")),
            BreachStep.OutcomeSettled => (this with { LearningCirculatedAt = at }).Obstacles(BreachState.Concluded),
            _ => [],
        };

    /// <summary>The breach once a step is recorded.</summary>
    /// <param name="staffResponsible">What an investigation found; of no meaning for other steps.</param>
    public Breach Record(BreachStep step, DateTimeOffset at, bool staffResponsible) => step switch
    {
        BreachStep.FoundSerious => this with { Serious = true },
        BreachStep.PoliceConsulted => this with { PoliceConsultedAt = at },
        BreachStep.CommissionerNotified => this with { CommissionerNotifiedAt = at },
        BreachStep.Investigated => this with { State = BreachState.Investigated, InvestigatedAt = at, StaffResponsible = staffResponsible },
        BreachStep.DisciplineConsidered => this with { DisciplineConsideredAt = at },
        BreachStep.OutcomeSettled => this with { OutcomeSettledAt = at },
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private bool IsRecorded(BreachStep step) => step switch
    {
        BreachStep.FoundSerious => Serious,
        BreachStep.PoliceConsulted => PoliceConsultedAt is not null,
        BreachStep.CommissionerNotified => CommissionerNotifiedAt is not null,
        BreachStep.Investigated => InvestigatedAt is not null,
        BreachStep.DisciplineConsidered => DisciplineConsideredAt is not null,
        _ => OutcomeSettledAt is not null,
    };
}
