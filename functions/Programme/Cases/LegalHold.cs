namespace TfFlow.Programme.Cases;

public enum LegalHoldState
{
    /// <summary>Placed, and reviewed again and again until it is released.</summary>
    InForce,
    Released,
}

public static class LegalHoldStates
{
    public static TransitionTable<LegalHoldState> Transitions { get; } = new(LegalHoldState.InForce, (LegalHoldState.InForce, LegalHoldState.Released));
}

/// <summary>Why something is held. Which claim, court or person it is about says the written order alone.</summary>
public enum HoldReason
{
    /// <summary>No reason: it cannot be placed.</summary>
    None,
    LegalClaim,
    CourtOrder,

    /// <summary>A notice of the Information Commissioner.</summary>
    CommissionersNotice,
    PublicInquiry,
    CriminalInvestigation,

    /// <summary>Somebody asked for what is kept about them, and is not answered yet.</summary>
    SubjectRequest,
}

/// <summary>An order that exactly these things are not erased for now. It keeps from erasure, and permits no use.</summary>
/// <remarks>Ours.</remarks>
/// <param name="By">Who ordered it.</param>
/// <param name="OrderHash">SHA-256 of the written order, lower-case hex: the order itself may name people.</param>
/// <param name="References">References to what is held, one by one.</param>
/// <param name="ReviewOn">The last day on which it may be looked at again.</param>
public sealed record LegalHold(LegalHoldState State, string By, HoldReason Why, string OrderHash, IReadOnlyList<string> References, DateOnly From, DateOnly ReviewOn)
{
    /// <summary>A hold is looked at again within a year.</summary>
    public const int MaxMonths = 12;

    /// <summary>Who must review more than this at once, has not looked at what exactly is held.</summary>
    public const int MaxThings = 100;

    /// <summary>A hold whose review is overdue still holds: nothing is erased by forgetting.</summary>
    public bool Covers(string thing) => State == LegalHoldState.InForce && References.Contains(thing);

    public bool IsOverdue(DateOnly today) => State == LegalHoldState.InForce && ReviewOn < today;

    /// <summary>What stands in the way of putting it in force.</summary>
    public IReadOnlyList<Obstacle> ToPlace() =>
    [
        .. Obstacle.Unless(
            (By.Length > 0, "who orders it", "ours"),
            (Why != HoldReason.None && Enum.IsDefined(Why), "why: one of the reasons", "ours"),
            (OrderHash.Length > 0, "the written order", "ours"),
            (References.Count is > 0 and <= MaxThings && References.All(thing => thing.Length > 0 && !thing.Contains('*')), $"what exactly is held: at most {MaxThings} references, no pattern", "ours")),
        .. WithinAYear(From, ReviewOn),
    ];

    /// <summary>What stands in the way of its staying in force until another review.</summary>
    public IReadOnlyList<Obstacle> ToReview(DateOnly today, DateOnly next) => [.. StillInForce(), .. WithinAYear(today, next)];

    /// <summary>What stands in the way of its release.</summary>
    public IReadOnlyList<Obstacle> ToRelease() => StillInForce();

    private IReadOnlyList<Obstacle> StillInForce() => Obstacle.Unless((State == LegalHoldState.InForce, "a hold that is in force", "ours"));

    private static IReadOnlyList<Obstacle> WithinAYear(DateOnly from, DateOnly review) =>
        Obstacle.Unless((review > from && review <= from.AddMonths(MaxMonths), $"a review within {MaxMonths} months", "ours"));
}
