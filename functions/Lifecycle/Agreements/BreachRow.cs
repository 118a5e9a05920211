using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>A breach of an agreement as its register has it: kinds, dates, parties, digests of papers. What happened, and to whom, stays in the papers.</summary>
public sealed record BreachRow : IRegisterRow<BreachState>
{
    public required string Id { get; init; }

    public required Breach Breach { get; init; }

    public required string Agreement { get; init; }

    public required string AgreementVersion { get; init; }

    /// <summary>The exchange whose information it is about.</summary>
    public required Id<Exchange> Exchange { get; init; }

    /// <summary>The party that reported it.</summary>
    public required string By { get; init; }

    /// <summary>The party that provided the information.</summary>
    public required Id<Party> Provider { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>SHA-256 of the report, lower-case hex.</summary>
    public required string ReportHash { get; init; }

    public IReadOnlyList<BreachPaper> Papers { get; init; } = [];

    /// <summary>When the authority was last told what is overdue: of a deadline before that it is not told again.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    [JsonIgnore]
    public BreachState State => Breach.State;

    /// <summary>At once while a notice is to go out, then at the next deadline that is not escalated.</summary>
    public DateTimeOffset? DueAt => Breach switch
    {
        { State: BreachState.Recorded } => RecordedAt,
        { State: BreachState.Concluded } => null,
        { OutcomeSettledAt: { } settled } => settled,
        _ => Breach.Open.FirstOrDefault(deadline => !(deadline.At <= EscalatedAt))?.At,
    };

    /// <summary>An act on this breach: one of each kind in its life.</summary>
    public LedgerAct Act(string act, string actor, string role = "") => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Provider,
        Agreement = Agreement,
        AgreementVersion = AgreementVersion,
        Exchange = Exchange,
        References = [Id],
    };

    internal static string ActOf(BreachStep step) => "breach." + Kebab.Of(step);
}

/// <summary>What a step rests on.</summary>
/// <param name="Hash">SHA-256 of the paper, lower-case hex: the paper itself may name people.</param>
/// <param name="By">The account that recorded the step.</param>
public sealed record BreachPaper(BreachStep Step, string Hash, string By);

/// <param name="BreachId">The breach's row in the register.</param>
public sealed record BreachReference(string BreachId);

/// <summary>What the partner that provided the information is told at once.</summary>
/// <param name="ReportHash">SHA-256 of the report, lower-case hex.</param>
/// <param name="ThirdParty">It was done by a third party that had received the information.</param>
/// <param name="Contact">Whom the agreement names for it, by post; empty for nobody.</param>
public sealed record BreachNotice(
    string Breach, string Agreement, Id<Exchange> Exchange, BreachKind Kind, bool Serious, bool ThirdParty, DateTimeOffset AwareAt, string ReportedBy, string Contact, string ReportHash, string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"{BreachWords.Of(Serious, Kind)} under {Agreement}{BreachWords.Under(Exchange)} was recorded as {Breach}.",
        $"It was reported by {ReportedBy}, where it was known on {AwareAt.InWords()}.",
        .. ThirdParty ? ["It was done by a third party that had received the information."] : Array.Empty<string>(),
        .. Contact.Length > 0 ? [$"The agreement names for you: {Contact}."] : Array.Empty<string>(),
        Words,
        $"The report is the paper with the SHA-256 {ReportHash}.",
    ];
}

/// <summary>What the authority finds in its outbox when something about a breach is overdue.</summary>
/// <param name="Due">What is due, since when, by which line.</param>
public sealed record BreachEscalation(string Breach, string Agreement, BreachState State, IReadOnlyList<Deadline> Due) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"Something is overdue about breach {Breach} of {Agreement}.",
        .. Due.Select(due => $"The {due.What} was due by {due.At.InWords()} ({due.Source})."),
        $"How it stands: {BreachStates.Where(State)}",
    ];
}

/// <summary>What every party of the agreement is told at the end.</summary>
/// <param name="OutcomeHash">SHA-256 of the paper with outcome and learning, lower-case hex.</param>
public sealed record BreachOutcome(
    string Breach,
    string Agreement,
    Id<Exchange> Exchange,
    BreachKind Kind,
    bool Serious,
    DateTimeOffset AwareAt,
    DateTimeOffset? ProviderToldAt,
    DateTimeOffset? PoliceConsultedAt,
    DateTimeOffset? CommissionerNotifiedAt,
    DateTimeOffset? InvestigatedAt,
    string OutcomeHash,
    string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"{BreachWords.Of(Serious, Kind)} under {Agreement}{BreachWords.Under(Exchange)} is concluded ({Breach}). It was known on {AwareAt.InWords()}.",
        .. Steps.Where(step => step.At is not null).Select(step => $"{step.What} on {step.At!.Value.InWords()}."),
        Words,
        $"The SHA-256 of that paper is {OutcomeHash}.",
    ];

    private IEnumerable<(string What, DateTimeOffset? At)> Steps =>
    [
        ("The partner that provided the information was told", ProviderToldAt),
        ("The police were consulted", PoliceConsultedAt),
        ("The Information Commissioner was told", CommissionerNotifiedAt),
        ("It was investigated", InvestigatedAt),
    ];
}

/// <summary>A breach as its documents name it.</summary>
internal static class BreachWords
{
    public static string Of(bool serious, BreachKind kind) => $"A {(serious ? "serious " : "")}breach ({Kebab.Of(kind).Replace('-', ' ')})";

    public static string Under(Id<Exchange> exchange) => exchange == default ? "" : $", exchange {exchange},";
}
