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
    string Id,
    string Name,
    PartyKind Kind,
    IReadOnlyList<string> KnownAs,
    DateOnly? SignedOn,
    DateOnly? Tier1SignedOn,
    string? Basis,
    IReadOnlyDictionary<string, string> Contacts,
    string Source)
{
    /// <summary>A party has signed both this agreement and the one above it, or is not a party.</summary>
    /// <remarks>seeds/001 Signatories, seeds/002 §2.</remarks>
    public bool HasSigned(DateOnly at) => SignedOn <= at && Tier1SignedOn <= at;
}

/// <summary>What a partner relies on to disclose: a gateway is a power, so the conditions stand beside it.</summary>
/// <remarks>seeds/002 §3.1, §3.2, App A: a Schedule 2 condition; for sensitive data a Schedule 3 condition, both before processing; an Article 8
/// ground for any disclosure. The last two are today's equivalents (ours).</remarks>
public sealed record LegalBasis(
    string Id,
    IReadOnlyList<string> Gateways,
    string? Schedule2,
    string? Schedule3,
    string? Article8,
    string? UkGdpr6,
    string? UkGdpr9Or10,
    string Source)
{
    /// <summary>In one line, for decisions and the ledger.</summary>
    public string Words => string.Join("; ", Gateways.Concat(new[] { Schedule2, Schedule3, Article8 }.OfType<string>()));
}
