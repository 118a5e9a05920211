namespace TfFlow.Programme.Ledger;

/// <summary>Which entries are wanted; what is null is not asked for.</summary>
public sealed record LedgerFilter
{
    public string? Agency { get; init; }

    /// <summary>One of the entry's references.</summary>
    public string? Reference { get; init; }

    /// <summary>An act (<c>extract.erase</c>), or a noun for all its acts (<c>extract</c>).</summary>
    public string? Act { get; init; }

    public string? Agreement { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Before { get; init; }

    public bool Matches(LedgerEntry entry) =>
        (Agency is null || entry.Agency == Agency)
        && (Reference is null || entry.References.Contains(Reference))
        && (Act is null || entry.Act == Act || entry.Act.StartsWith(Act + ".", StringComparison.Ordinal))
        && (Agreement is null || entry.Agreement == Agreement)
        && (From is null || entry.At >= From)
        && (Before is null || entry.At < Before);
}
