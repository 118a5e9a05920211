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
        (ReceivedOn <= today, "a day of receipt that is not in the future", "ours"));

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
                (!string.IsNullOrEmpty(Decision), "the decision and its reasons", "seeds/002 §17")),
            SubjectRequestState.Answered => Obstacle.Unless((AnsweredOn is not null, "the date of the answer", "seeds/002 §17")),
            _ => [],
        };
}
