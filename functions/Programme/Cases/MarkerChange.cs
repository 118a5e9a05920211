namespace TfFlow.Programme.Cases;

/// <summary>Where an instruction to the police stands.</summary>
public enum MarkerChangeState
{
    /// <summary>Decided, not sent.</summary>
    Instructed,

    /// <summary>In the outbox of the police.</summary>
    Sent,

    /// <summary>Not confirmed in time and asked for.</summary>
    Chased,

    /// <summary>Still not confirmed: with the coordinator and the police's information manager.</summary>
    Escalated,

    /// <summary>The police say it is done.</summary>
    Confirmed,

    /// <summary>An instruction to set that lost its basis before it was confirmed.</summary>
    Overtaken,
}

public static class MarkerChangeStates
{
    public static TransitionTable<MarkerChangeState> Transitions { get; } = new(
        MarkerChangeState.Instructed,
        (MarkerChangeState.Instructed, MarkerChangeState.Sent),
        (MarkerChangeState.Instructed, MarkerChangeState.Overtaken),
        (MarkerChangeState.Sent, MarkerChangeState.Confirmed),
        (MarkerChangeState.Sent, MarkerChangeState.Chased),
        (MarkerChangeState.Sent, MarkerChangeState.Overtaken),
        (MarkerChangeState.Chased, MarkerChangeState.Confirmed),
        (MarkerChangeState.Chased, MarkerChangeState.Escalated),
        (MarkerChangeState.Chased, MarkerChangeState.Overtaken),
        (MarkerChangeState.Escalated, MarkerChangeState.Confirmed),
        (MarkerChangeState.Escalated, MarkerChangeState.Overtaken));

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(MarkerChangeState state) => state switch
    {
        MarkerChangeState.Instructed => "the instruction is being sent, which happens by itself. Try again in a moment.",
        MarkerChangeState.Confirmed => "the police confirmed this instruction already.",
        MarkerChangeState.Overtaken =>
            "this instruction rested on a consent that is gone. Nothing is confirmed of it; the one that takes the marker off is: 'tfflow marker list'.",
        _ => "the police did not confirm this instruction yet. Next: 'tfflow marker confirm'.",
    };
}

public enum MarkerAction
{
    Set,
    Remove,
}

/// <summary>What the police's systems are taken to show.</summary>
public enum MarkerStanding
{
    /// <summary>None, as far as they confirmed.</summary>
    Off,

    /// <summary>Told to set one, not confirmed: it may be there.</summary>
    Setting,

    On,

    /// <summary>Told to take it off, not confirmed: it may still be there.</summary>
    Removing,
}

/// <summary>One instruction to the police about one family's marker.</summary>
/// <param name="SentAt">When it began to be sent: from then on the police may know. Null before.</param>
public sealed record MarkerChange(string CaseId, MarkerAction Action, MarkerChangeState State, DateTimeOffset? SentAt);

/// <summary>How long the police have. Agreement data; the defaults are ours.</summary>
public sealed record MarkerDeadlines
{
    /// <summary>Days from sending until the confirmation is asked for. Default 3; from 1.</summary>
    public int ChaseDays { get; init; } = 3;

    /// <summary>Days from sending until it is escalated. Default 10; more than <see cref="ChaseDays"/>.</summary>
    public int EscalateDays { get; init; } = 10;
}

/// <remarks>seeds/001 Description of intended data, 3 Final suitability. Confirmation, chasing, escalation and removal on withdrawal are ours.</remarks>
public static class MarkerRules
{
    /// <summary>A marker needs the signed consent of everyone involved and a key worker supporting the family; a duty alone never sets one.</summary>
    public static IReadOnlyList<Obstacle> ToSet(FamilyCase family) => Obstacle.Unless(
        (family.State == FamilyCaseState.Supported && !string.IsNullOrEmpty(family.KeyWorker), "a key worker who is supporting the family", "seeds/001 3 Final suitability (once a keyworker is intensively supporting)"),
        (family.Basis == SupportBasis.Consent, "the consent form signed by everyone involved: a duty alone sets no marker", "seeds/001 Description of intended data (signed a consent form)"),
        (family.Marker == MarkerStanding.Off, "no other marker or instruction for the family", "ours"));

    /// <summary>Whether a marker that is there, or may be, must go.</summary>
    public static bool MustGo(FamilyCase family) =>
        family.Marker is MarkerStanding.On or MarkerStanding.Setting && (family.State != FamilyCaseState.Supported || family.Basis != SupportBasis.Consent);

    /// <summary>What the police's systems are taken to show after a move of an instruction.</summary>
    /// <remarks>An instruction to set that was sent and then overtaken may have been carried out: only a confirmed removal says it was not.</remarks>
    public static MarkerStanding After(MarkerStanding before, MarkerAction action, MarkerChangeState from, MarkerChangeState to) => (action, to) switch
    {
        (MarkerAction.Set, MarkerChangeState.Confirmed) => MarkerStanding.On,
        (MarkerAction.Remove, MarkerChangeState.Confirmed) => MarkerStanding.Off,
        (MarkerAction.Set, MarkerChangeState.Overtaken) => from == MarkerChangeState.Instructed ? MarkerStanding.Off : MarkerStanding.Setting,
        (_, MarkerChangeState.Overtaken) => before,
        (MarkerAction.Set, _) => MarkerStanding.Setting,
        _ => MarkerStanding.Removing,
    };

    /// <summary>What stands in the way of a move beyond the table: a removal is carried through, whatever happens.</summary>
    public static IReadOnlyList<Obstacle> Obstacles(MarkerChange change, MarkerChangeState to) => !MarkerChangeStates.Transitions.Allows(change.State, to)
        ? [Obstacle.NotNow(MarkerChangeStates.Where(change.State))]
        : Obstacle.Unless(
            (to != MarkerChangeState.Overtaken || change.Action == MarkerAction.Set, "a removal is never overtaken: the police confirm it", "ours"),
            (to != MarkerChangeState.Sent || change.SentAt is not null, "when it was sent", "ours"));

    /// <returns>The next move that is due without a confirmation, and when; null when none is left.</returns>
    public static (MarkerChangeState To, DateTimeOffset At)? Next(MarkerChange change, MarkerDeadlines deadlines) => (change.State, change.SentAt) switch
    {
        (MarkerChangeState.Sent, { } sent) => (MarkerChangeState.Chased, sent.AddDays(deadlines.ChaseDays)),
        (MarkerChangeState.Chased, { } sent) => (MarkerChangeState.Escalated, sent.AddDays(deadlines.EscalateDays)),
        _ => null,
    };

    /// <summary>The families whose marker must go and for which no removal is under way: no marker without a live case.</summary>
    public static IReadOnlyList<string> Sweep(IEnumerable<FamilyCase> families) => [.. families.Where(MustGo).Select(family => family.Id)];
}
