using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Intake;

/// <summary>A grant's row: one agency may put one drop at one address, until a time.</summary>
public sealed record UploadGrant : IRegisterRow<GrantState>
{
    /// <summary>Also the drop's blob name.</summary>
    public required string Id { get; init; }

    public required GrantState State { get; init; }

    public required Id<Party> Agency { get; init; }

    /// <summary>For which of its organisations the agency submits; empty: for itself.</summary>
    public string Organisation { get; init; } = "";

    public required string Agreement { get; init; }

    public required string AgreementVersion { get; init; }

    /// <summary>Of what the version said when the grant was given.</summary>
    public string AgreementSha256 { get; init; } = "";

    /// <summary>Of the dataset specification its file is checked against.</summary>
    public string DatasetSha256 { get; init; } = "";

    public required Id<Exchange> Exchange { get; init; }

    /// <summary>Its drop replaces the extract accepted before.</summary>
    public bool Correction { get; init; }

    /// <summary>Which extract a correction replaces; empty: the last.</summary>
    public string Corrects { get; init; } = "";

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether the agreement takes a plain file here; otherwise only a sealed drop is read.</summary>
    public required bool PlainAllowed { get; init; }

    /// <summary>How the file came: a drop by its sender, or by other means to the authority, which took it in.</summary>
    public Means Means { get; init; } = Means.SealedDrop;

    /// <summary>The account or post of whoever judged the batch, for agreements that ask it of the sender (seeds/000 §3.4).</summary>
    public string? JudgedBy { get; init; }

    public string? JudgementBasis { get; init; }

    /// <summary>Who judged, and on what basis; null where nobody said so.</summary>
    [JsonIgnore]
    public BatchJudgement? Judgement => JudgedBy is { Length: > 0 } by ? new(by, IssuedAt, JudgementBasis ?? "") : null;

    /// <summary>The account that asked for it: for exchanges that only named people send.</summary>
    public string? Account { get; init; }

    /// <summary>The extract its drop became, once claimed.</summary>
    public Id<Extract>? ExtractId { get; init; }

    /// <summary>An act on this grant: one of each kind in its life.</summary>
    public LedgerAct Act(string act, string actor) => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Agency = Agency,
        Agreement = Agreement,
        AgreementVersion = AgreementVersion,
        Exchange = Exchange,
        References = [Id],
    };

    public DateTimeOffset? DueAt => State is GrantState.Issued ? ExpiresAt : null;
}

/// <param name="GrantId">The grant's row in the register.</param>
public sealed record GrantReference(string GrantId);
