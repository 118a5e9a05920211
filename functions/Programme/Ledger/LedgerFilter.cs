using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Ledger;

/// <summary>Which entries are wanted; what is null is not asked for.</summary>
public sealed record LedgerFilter
{
    /// <summary>Acts by which something goes to others.</summary>
    private static readonly HashSet<string> Disclosing =
        ["disclosure.tell", "list.send", "file.give", "marker.send", "research.release", "study.submit", "request.export", "information.respond"];

    public string? Agency { get; init; }

    /// <summary>One of the entry's references.</summary>
    public string? Reference { get; init; }

    /// <summary>An act (<c>extract.erase</c>), or a noun for all its acts (<c>extract</c>).</summary>
    public string? Act { get; init; }

    public string? Agreement { get; init; }

    /// <summary>Only what went to others: files and lists that were given, messages, what was told by telephone, by email or at a meeting,
    /// research and studies.</summary>
    public bool Disclosures { get; init; }

    /// <summary>Only what was given or told by these means.</summary>
    public Means? Means { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Before { get; init; }

    public bool Matches(LedgerEntry entry) =>
        (Agency is null || entry.Agency == Agency)
        && (Reference is null || entry.References.Contains(Reference))
        && (Act is null || entry.Act == Act || entry.Act.StartsWith(Act + ".", StringComparison.Ordinal))
        && (Agreement is null || entry.Agreement == Agreement)
        && (!(Disclosures || Means is not null) || Disclosing.Contains(entry.Act))
        && (Means is not { } means || entry.Purpose.Contains($"Told {means.InWords()} on ", StringComparison.Ordinal) || entry.Purpose.EndsWith($"Given {means.InWords()}.", StringComparison.Ordinal))
        && (From is null || entry.At >= From)
        && (Before is null || entry.At < Before);
}
