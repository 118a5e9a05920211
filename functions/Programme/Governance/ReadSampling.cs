using System.Security.Cryptography;
using System.Text;
using TfFlow.Programme.Ledger;

namespace TfFlow.Programme.Governance;

/// <summary>How often an account read what is about people.</summary>
/// <param name="Unusual">Far more than the others of its role: somebody asks why.</param>
public sealed record ReadCount(string Account, string Role, int Reads, bool Unusual);

/// <summary>One read to be looked through: whether there was a reason for it.</summary>
/// <param name="Reference">What was read.</param>
public sealed record SampledRead(string ActId, string Account, string Role, string Act, DateTimeOffset At, string Reference);

/// <param name="Total">All reads of the period; those listed are a sample.</param>
public sealed record ReadReport(DateOnly From, DateOnly To, int Total, IReadOnlyList<ReadCount> Counts, IReadOnlyList<SampledRead> Sample);

/// <summary>What is put before whoever looks through who read what: counts by account, and a sample.</summary>
/// <remarks>seeds/001 App B: user access is tightly monitored. The numbers are ours.</remarks>
public static class ReadSampling
{
    /// <summary>Reads in a sample.</summary>
    public const int Size = 20;

    /// <summary>Fewer reads than this are never unusual.</summary>
    public const int LeastUnusual = 10;

    /// <summary>So many times what the middle one of the others of its role reads.</summary>
    public const int Times = 3;

    /// <summary>Acts by which a person sees what is about people.</summary>
    public static IReadOnlyList<string> Acts { get; } =
        ["case.open", "case.read-measurements", "case.read-pack", "case.read-problems", "family.show", "research.read", "study.read-report", "ledger.search",
            "ledger.export"];

    /// <param name="entries">Of the ledger; what is no read by a person of that period is left out.</param>
    public static ReadReport Of(DateOnly from, DateOnly to, IEnumerable<LedgerEntry> entries)
    {
        var reads = entries.Where(entry => IsRead(entry, from, to)).ToList();
        var counts = reads.GroupBy(read => (read.Actor, read.Role)).Select(group => (group.Key, Count: group.Count())).ToList();
        return new(
            from,
            to,
            reads.Count,
            [.. counts.OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Key.Actor, StringComparer.Ordinal).Select(pair =>
                new ReadCount(pair.Key.Actor, pair.Key.Role, pair.Count,
                IsUnusual(pair.Count, [.. counts.Where(other => other.Key != pair.Key && other.Key.Role == pair.Key.Role).Select(other =>
                other.Count)])))],
            [.. reads.OrderBy(read => Lot(from, to, read.ActId), StringComparer.Ordinal).Take(Size).OrderBy(read => read.At).Select(read =>
                new SampledRead(read.ActId, read.Actor, read.Role, read.Act, read.At, read.References is [var first, ..] ? first : ""))]);
    }

    private static bool IsRead(LedgerEntry entry, DateOnly from, DateOnly to) =>
        entry.Kind is EntryKind.Outcome && Acts.Contains(entry.Act)

        // What the service opens by itself has no role; the ledger is read by people alone, at the store too.
        && (entry.Role.Length > 0 || entry.Act.StartsWith("ledger.", StringComparison.Ordinal))
        && DateOnly.FromDateTime(entry.At.UtcDateTime) is var day && day >= from && day <= to;

    private static bool IsUnusual(int count, List<int> others)
    {
        others.Sort();
        return others.Count > 0 && count >= LeastUnusual && count > Times * others[others.Count / 2];
    }

    // Nobody chooses: the same period gives everybody the same sample.
    private static string Lot(DateOnly from, DateOnly to, string actId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{from:yyyyMMdd}{to:yyyyMMdd}{actId}"))));
}
