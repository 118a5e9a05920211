using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Retention;

/// <summary>A legal hold as its register has it.</summary>
public sealed record HoldRow : IRegisterRow<LegalHoldState>
{
    /// <summary>Days between reminders of an overdue review. Ours.</summary>
    public const int ReminderDays = 30;

    public required string Id { get; init; }

    /// <summary>What is held: extracts, families with their cases, requests for anonymous extracts, rounds of a study.</summary>
    public required LegalHold Hold { get; init; }

    [JsonIgnore]
    public LegalHoldState State => Hold.State;

    /// <summary>The role of the account that placed it.</summary>
    public required string RoleCode { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public string? ReviewedBy { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>When the authority was last reminded of a review that is overdue.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    public string? ReleasedBy { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>When its review is overdue, and every <see cref="ReminderDays"/> days from then on; null once it is released.</summary>
    public DateTimeOffset? DueAt => State is LegalHoldState.Released ? null
        : RemindedAt is { } reminded && reminded >= Overdue ? reminded.AddDays(ReminderDays)
        : Overdue;

    private DateTimeOffset Overdue => new(Hold.ReviewOn.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    public LedgerAct Act(string act, string actor, string role = "", string more = "") => new()
    {
        ActId = more.Length > 0 ? $"{act}.{Id}.{more}" : $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Hash = Hold.OrderHash,
        References = [Id, .. Hold.References],
        Count = Hold.References.Count,
    };
}

/// <summary>What the authority, or the study, finds in its outbox when a hold's review is overdue.</summary>
public sealed record HoldReminder(string Hold, int Things, DateOnly ReviewOn, string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"Legal hold {Hold} covers {Things} thing{(Things == 1 ? "" : "s")}.",
        Words,
    ];
}

/// <summary>A legal hold covers what was to be erased: it is not, and stays due.</summary>
public sealed class HeldException(string reference)
    : Exception($"{reference} is under a legal hold and is not erased. It is erased once every hold on it is released: GET /holds lists them."), IFailureCode
{
    public string Code => "held";
}
