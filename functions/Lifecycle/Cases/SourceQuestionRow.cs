using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>A question to the source of a record as its register has it: references and row numbers of the file the source itself sent, never what stands in it.</summary>
public sealed record SourceQuestionRow : IRegisterRow<SourceQuestionState>
{
    public required string Id { get; init; }

    public required SourceQuestionState State { get; init; }

    public required SourceQuestionKind Kind { get; init; }

    /// <summary>The source.</summary>
    public required Id<Party> Agency { get; init; }

    /// <summary>Who asks.</summary>
    public required Id<Party> Authority { get; init; }

    public required Id<Exchange> Exchange { get; init; }

    public required Id<Extract> ExtractId { get; init; }

    /// <summary>Row numbers in the file, its header being row 1; none for all that the source sent of a family.</summary>
    public IReadOnlyList<long> Rows { get; init; } = [];

    /// <summary>The day that what was sent describes; null where it is not known.</summary>
    public DateOnly? AsAt { get; init; }

    /// <summary>The case that waits for the answer; empty for none.</summary>
    public string CaseId { get; init; } = "";

    public required DateTimeOffset AskedAt { get; init; }

    public required string AskedBy { get; init; }

    /// <summary>When it was last asked again.</summary>
    public DateTimeOffset? ChasedAt { get; init; }

    public SourceAnswer? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public string? AnsweredBy { get; init; }

    /// <summary>When the source is asked again; null once it answered, or nobody needs the answer.</summary>
    public DateTimeOffset? DueAt => State is SourceQuestionState.Asked ? (ChasedAt ?? AskedAt).AddDays(SourceQuestionRules.AnswerDays) : null;

    /// <summary>The last day for the answer.</summary>
    [JsonIgnore]
    public DateOnly By => DateOnly.FromDateTime(AskedAt.UtcDateTime).AddDays(SourceQuestionRules.AnswerDays);

    /// <summary>One question of a case about each extract; one that was opened again asks again.</summary>
    /// <param name="again">How often the case was opened again.</param>
    public static string IdOf(string caseId, Id<Extract> extract, int again = 0) =>
        again == 0 ? $"{caseId}-{extract}" : FormattableString.Invariant($"{caseId}-{extract}-{again}");

    public LedgerAct Act(string act, string actor, string role = "", string more = "") => new()
    {
        ActId = more.Length > 0 ? $"{act}.{Id}.{more}" : $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Agency,
        Exchange = Exchange,
        References = [Id, ExtractId],
    };
}
