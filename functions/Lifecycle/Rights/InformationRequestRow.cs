using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Rights;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Rights;

/// <summary>A request for recorded information as its register has it: kinds, days and digests. Who asked, and their letter, stay with
/// whoever coordinates it.</summary>
public sealed record InformationRequestRow : IRegisterRow<InformationRequestState>
{
    public required string Id { get; init; }

    public required InformationRequestState State { get; init; }

    public required InformationRegime Regime { get; init; }

    public required Id<Party> Authority { get; init; }

    public required IReadOnlyList<InformationSubject> Subjects { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The account that recorded it.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>SHA-256 of the letter, lower-case hex; empty for none.</summary>
    public string LetterHash { get; init; } = "";

    public DateOnly? ExtendedOn { get; init; }

    /// <summary>What was found, as the search names it.</summary>
    public IReadOnlyList<string> ItemReferences { get; init; } = [];

    /// <summary>The partners whose information was found.</summary>
    public IReadOnlyList<Id<Party>> Partners { get; init; } = [];

    public DateTimeOffset? AskedAt { get; init; }

    public IReadOnlyList<OriginatorView> Views { get; init; } = [];

    public IReadOnlyList<ItemExemption> Exemptions { get; init; } = [];

    /// <summary>SHA-256 of the decision and its reasons; empty until there is one.</summary>
    public string DecisionHash { get; init; } = "";

    /// <summary>SHA-256 of the response, lower-case hex; empty until it was written.</summary>
    public string ResponseHash { get; init; } = "";

    public DateOnly? AnsweredOn { get; init; }

    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>The last day for the answer. Bank holidays are not known here: an answer that one would put off is due before it.</summary>
    [JsonIgnore]
    public DateOnly DueOn => Request.DueOn(SubjectRequestRow.NoHolidays);

    /// <summary>From the start of the last day on, and every seven days while it is not answered.</summary>
    public DateTimeOffset? DueAt => State is InformationRequestState.Answered ? null
        : new DateTimeOffset(DueOn, TimeOnly.MinValue, TimeSpan.Zero) is var last && EscalatedAt is { } escalated && escalated >= last
            ? escalated.AddDays(SubjectRequestRow.EscalationDays)
        : last;

    /// <summary>Partners whose view is not recorded yet.</summary>
    [JsonIgnore]
    public IEnumerable<string> Unheard => Request.Partners.Except(Request.Consulted);

    /// <summary>The request as the rules see it.</summary>
    [JsonIgnore]
    public InformationRequest Request => new()
    {
        State = State,
        Regime = Regime,
        Subjects = Subjects,
        From = From,
        To = To,
        ReceivedOn = ReceivedOn,
        Extended = ExtendedOn is not null,
        Partners = [.. Partners],
        Consulted = [.. Views.Select(view => view.Agency)],
        Exemptions = Exemptions,
        Decision = DecisionHash,
        Responded = ResponseHash.Length > 0,
    };

    public LedgerAct Act(string act, string actor, string role = "", string more = "") => new()
    {
        ActId = more.Length > 0 ? $"{act}.{Id}.{more}" : $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Authority,
        References = [Id],
    };
}

/// <summary>What a partner is asked when somebody asks for information that is the partner's too.</summary>
/// <param name="By">The last day for its view.</param>
public sealed record InformationQuestion(string Request, InformationRegime Regime, IReadOnlyList<string> Titles, DateOnly By, string Words)
    : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        Words,
        $"It is asked under the law on {Kebab.Of(Regime).Replace('-', ' ')} (request {Request}). It concerns: {string.Join("; ", Titles)}.",
        $"Your view is expected by {By.InWords()}.",
    ];
}

/// <summary>What the authority finds in its outbox on the last day of a request for information that is not answered.</summary>
public sealed record InformationEscalation(string Request, InformationRequestState State, DateOnly Due, IReadOnlyList<string> Unheard,
    string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"This is request {Request} for information. How it stands: {InformationRequestStates.Where(State)}",
        Words,
        .. Unheard.Count > 0 ? [$"Not heard yet: {string.Join(", ", Unheard)}."] : Array.Empty<string>(),
    ];
}
