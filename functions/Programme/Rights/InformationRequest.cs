using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Rights;

/// <summary>What of an authority's own working a request asks for: nothing of it is about a person who can be recognised.</summary>
public enum InformationSubject
{
    Agreements = 1,

    /// <summary>Reviews of agreements.</summary>
    Reviews,

    /// <summary>The other governance registers: approvals, contracts, risks, orders, notices of leaving.</summary>
    Registers,

    PrivacyNotices,
    Suspensions,
    Breaches,

    /// <summary>Anonymous extracts for research.</summary>
    Research,

    /// <summary>How many families, cases and records.</summary>
    Counts,
}

/// <summary>Where a request for information stands.</summary>
public enum InformationRequestState
{
    Received,

    /// <summary>With the partners whose information it touches.</summary>
    Consulting,

    /// <summary>What is given and what is not, and why, is settled.</summary>
    Decided,

    Answered,
}

public static class InformationRequestStates
{
    public static TransitionTable<InformationRequestState> Transitions { get; } = new(
        InformationRequestState.Received,
        (InformationRequestState.Received, InformationRequestState.Consulting),
        (InformationRequestState.Consulting, InformationRequestState.Decided),
        (InformationRequestState.Decided, InformationRequestState.Answered));

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(InformationRequestState state) => state switch
    {
        InformationRequestState.Received => "the request is received. Next comes the search for what is held ('tfflow foi find ID').",
        InformationRequestState.Consulting =>
            "the request is not decided yet. Next, once the partners gave their views, comes the decision ('tfflow foi decide ID').",
        InformationRequestState.Decided =>
            "the request is decided. Next comes the response ('tfflow foi respond ID'), then 'tfflow foi close ID'.",
        _ => "the request is answered already.",
    };
}

/// <summary>Something that is held and not given.</summary>
/// <param name="ItemReference">As the search names it.</param>
/// <param name="Interest">Where the exemption is qualified; null where it is not.</param>
/// <param name="Hash">SHA-256 of the reasons, lower-case hex.</param>
/// <param name="By">The account that recorded it.</param>
public sealed record ItemExemption(string ItemReference, InformationExemption Exemption, PublicInterest? Interest, string Hash, string By)
{
    /// <summary>It keeps the item back: a qualified exemption that the public interest outweighs does not.</summary>
    public bool Withholds => Interest is not PublicInterest.Disclose;
}

/// <summary>A request for recorded information, answered by the authority that received it.</summary>
/// <remarks>seeds/002 §16: all recorded information held, subject to exemptions; originators consulted. The days are today's law
/// (ours).</remarks>
public sealed record InformationRequest
{
    /// <summary>Working days in which it is answered.</summary>
    /// <remarks>ours: Freedom of Information Act 2000 s10; Environmental Information Regulations 2004 reg 5.</remarks>
    public const int AnswerDays = 20;

    /// <summary>Working days in which it is answered when it is extended.</summary>
    /// <remarks>ours: Environmental Information Regulations 2004 reg 7; for the public interest, Freedom of Information Act 2000
    /// s10(3).</remarks>
    public const int ExtendedDays = 40;

    /// <summary>Working days that a partner has for its view. Ours.</summary>
    public const int ViewDays = 10;

    public required InformationRequestState State { get; init; }

    public required InformationRegime Regime { get; init; }

