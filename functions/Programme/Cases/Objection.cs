using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Cases;

/// <summary>Where a person's objection stands.</summary>
public enum ObjectionState
{
    /// <summary>Received; what it is about stops until it is decided.</summary>
    Raised,

    /// <summary>It is right: what it is about has stopped.</summary>
    Upheld,

    /// <summary>There are grounds that override it, and the person was told: what it is about goes on.</summary>
    NotUpheld,

    /// <summary>The person took it back.</summary>
    Withdrawn,
}

public static class ObjectionStates
{
    public static TransitionTable<ObjectionState> Transitions { get; } = new(
        ObjectionState.Raised,
        (ObjectionState.Raised, ObjectionState.Upheld),
        (ObjectionState.Raised, ObjectionState.NotUpheld),
        (ObjectionState.Raised, ObjectionState.Withdrawn),
        (ObjectionState.Upheld, ObjectionState.Withdrawn));

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(ObjectionState state) => state switch
    {
        ObjectionState.Raised => "the objection is not decided, and what it is about stands still. Next: 'tfflow objection decide'.",
        ObjectionState.Upheld => "the objection was upheld. The person may take it back: 'tfflow objection withdraw'.",
        ObjectionState.NotUpheld => "the objection was not upheld. A new one is a new objection: 'tfflow objection record'.",
        _ => "the objection was taken back.",
    };
}

/// <summary>Why a person objects. What they wrote stays in the letter.</summary>
/// <remarks>Ours, but for the first: seeds/002 App A (duty of confidence).</remarks>
public enum ObjectionReason
{
    /// <summary>It was told in confidence.</summary>
    Confidence = 1,

    /// <summary>The person's own situation.</summary>
    OwnSituation,

    /// <summary>It is not right.</summary>
    NotAccurate,

    /// <summary>Somebody would be in danger.</summary>
    Safety,

    Other,
}

/// <summary>A person objects to particular uses of what is known of them. The gate is asked with it.</summary>
/// <remarks>seeds/002 App A (objection to particular sharing, case by case). That an objection holds from the day it is received until it
/// is
/// decided is today's law: ours, UK GDPR Art 18(1)(d), Art 21.</remarks>
/// <param name="Family">The family's reference.</param>
/// <param name="Person">The member's reference.</param>
/// <param name="Uses">What the person objects to.</param>
/// <param name="DecidedOn">When it was upheld or not; null before.</param>
public sealed record Objection(
    ObjectionState State,
    string Family,
    string Person,
    IReadOnlyList<Use> Uses,
    ObjectionReason Reason,
    DateOnly ReceivedOn,
    DateOnly? DecidedOn = null)
{
    /// <summary>Whether a use of what is known of the person waits, or has ended, because of it.</summary>
    public bool StandsAgainst(Use use) => State is ObjectionState.Raised or ObjectionState.Upheld && Uses.Contains(use);

    /// <summary>Why something is not done, in a sentence.</summary>
    public string Words => State is ObjectionState.Upheld
        ? $"The person objected to this use on {ReceivedOn:yyyy-MM-dd}, and the objection was upheld on {DecidedOn:yyyy-MM-dd}."
        : $"The person objected to this use on {ReceivedOn:yyyy-MM-dd}; until that is decided ('tfflow objection decide') it waits.";

    /// <param name="members">Of the family, by their references; none: there is no such family.</param>
    /// <returns>What stands in the way of recording it; empty when nothing does.</returns>
    public IReadOnlyList<Obstacle> ToReceive(IReadOnlyCollection<string> members, DateOnly today) => Obstacle.Unless(
        (members.Contains(Person), "a member of a family that is kept here, each by its reference", "ours"),
        (Uses.Count > 0 && Uses.All(Enum.IsDefined), "to which uses the person objects", "seeds/002 App A"),
        (Enum.IsDefined(Reason), "why the person objects", "ours"),
        (ReceivedOn <= today, "a day of receipt that is not in the future", "ours"));

    /// <param name="paper">SHA-256 of the decision and its reasons; empty for none.</param>
    /// <returns>What stands in the way of moving it; empty when nothing does.</returns>
    public IReadOnlyList<Obstacle> Obstacles(ObjectionState to, string paper) => !ObjectionStates.Transitions.Allows(State, to)
        ? [Obstacle.NotNow(ObjectionStates.Where(State))]
        : Obstacle.Unless((to is ObjectionState.Withdrawn || paper.Length > 0, "the decision and its reasons, by their SHA-256", "ours: UK GDPR Art 21"));
}
