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

public static class BreachStates
{
    public static TransitionTable<BreachState> Transitions { get; } = new(
        BreachState.Recorded,
        (BreachState.Recorded, BreachState.ProviderTold),
        (BreachState.ProviderTold, BreachState.Investigated),
        (BreachState.Investigated, BreachState.Concluded));
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

    public required BreachState State { get; init; }

    public required BreachKind Kind { get; init; }

    /// <summary>When somebody here knew of it.</summary>
    public required DateTimeOffset AwareAt { get; init; }

    public required bool Serious { get; init; }

    /// <summary>A member of staff was found responsible.</summary>
    public bool StaffResponsible { get; init; }

    public DateTimeOffset? ProviderToldAt { get; init; }

    public DateTimeOffset? InvestigatedAt { get; init; }

    public DateTimeOffset? DisciplineConsideredAt { get; init; }

    /// <summary>When the police were asked whether a criminal investigation is required.</summary>
    public DateTimeOffset? PoliceConsultedAt { get; init; }

    public DateTimeOffset? CommissionerNotifiedAt { get; init; }

    /// <summary>When outcome and learning went to all partners.</summary>
    public DateTimeOffset? LearningCirculatedAt { get; init; }

    public IReadOnlyList<Deadline> Deadlines =>
    [
        new("report to the partner that provided the information", AwareAt.AddHours(ProviderHours), "seeds/002 §12 (at the earliest opportunity); the hours are ours"),
        .. Serious ? [new Deadline("notice to the Information Commissioner", AwareAt.AddHours(CommissionerHours), "seeds/002 §12; the hours are ours: UK GDPR Art 33(1)")] : Array.Empty<Deadline>(),
    ];

    public IReadOnlyList<Obstacle> Obstacles(BreachState to) => !BreachStates.Transitions.Allows(State, to)
        ? [new($"a breach does not move from {State} to {to}", "ours: the table of transitions")]
        : to switch
        {
            BreachState.ProviderTold => Obstacle.Unless((ProviderToldAt is not null, "the report to the partner that provided the information", "seeds/002 §12")),
            BreachState.Investigated => Obstacle.Unless(
                (InvestigatedAt is not null, "the investigation by the partners involved", "seeds/002 §12"),
                (PoliceConsultedAt is not null, "the police's word on a criminal investigation", "seeds/002 §12"),
                (!Serious || CommissionerNotifiedAt is not null, "the notice to the Information Commissioner of a serious breach", "seeds/002 §12")),
            _ => Obstacle.Unless(
                (!StaffResponsible || DisciplineConsideredAt is not null, "disciplinary action considered by the employing partner", "seeds/002 §12"),
                (LearningCirculatedAt is not null, "outcome and learning circulated to all partners", "seeds/002 §12")),
        };
}
