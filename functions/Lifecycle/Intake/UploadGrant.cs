using TfFlow.Programme.Extracts;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Intake;

/// <summary>A grant's row: one agency may put one drop at one address, until a time.</summary>
public sealed record UploadGrant : IRegisterRow<GrantState>
{
    /// <summary>Also the drop's blob name.</summary>
    public required string Id { get; init; }

    public required GrantState State { get; init; }

    public required string Agency { get; init; }

    public required string Agreement { get; init; }

    public required string AgreementVersion { get; init; }

    public required string Exchange { get; init; }

    /// <summary>The row of the key table from which the grant's one-time private key is derived.</summary>
    public required string KeyReference { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether the agreement takes a plain file here; otherwise only a sealed drop is read.</summary>
    public required bool PlainAllowed { get; init; }

    /// <summary>Who judged the batch and on what basis, for agreements that ask it of the sender (seeds/000 §3.4): a reference, not a name.</summary>
    public string? JudgementReference { get; init; }

    public DateTimeOffset? DueAt => State is GrantState.Issued ? ExpiresAt : null;
}
