using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>What an authority hands a study: who took part, and who was assessed and did not. Sealed to the study's one-time key; nobody here can open it again.</summary>
public sealed record StudySubmission : IRegisterRow<StudySubmissionState>
{
    public required string Id { get; init; }

    public required StudySubmissionState State { get; init; }

    public required Id<Party> Authority { get; init; }

    /// <summary>The research organisation.</summary>
    public required string StudyAgency { get; init; }

    public required Id<Exchange> Exchange { get; init; }

    /// <summary>The study's upload grant it is sealed to.</summary>
    public required string GrantId { get; init; }

    public required DateTimeOffset OrderedAt { get; init; }

    public int People { get; init; }

    public string FileHash { get; init; } = "";

    public IReadOnlyList<string> CaseIds { get; init; } = [];

    /// <summary>What it became at the study.</summary>
    public string? ExtractId { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public DateTimeOffset? DueAt => null;

    /// <summary>In the authority's own outbox until the study has it.</summary>
    [JsonIgnore]
    public string FileName => $"study/{Id}.sealed";

    public LedgerAct Act(string act, string actor, string role) => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = StudyAgency,
        Exchange = Exchange,
        References = [Id],
    };
}
