using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Rights;
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

    /// <summary>Of an objection: to what.</summary>
    public IReadOnlyList<Use> Uses { get; init; } = [];

    /// <summary>Where the person was found when it was last searched.</summary>
    public IReadOnlyList<FoundRecord> Found { get; init; } = [];

    public DateTimeOffset? SearchedAt { get; init; }

    /// <summary>The originators that were asked.</summary>
    public IReadOnlyList<Id<Party>> Asked { get; init; } = [];

    /// <summary>Parts of what is held that are not given.</summary>
    public IReadOnlyList<PartExemption> Exemptions { get; init; } = [];

    /// <summary>Who read the answer and released it.</summary>
    public IReadOnlyList<BundleRelease> Releases { get; init; } = [];

    /// <summary>When what is held was given to the person, and the SHA-256 of it, lower-case hex.</summary>
    public DateTimeOffset? ExportedAt { get; init; }

    public string ExportHash { get; init; } = "";

    public SubjectRequestOutcome? Outcome { get; init; }

    /// <summary>Objections that were recorded because of it: by them what it is about waits.</summary>
    public IReadOnlyList<string> ObjectionIds { get; init; } = [];

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When it was last tried to do what was decided; a legal hold puts it off.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>When what was decided was done, and the originators told; of access nothing has to be.</summary>
    public DateTimeOffset? CarriedOutAt { get; init; }

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
        SubjectRequestState.Consulting when Unasked.Any() => AskedAt,
        SubjectRequestState.Answered => CarryOutAt,
        SubjectRequestState.Decided when CarryOutAt < EscalateAt => CarryOutAt,
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

    /// <summary>Originators that the search found and that are not asked yet.</summary>
    [JsonIgnore]
    public IEnumerable<string> Unasked => Unheard.Except(Asked.Select(agency => agency.Text));

    /// <summary>When what was decided is to be done; null: it is done, or nothing is.</summary>
    [JsonIgnore]
    public DateTimeOffset? CarryOutAt => State is not (SubjectRequestState.Decided or SubjectRequestState.Answered) || Outcome is null || Kind is SubjectRequestKind.Access || CarriedOutAt is not null
        ? null
        : TriedAt?.AddDays(1) ?? DecidedAt;

    /// <summary>Where the person is, surely or as somebody decided.</summary>
    [JsonIgnore]
    public IEnumerable<FoundRecord> Theirs => Found.Where(record => record.IsTheirs);

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
        Found = Theirs.Any(),
        Outcome = Outcome,
        Exported = ExportedAt is not null,
        Uses = Uses,
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
