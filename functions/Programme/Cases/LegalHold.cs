namespace TfFlow.Programme.Cases;

public enum LegalHoldState
{
    InForce,
    Released,
}

public static class LegalHoldStates
{
    public static TransitionTable<LegalHoldState> Transitions { get; } = new(LegalHoldState.InForce, (LegalHoldState.InForce, LegalHoldState.Released));
}

/// <summary>An order that exactly these things are not erased for now.</summary>
/// <remarks>Ours.</remarks>
/// <param name="By">Who ordered it.</param>
/// <param name="Things">References to what is held, one by one.</param>
/// <param name="ReviewOn">When it must be looked at again.</param>
public sealed record LegalHold(string Id, LegalHoldState State, string By, string Why, IReadOnlyList<string> Things, DateOnly From, DateOnly ReviewOn)
{
    /// <summary>A hold is looked at again within a year.</summary>
    public const int MaxMonths = 12;

    /// <summary>A hold whose review is overdue still holds: nothing is erased by forgetting.</summary>
    public bool Covers(string thing, DateOnly today) => State == LegalHoldState.InForce && From <= today && Things.Contains(thing);

    public bool IsOverdue(DateOnly today) => State == LegalHoldState.InForce && ReviewOn < today;

    /// <summary>What stands in the way of putting it in force.</summary>
    public IReadOnlyList<Obstacle> ToOrder() => Obstacle.Unless(
        (By.Length > 0, "who orders it", "ours"),
        (Why.Length > 0, "why", "ours"),
        (Things.Count > 0 && Things.All(thing => thing.Length > 0 && !thing.Contains('*')), "what exactly is held: references, no pattern", "ours"),
        (ReviewOn > From && ReviewOn <= From.AddMonths(MaxMonths), $"a review within {MaxMonths} months", "ours"));
}
