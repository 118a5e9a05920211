using System.Text.Json.Serialization;
using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Cases;

/// <summary>Where the suspension of an agreement stands. What still goes through meanwhile is the gate's: <see cref="AgreementGate"/>.</summary>
public enum SuspensionState
{
    InForce,

    /// <summary>The Risk Assessment and Resolution meeting took place.</summary>
    MeetingHeld,

    /// <summary>Ended by the meeting's resolution.</summary>
    Lifted,

    /// <summary>Its days are over.</summary>
    Lapsed,
}

public static class SuspensionStates
{
    /// <remarks>"Any suspension will be subject to" the meeting: none is lifted before it.</remarks>
    public static TransitionTable<SuspensionState> Transitions { get; } = new(
        SuspensionState.InForce,
        (SuspensionState.InForce, SuspensionState.MeetingHeld),
        (SuspensionState.InForce, SuspensionState.Lapsed),
        (SuspensionState.MeetingHeld, SuspensionState.Lifted),
        (SuspensionState.MeetingHeld, SuspensionState.Lapsed));

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(SuspensionState state) => state switch
    {
        SuspensionState.InForce => "the Risk Assessment and Resolution meeting was not held yet. It is recorded first ('tfflow agreement meeting ID').",
        SuspensionState.MeetingHeld => "the meeting was held. Next the suspension is lifted ('tfflow agreement lift ID'), or lapses by itself.",
        SuspensionState.Lifted => "the suspension is lifted already.",
        _ => "the suspension has lapsed.",
    };
}

/// <summary>A partner's suspension of an agreement because security has been seriously breached.</summary>
/// <remarks>seeds/002 §15.</remarks>
/// <param name="By">The party that gave it.</param>
/// <param name="EvidenceHash">SHA-256 of the evidence, lower-case hex: the evidence itself may name people.</param>
/// <param name="MeetingAt">When the meeting was held; null before.</param>
/// <param name="Panel">The parties whose signatory or nominee sat at the meeting.</param>
public sealed record Suspension(
    SuspensionState State, Id<Party> By, DateTimeOffset GivenAt, bool InWriting, bool SeriousBreach, string EvidenceHash, DateTimeOffset? MeetingAt, IReadOnlyList<Id<Party>> Panel)
{
    [JsonIgnore]
    public DateTimeOffset LapsesAt => GivenAt.AddDays(AgreementNotice.SuspensionDays);

    [JsonIgnore]
    public Deadline MeetingDeadline => new("Risk Assessment and Resolution meeting", GivenAt.AddDays(AgreementNotice.MeetingDays), "seeds/002 §15");

    [JsonIgnore]
    public IReadOnlyList<Deadline> Deadlines =>
    [
        new("access restricted", GivenAt, "seeds/002 §15 (as soon as possible); at once is ours"),
        MeetingDeadline,
        new("end of the suspension", LapsesAt, "seeds/002 §15"),
    ];

    /// <summary>What stands in the way of its coming into force.</summary>
    public IReadOnlyList<Obstacle> ToBegin() => Obstacle.Unless(
        (InWriting, "the suspension in writing", "seeds/002 §15"),
        (SeriousBreach, "a serious breach of security", "seeds/002 §15"),
        (EvidenceHash.Length > 0, "the evidence", "seeds/002 §15"));

    /// <param name="parties">The ids of the agreement's signatories.</param>
    public IReadOnlyList<Obstacle> Obstacles(SuspensionState to, DateTimeOffset now, IReadOnlyList<Id<Party>> parties) =>
        !SuspensionStates.Transitions.Allows(State, to)
            ? [Obstacle.NotNow(SuspensionStates.Where(State))]
            : to switch
            {
                SuspensionState.MeetingHeld => Obstacle.Unless(
                    (MeetingAt is { } at && at >= GivenAt && at <= now, "the date of the meeting, after the suspension and not to come", "seeds/002 §15"),
                    (parties.All(Panel.Contains), $"a signatory or nominee of {string.Join(", ", parties.Except(Panel))}", "seeds/002 §15")),
                SuspensionState.Lapsed => Obstacle.Unless((now >= LapsesAt, $"the end of its {AgreementNotice.SuspensionDays} days", "seeds/002 §15")),
                _ => [],
            };
}
