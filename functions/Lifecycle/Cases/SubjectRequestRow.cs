using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>A person's request about their data as its register has it: references, dates and digests. Who the person is, and every letter, stays with whoever coordinates it.</summary>
public sealed record SubjectRequestRow : IRegisterRow<SubjectRequestState>
{
    /// <summary>Days between escalations of a request that is not answered in time. Ours.</summary>
    public const int EscalationDays = 7;

    public required string Id { get; init; }

    public required SubjectRequestState State { get; init; }

    public required SubjectRequestKind Kind { get; init; }

    public required Id<Party> Authority { get; init; }

    /// <summary>The families it is about; none when nothing is kept of the person.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>What partners sent about them.</summary>
    public required IReadOnlyList<RequestSource> Sources { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string RecordedBy { get; init; }

    /// <summary>When the originators were asked.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>When those that had not answered were asked again.</summary>
    public DateTimeOffset? ChasedAt { get; init; }

    public IReadOnlyList<OriginatorView> Views { get; init; } = [];

    public DateOnly? ExtendedOn { get; init; }

    public bool ExemptionsAssessed { get; init; }

    /// <summary>SHA-256 of the decision and its reasons.</summary>
    public string? DecisionHash { get; init; }

    public string? DecidedBy { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    /// <summary>When the authority was last told that it is not answered in time.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>When its orchestration must look at it, or null.</summary>
    public DateTimeOffset? DueAt => State switch
    {
        SubjectRequestState.Received => RecordedAt,
        SubjectRequestState.Answered => null,
        _ => ChaseAt < EscalateAt ? ChaseAt : EscalateAt,
    };

    /// <summary>When originators that have not answered are asked again; null once they were, or all answered.</summary>
    [JsonIgnore]
    public DateTimeOffset? ChaseAt => State is SubjectRequestState.Consulting && ChasedAt is null && Unheard.Any() ? AskedAt?.AddDays(SubjectRequest.ViewDays) : null;

    /// <summary>The last day for the answer. Bank holidays are not known here: an answer that one would put off is due before it.</summary>
    [JsonIgnore]
    public DateOnly DueOn => Request.DueOn(NoHolidays);

    /// <summary>From the start of the last day on, while it can still be met, and again while it is not.</summary>
    [JsonIgnore]
    public DateTimeOffset EscalateAt => new DateTimeOffset(DueOn, TimeOnly.MinValue, TimeSpan.Zero) is var last && EscalatedAt is { } escalated && escalated >= last
        ? escalated.AddDays(EscalationDays)
        : last;

    /// <summary>Originators whose view is not recorded yet.</summary>
    [JsonIgnore]
    public IEnumerable<string> Unheard => Request.Originators.Except(Request.Consulted);

    /// <summary>The request as the rules see it.</summary>
    [JsonIgnore]
    public SubjectRequest Request => new()
    {
        State = State,
        Kind = Kind,
        ReceivedOn = ReceivedOn,
        ExtendedOn = ExtendedOn,
        Originators = [.. Sources.Select(source => source.Agency).Distinct()],
        Consulted = [.. Views.Select(view => view.Agency)],
        ExemptionsAssessed = ExemptionsAssessed,
        Decision = DecisionHash,
        AnsweredOn = AnsweredOn,
    };

    internal static IReadOnlySet<DateOnly> NoHolidays { get; } = new HashSet<DateOnly>();

    public LedgerAct Act(string act, string actor, string role = "", string more = "") => new()
    {
        ActId = more.Length > 0 ? $"{act}.{Id}.{more}" : $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Authority,
        References = [Id, .. References],
    };
}

/// <summary>Something a partner sent that a request touches.</summary>
public sealed record RequestSource(Id<Party> Agency, Id<Extract> ExtractId);

/// <summary>That an originator gave its view, or let its time pass.</summary>
/// <param name="Hash">SHA-256 of what it wrote; empty when it gave none.</param>
/// <param name="By">The account that recorded it.</param>
public sealed record OriginatorView(Id<Party> Agency, string Hash, string By, DateTimeOffset RecordedAt);

/// <param name="RequestId">The request's row in the register.</param>
public sealed record SubjectRequestReference(string RequestId);
