using TfFlow.Programme.Extracts;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Intake;

/// <summary>An extract's row, from the claim of its drop to its certificate.</summary>
public sealed record Extract : IRegisterRow<ExtractState>
{
    public required string Id { get; init; }

    public required ExtractState State { get; init; }

    public required string Agency { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>The grant it came under; empty for a file nobody was granted to leave.</summary>
    public string GrantId { get; init; } = "";

    public string Agreement { get; init; } = "";

    public string AgreementVersion { get; init; } = "";

    public string Exchange { get; init; } = "";

    public required Drop Drop { get; init; }

    /// <summary>What is being, or was, written; recorded before the first byte of it.</summary>
    public SealedExtract? Sealed { get; init; }

    /// <summary>Why it was refused: a stable code; or empty.</summary>
    public string RefusalCode { get; init; } = "";

    public long RowsAccepted { get; init; }

    public long RowsRefused { get; init; }

    /// <summary>When its retention rule has it erased.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? ErasedAt { get; init; }
}

/// <summary>The dropped file as it was when claimed.</summary>
public sealed record Drop(string Container, string Name, string ETag, long Length);

/// <summary>Where an accepted extract lies: two blobs, each under a data key of its own.</summary>
public sealed record SealedExtract(SealedBlob Facts, SealedBlob Persons);

/// <param name="Name">The blob's name in the vault container.</param>
/// <param name="KeyReference">Its row in the key table.</param>
/// <param name="Sha256">Of the ciphertext, lower-case hex; empty until it is written whole.</param>
public sealed record SealedBlob(string Name, string KeyReference, string Sha256 = "", long Length = 0);
