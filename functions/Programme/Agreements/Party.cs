namespace TfFlow.Programme.Agreements;

public enum PartyKind
{
    Controller = 1,

    /// <summary>Processes for a controller, under a contract.</summary>
    Processor,
}

/// <summary>A partner organisation.</summary>
/// <param name="Id">Lower-case letters, digits and hyphens: also the agency's name in containers and key rings.</param>
/// <param name="KnownAs">Other names the documents use for it or its teams.</param>
/// <param name="SignedOn">When it signed this agreement.</param>
/// <param name="Tier1SignedOn">When it signed the agreement or protocol above.</param>
/// <param name="Basis">The id of its legal basis; <c>null</c> when none is stated.</param>
/// <param name="Contacts">Who to turn to, by role; posts, not people.</param>
public sealed record Party(
    Id<Party> Id,
    string Name,
    PartyKind Kind,
    IReadOnlyList<string> KnownAs,
    DateOnly? SignedOn,
    DateOnly? Tier1SignedOn,
    string? Basis,
    IReadOnlyDictionary<string, string> Contacts,
    string Source)
{
    /// <summary>The organisations it submits for, by id: each school of a schools' service. Each sends a file of its own as often as the exchange runs. Empty: itself alone.</summary>
    /// <remarks>Ours, after seeds/002 App B rows 10 and 11: one row of the table, and many schools.</remarks>
    public IReadOnlyList<string> Organisations { get; init; } = [];

    /// <summary>Nothing goes to or from it without a contract in the register.</summary>
    /// <remarks>seeds/002 §9, App C 6.</remarks>
    public bool Contract { get; init; }

    /// <summary>Nothing is given to it before one of its people is listed, with a security check.</summary>
    /// <remarks>seeds/003: staff few, named, security-checked.</remarks>
    public bool ClearedStaff { get; init; }

    /// <summary>What it sends serves another purpose only by its Chief Officer's leave.</summary>
    /// <remarks>seeds/000 §3.1.</remarks>
    public bool ChiefOfficer { get; init; }

    /// <summary>A party has signed both this agreement and the one above it, or is not a party.</summary>
    /// <remarks>seeds/001 Signatories, seeds/002 §2.</remarks>
    public bool HasSigned(DateOnly at) => SignedOn <= at && Tier1SignedOn <= at;
}
