using System.Diagnostics.CodeAnalysis;

namespace TfFlow.Programme.Ledger;

public enum EntryKind
{
    /// <summary>Written before an act takes effect.</summary>
    Intent = 1,

    /// <summary>Written after, under the same act id.</summary>
    Outcome = 2,
}

/// <summary>One line of the ledger: an act, as intended or as it ended.</summary>
public sealed record LedgerEntry : LedgerAct
{
    public LedgerEntry()
    {
    }

    [SetsRequiredMembers]
    public LedgerEntry(LedgerAct act, EntryKind kind, DateTimeOffset at)
        : base(act)
    {
        Kind = kind;
        At = at;
    }

    public required EntryKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>In an outcome: <c>done</c> or a stable code.</summary>
    public string Result { get; init; } = "";
}
