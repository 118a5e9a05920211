using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Cases;

/// <summary>What a person asks about their own data.</summary>
public enum SubjectRequestKind
{
    /// <summary>A copy of it.</summary>
    Access = 1,
    Rectification,
    Erasure,
    Restriction,

    /// <summary>That particular information is not shared.</summary>
    Objection,
}

/// <summary>What was decided about a request.</summary>
public enum SubjectRequestOutcome
{
    /// <summary>What the person asks is done.</summary>
    Granted = 1,

    /// <summary>As far as it can be.</summary>
    Partly,

    /// <summary>It is not, and the person is told why.</summary>
    Refused,
}

/// <summary>Where a request stands.</summary>
public enum SubjectRequestState
{
    Received,

    /// <summary>With the partners the information came from.</summary>
    Consulting,

    /// <summary>What is given, changed or refused, and why, is settled.</summary>
    Decided,

    Answered,
}

public static class SubjectRequestStates
{
    public static TransitionTable<SubjectRequestState> Transitions { get; } = new(
        SubjectRequestState.Received,
        (SubjectRequestState.Received, SubjectRequestState.Consulting),
        (SubjectRequestState.Consulting, SubjectRequestState.Decided),
        (SubjectRequestState.Decided, SubjectRequestState.Answered));

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(SubjectRequestState state) => state switch
    {
        SubjectRequestState.Received => "the agencies that sent the information are being asked, which happens by itself. Try again in a moment.",
        SubjectRequestState.Consulting => "the request is not decided yet. Next, once the agencies gave their views, comes the decision ('tfflow request decide ID').",
        SubjectRequestState.Decided => "the request is decided. Next comes the answer to the person ('tfflow request close ID').",
        _ => "the request is answered already.",
    };
}

/// <summary>A request, coordinated and answered by the organisation that received it.</summary>
/// <remarks>seeds/002 §17, App A sixth principle.</remarks>
public sealed record SubjectRequest
{
    /// <summary>Months in which it is answered.</summary>
    /// <remarks>ours: UK GDPR Art 12(3), today's law.</remarks>
    public const int Months = 1;

    /// <summary>Months by which a complex request, or one of many, may be put off.</summary>
    /// <remarks>ours: UK GDPR Art 12(3).</remarks>
    public const int MoreMonths = 2;

    /// <summary>Days an originator has to give its view.</summary>
    /// <remarks>ours: half of the month.</remarks>
    public const int ViewDays = 14;

    public required SubjectRequestState State { get; init; }