    public required IReadOnlyList<InformationSubject> Subjects { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public bool Extended { get; init; }

    /// <summary>Partners whose information it touches.</summary>
    public IReadOnlyList<string> Partners { get; init; } = [];

    /// <summary>Those that were heard, or let their time pass.</summary>
    public IReadOnlyList<string> Consulted { get; init; } = [];

    public IReadOnlyList<ItemExemption> Exemptions { get; init; } = [];

    /// <summary>SHA-256 of the decision and its reasons; empty until there is one.</summary>
    public string Decision { get; init; } = "";

    /// <summary>The response was written.</summary>
    public bool Responded { get; init; }

    public DateOnly DueOn(IReadOnlySet<DateOnly> holidays) => WorkingDays.After(ReceivedOn, Extended ? ExtendedDays : AnswerDays, holidays);

    public IReadOnlyList<Obstacle> ToReceive(DateOnly today) => Obstacle.Unless(
        (Enum.IsDefined(Regime), "under which law it is asked", "seeds/002 §16"),
        (Subjects.Count > 0 && Subjects.All(Enum.IsDefined), "what it asks for", "ours"),
        (From <= To && To <= today, "a period that begins before it ends, and does not end in the future", "ours"),
        (ReceivedOn <= today, "a day of receipt that is not in the future", "ours"));

    /// <summary>What stands in the way of searching.</summary>
    public IReadOnlyList<Obstacle> ToSearch() => State is InformationRequestState.Received or InformationRequestState.Consulting
        ? [] : [Obstacle.NotNow(InformationRequestStates.Where(State))];

    /// <summary>What stands in the way of taking longer.</summary>
    /// <param name="complex">It is complex and voluminous, or a qualified exemption is weighed; and whoever asked was told.</param>
    public IReadOnlyList<Obstacle> ToExtend(DateOnly on, bool complex, IReadOnlySet<DateOnly> holidays) => Obstacle.Unless(
        (State is not InformationRequestState.Answered && !Extended, "a request that is not answered and not extended yet", "ours"),
        (complex, Regime is InformationRegime.EnvironmentalInformation ? "a request that is complex and voluminous"
            : "a qualified exemption whose public interest is weighed", "ours"),
        (on <= DueOn(holidays), $"word to whoever asked within the first {AnswerDays} working days", "ours"));

    /// <summary>What stands in the way of counting a partner as consulted.</summary>
    /// <param name="given">It gave its view; else it let its time pass.</param>
    public IReadOnlyList<Obstacle> ToHear(string partner, bool given, DateOnly? askedOn, DateOnly today, IReadOnlySet<DateOnly> holidays) =>
        Obstacle.Unless(
        (State is InformationRequestState.Consulting && Partners.Contains(partner) && !Consulted.Contains(partner),
            "a partner that was asked and is not heard yet", "seeds/002 §16"),
        (given || (askedOn is { } asked && today >= WorkingDays.After(asked, ViewDays, holidays)),
            $"its view, or {ViewDays} working days that passed without one", "ours"));

    /// <summary>What stands in the way of marking an exemption.</summary>
    /// <param name="items">What the search found.</param>
    public IReadOnlyList<Obstacle> ToExempt(ItemExemption exemption, IReadOnlyCollection<string> items)
    {
        var line = Enum.IsDefined(exemption.Exemption) ? InformationExemptions.In(exemption.Exemption, Regime) : null;
        return Obstacle.Unless(
            (State is InformationRequestState.Consulting, "a request whose search is done and that is not decided yet", "ours"),
            (items.Contains(exemption.ItemReference), "something that is held: 'tfflow foi find' names each", "ours"),
            (line is not null, $"an exemption that the law has: one of {string.Join(", ", Enum.GetValues<InformationExemption>().Where(one => InformationExemptions.In(one, Regime) is not null).Select(Kebab.Of))}", "ours"),
            (line is not { Qualified: true } || (exemption.Interest is { } interest && Enum.IsDefined(interest)),
                "the test of the public interest: withhold or disclose", "ours"),
            (line is not { Qualified: false } || exemption.Interest is null, "no test of the public interest: this exemption is absolute",
                "ours"),
            (exemption.Hash.Length > 0, "the reasons, by their SHA-256", "ours"));
    }

    public IReadOnlyList<Obstacle> Obstacles(InformationRequestState to) => !InformationRequestStates.Transitions.Allows(State, to)
        ? [Obstacle.NotNow(InformationRequestStates.Where(State))]
        : to switch
        {
            InformationRequestState.Decided => Obstacle.Unless(
                (Partners.All(Consulted.Contains), $"the views of {string.Join(", ", Partners.Except(Consulted))}", "seeds/002 §16"),
                (Decision.Length > 0, "the decision and its reasons", "seeds/002 §16")),
            InformationRequestState.Answered => Obstacle.Unless((Responded, "the response: 'tfflow foi respond'", "seeds/002 §16")),
            _ => [],
        };
}
