using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Research.Release;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research;

/// <summary>A request for an anonymous extract, from asking to destruction.</summary>
public sealed record ResearchRequest : IRegisterRow<ResearchExtractState>
{
    /// <summary>Days in which its recipient may collect it. Ours.</summary>
    public const int CollectionDays = 14;

    /// <summary>Days in which two people release what was built, or it is destroyed. Ours.</summary>
    public const int ReviewDays = 30;

    public required string Id { get; init; }

    public required ResearchExtractState State { get; init; }

    public required Id<Party> Authority { get; init; }

    /// <summary>Who asked, and gets it.</summary>
    public required Id<Party> Recipient { get; init; }

    public required Id<Exchange> Exchange { get; init; }

    /// <summary>The account that asked.</summary>
    public required string RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>SHA-256 of the recipient's statement of legality and necessity, lower-case hex.</summary>
    public required string StatementHash { get; init; }

    public string? JustifiedBy { get; init; }

    public string? ApprovedBy { get; init; }

    public string? RefusedBy { get; init; }

    /// <summary>Why it cannot be built; empty otherwise.</summary>
    public string RefusalCode { get; init; } = "";

    /// <summary>What was built and its record, sealed; gone once it is released.</summary>
    public SealedBlob? Draft { get; init; }

    public DateTimeOffset? BuiltAt { get; init; }

    public int Records { get; init; }

    /// <summary>Who released it.</summary>
    public IReadOnlyList<ResearchApproval> Approvals { get; init; } = [];

    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>The released file: its hash is what its recipient compares.</summary>
    public SealedBlob? Release { get; init; }

    /// <summary>What earlier attempts named and may have written. It is erased before the next attempt writes.</summary>
    public IReadOnlyList<SealedBlob> Left { get; init; } = [];

    public DateTimeOffset? DestroyedAt { get; init; }

    public DateTimeOffset? DueAt => State switch
    {
        ResearchExtractState.Approved or ResearchExtractState.Destroying => RequestedAt,
        ResearchExtractState.Built => BuiltAt!.Value.AddDays(ReviewDays),
        ResearchExtractState.Released => ReleasedAt!.Value.AddDays(CollectionDays),
        _ => null,
    };

    /// <summary>In the recipient's outbox while it may be collected.</summary>
    [JsonIgnore]
    public string FileName => $"research/{Id}.sealed";

    public LedgerAct Act(string act, string actor, string role = "") => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Recipient,
        Exchange = Exchange,
        References = [Id],
    };
}

/// <param name="By">The account.</param>
/// <param name="RoleCode">Its role.</param>
public sealed record ResearchApproval(string By, string RoleCode, DateTimeOffset At);

/// <param name="RequestId">The request's row in the register.</param>
public sealed record ResearchReference(string RequestId);

/// <summary>What was built, and how: sealed until two people release it, and then sealed to its recipient.</summary>
/// <param name="Csv">The records.</param>
/// <param name="Counts">Counts of them; a suppressed one is blank.</param>
public sealed record ResearchDraft(string Csv, string Counts, SdcRecord Record);
