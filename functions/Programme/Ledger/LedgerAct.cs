namespace TfFlow.Programme.Ledger;

/// <summary>An act: who does what, for whom, under which agreement. Random references only: no personal data.</summary>
public record LedgerAct
{
    /// <summary>Deterministic: an act run twice is one act. 1 to 200 characters, none of <c>/ \ # ?</c> and no control characters.</summary>
    public required string ActId { get; init; }

    /// <summary>What is done, as <c>noun.verb</c>: <c>drop.claim</c>, <c>extract.reseal</c>, <c>extract.erase</c>.</summary>
    public required string Act { get; init; }

    /// <summary>The account that acts, or the name of the orchestration.</summary>
    public required string Actor { get; init; }

    public string Role { get; init; } = "";

    /// <summary>The agency it concerns.</summary>
    public Id<Agreements.Party> Agency { get; init; } = "";

    public string Agreement { get; init; } = "";

    public string AgreementVersion { get; init; } = "";

    public Id<Agreements.Exchange> Exchange { get; init; } = "";

    /// <summary>The legal gateway or condition relied on.</summary>
    public string Basis { get; init; } = "";

    public string Purpose { get; init; } = "";

    /// <summary>Random references of what it is done to.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>How many records or things it covers.</summary>
    public long Count { get; init; }

    /// <summary>SHA-256, in lower-case hex, of what it covers; or empty.</summary>
    public string Hash { get; init; } = "";
}