    public required SubjectRequestKind Kind { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    /// <summary>When the person was told, with reasons, that it takes longer; null: it does not.</summary>
    public DateOnly? ExtendedOn { get; init; }

    /// <summary>The agencies whose information it touches.</summary>
    public IReadOnlyList<string> Originators { get; init; } = [];

    /// <summary>Those that were asked for their views, and gave them or let their time pass.</summary>
    public IReadOnlyList<string> Consulted { get; init; } = [];

    /// <summary>Exemptions were assessed together with the originators.</summary>
    public bool ExemptionsAssessed { get; init; }

    /// <summary>The decision in words; null until there is one.</summary>
    public string? Decision { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    /// <summary>Something is held about the person, as the search found.</summary>
    public bool Found { get; init; }

    /// <summary>Null until it is decided, and of a request for access that is given.</summary>
    public SubjectRequestOutcome? Outcome { get; init; }

    /// <summary>What is held was given to the person.</summary>
    public bool Exported { get; init; }

    /// <summary>What the person objects to; none of a request that is not an objection.</summary>
    public IReadOnlyList<Use> Uses { get; init; } = [];

    /// <summary>The uses that wait while the request is not decided, and stay away once it is granted: what is contested, restricted, objected to
    /// or to be erased is not used.</summary>
    /// <remarks>ours: UK GDPR Art 18(1), Art 21.</remarks>
    public IReadOnlyList<Use> Withheld => Kind is SubjectRequestKind.Access || Outcome is SubjectRequestOutcome.Refused ? []
        : Kind is SubjectRequestKind.Objection ? Uses
        : Enum.GetValues<Use>();

    /// <summary>What stands in the way of looking for the person.</summary>
    public IReadOnlyList<Obstacle> ToSearch() => Obstacle.Unless(
        (State is SubjectRequestState.Received or SubjectRequestState.Consulting, "a request that is not decided yet", "ours"));

    /// <summary>What stands in the way of putting together what is held.</summary>
    /// <param name="searched">It was looked for the person.</param>
    public IReadOnlyList<Obstacle> ToRead(bool searched) => Obstacle.Unless(
        (Kind is SubjectRequestKind.Access, "a request for access", "ours: UK GDPR Art 15"),
        (searched, "a search for the person: 'tfflow request find'", "ours"));

    /// <summary>The last day for the answer: the same day of the month, or its last, and on a day that is no working day the next that is.</summary>
    /// <param name="holidays">Days, beside Saturdays and Sundays, on which nobody works.</param>
    public DateOnly DueOn(IReadOnlySet<DateOnly> holidays)
    {
        var due = ReceivedOn.AddMonths(ExtendedOn is null ? Months : Months + MoreMonths);
        while (due.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || holidays.Contains(due))
        {
            due = due.AddDays(1);
        }

        return due;
    }

    /// <summary>What stands in the way of taking longer.</summary>
    /// <param name="complex">The request is complex, or the person made many.</param>
    public IReadOnlyList<Obstacle> ToExtend(DateOnly on, bool complex, IReadOnlySet<DateOnly> holidays) => Obstacle.Unless(
        (State != SubjectRequestState.Answered, "a request that is not answered", "ours"),
        (ExtendedOn is null, "no extension before this one", "ours: UK GDPR Art 12(3)"),
        (complex, "a request that is complex, or one of many", "ours: UK GDPR Art 12(3)"),
        (on <= DueOn(holidays), "word to the person within the first month", "ours: UK GDPR Art 12(3)"));

    /// <summary>What stands in the way of recording it as received.</summary>
    public IReadOnlyList<Obstacle> ToReceive(DateOnly today) => Obstacle.Unless(
        (Enum.IsDefined(Kind), "what the person asks", "seeds/002 §17"),
        (ReceivedOn <= today, "a day of receipt that is not in the future", "ours"),
        (Kind is SubjectRequestKind.Objection || Uses.Count == 0, "uses with an objection alone: the other rights are against no use", "ours"),
        (Uses.All(Enum.IsDefined), "uses there are", "ours"));

    /// <summary>What stands in the way of counting an originator as consulted.</summary>
    /// <param name="given">It gave its view; else it let its time pass: the month runs whether it answers or not.</param>
    /// <param name="askedOn">Null: it was not asked.</param>
    public IReadOnlyList<Obstacle> ToHear(string originator, bool given, DateOnly? askedOn, DateOnly today) => Obstacle.Unless(
        (State == SubjectRequestState.Consulting && Originators.Contains(originator) && !Consulted.Contains(originator), "an originator that was asked and is not heard yet", "seeds/002 §17"),
        (given || today >= askedOn?.AddDays(ViewDays), $"its view, or {ViewDays} days that passed without one", "ours"));

    public IReadOnlyList<Obstacle> Obstacles(SubjectRequestState to) => !SubjectRequestStates.Transitions.Allows(State, to)
        ? [Obstacle.NotNow(SubjectRequestStates.Where(State))]
        : to switch
        {
            SubjectRequestState.Decided => Obstacle.Unless(
                (Originators.All(Consulted.Contains), $"the views of {string.Join(", ", Originators.Except(Consulted))}", "seeds/002 §17"),
                (Originators.Count == 0 || ExemptionsAssessed, "exemptions assessed together with the originators", "seeds/002 App A, sixth principle"),
                (!string.IsNullOrEmpty(Decision), "the decision and its reasons", "seeds/002 §17"),
                (Kind is SubjectRequestKind.Access || !Found || (Outcome is { } outcome && Enum.IsDefined(outcome)), "whether it is granted, granted in part, or refused", "ours"),
                (Kind is not SubjectRequestKind.Objection || !Found || Uses.Count > 0, "to which uses the person objects: open the request with them", "seeds/002 App A")),
            SubjectRequestState.Answered => Obstacle.Unless(
                (AnsweredOn is not null, "the date of the answer", "seeds/002 §17"),
                (Kind is not SubjectRequestKind.Access || !Found || Exported || Outcome is SubjectRequestOutcome.Refused,
                    "what is held, given to the person: 'tfflow request export'", "ours: UK GDPR Art 15")),
            _ => [],
        };
}
