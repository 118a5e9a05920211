using System.Globalization;
using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Governance;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Governance;

/// <summary>An entry of a governance register, with who recorded it and who took each step.</summary>
public sealed record RegisterRow : IRegisterRow<RegisterState>
{
    /// <summary>Days between reminders of an overdue review. Ours.</summary>
    public const int ReminderDays = 30;

    public required string Id { get; init; }

    public required RegisterEntry Entry { get; init; }

    [JsonIgnore]
    public RegisterState State => Entry.State;

    /// <summary>The account that recorded it, and its role.</summary>
    public required string RecordedBy { get; init; }

    public required string RoleCode { get; init; }

    public IReadOnlyList<TakenStep> Steps { get; init; } = [];

    /// <summary>Of access: the account's name and contact, sealed; null: not registered.</summary>
    public SealedBlob? Contact { get; init; }

    /// <summary>What earlier attempts named and may have written. It is erased before the next attempt writes.</summary>
    public IReadOnlyList<SealedBlob> Left { get; init; } = [];

    /// <summary>Every sealed blob it has, or may have from an attempt that was cut short.</summary>
    [JsonIgnore]
    public IEnumerable<SealedBlob> Blobs => SealedBlob.IfAny(Contact).Concat(Left);

    /// <summary>When the authority was last reminded of a review that is overdue.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>When something follows by itself: a notice takes effect, a last day is over, a review is overdue; null when nothing does
    /// any more.</summary>
    public DateTimeOffset? DueAt => Entry.IsOver ? null
        : new[] { Entry.Definition.Transitions == RegisterStates.Notice ? Entry.EffectAt : null, Entry.LapsesAt, RemindAt }.Min();

    [JsonIgnore]
    public DateTimeOffset? RemindAt => Entry.OverdueAt is { } overdue && RemindedAt >= overdue ? RemindedAt.Value.AddDays(ReminderDays)
        : Entry.OverdueAt;

    /// <summary>Who recorded it and took its steps, the last one last.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Accounts => [RecordedBy, .. Steps.Select(step => step.By)];

    /// <param name="more">Tells an act that may happen again from the one before.</param>
    public LedgerAct Act(string act, string actor, string role = "", string more = "") => new()
    {
        ActId = more.Length > 0 ? $"{act}.{Id}.{more}" : $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Entry.Party,
        Agreement = Entry.Agreement,
        AgreementVersion = Entry.Version,
        Exchange = Entry.Exchange,
        Purpose = Entry.Scope.Length > 0 ? $"{Kebab.Of(Entry.Kind)}: {Entry.Scope}" : Kebab.Of(Entry.Kind),
        References = [Id],
        Hash = Entry.PaperHash,
    };
}

/// <param name="Hash">SHA-256 of the paper the step rests on; empty for none.</param>
public sealed record TakenStep(RegisterStep Step, string By, string RoleCode, DateTimeOffset At, string Hash);

/// <summary>What those concerned find in their outbox about an entry: it takes effect, is overdue, or has lapsed.</summary>
/// <param name="What">What the entry is.</param>
/// <param name="Words">What happened, and what follows.</param>
public sealed record RegisterNotice(string Entry, RegisterKind Kind, string Agreement, string Exchange, string Party,
    DateTimeOffset EffectAt, string What, string PaperSha256, string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        string.Create(CultureInfo.InvariantCulture, $"This is about {What}{About} (entry {Entry})."),
        Words,
        .. PaperSha256.Length > 0 ? [$"It rests on the paper with the SHA-256 {PaperSha256}."] : Array.Empty<string>(),
    ];

    private string About => string.Concat(
        Agreement.Length > 0 ? $", {Agreement}" : "",
        Exchange.Length > 0 ? $", exchange {Exchange}" : "",
        Party.Length > 0 ? $", {Party}" : "");

    /// <param name="words">Whole sentences.</param>
    public static RegisterNotice Of(RegisterRow row, string words) => new(
        row.Id, row.Entry.Kind, row.Entry.Agreement, row.Entry.Exchange, row.Entry.Party, row.Entry.EffectAt, row.Entry.Definition.What,
            row.Entry.PaperHash, words);
}
