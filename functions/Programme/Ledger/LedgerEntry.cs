namespace TfFlow.Programme.Ledger;

public enum EntryKind
{
    /// <summary>Written before an act takes effect.</summary>
    Intent = 1,

    /// <summary>Written after, under the same act id.</summary>
    Outcome = 2,
}

/// <summary>One line of the ledger: who did what, for whom, under which agreement. Random references only: no personal data.</summary>
public sealed record LedgerEntry
{
    /// <summary>Deterministic: an act run twice is one act. At most 200 characters, none of <c>/ \ # ?</c>.</summary>
    public required string ActId { get; init; }

    public required EntryKind Kind { get; init; }

    /// <summary>What is done, as <c>noun.verb</c>: <c>drop.claim</c>, <c>extract.reseal</c>, <c>extract.erase</c>.</summary>
    public required string Act { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The account that acted, or the name of the orchestration.</summary>
    public required string Actor { get; init; }

    public string Role { get; init; } = "";

    /// <summary>The agency it concerns.</summary>
    public string Agency { get; init; } = "";

    public string Agreement { get; init; } = "";

    public string AgreementVersion { get; init; } = "";

    public string Exchange { get; init; } = "";

    /// <summary>The legal gateway or condition relied on.</summary>
    public string Basis { get; init; } = "";

    public string Purpose { get; init; } = "";

    /// <summary>Random references of what it was done to.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>How many records or things the entry covers.</summary>
    public long Count { get; init; }

    /// <summary>SHA-256, in lower-case hex, of what the entry covers; or empty.</summary>
    public string Hash { get; init; } = "";

    /// <summary>In an outcome: <c>done</c> or a stable code.</summary>
    public string Result { get; init; } = "";
}
