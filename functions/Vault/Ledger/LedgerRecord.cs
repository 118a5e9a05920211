using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Ledger;

/// <summary>Where an appended entry stands.</summary>
/// <param name="Index">From 0, without gaps.</param>
/// <param name="Repeated">The entry of this act id and kind was already there; this is the first one's place.</param>
public readonly record struct LedgerPlace(long Index, bool Repeated);

/// <summary>An entry as it stands in the ledger.</summary>
/// <param name="Bytes">Canonical bytes: what the tree's leaf is the hash of.</param>
public sealed record LedgerRecord(long Index, LedgerEntry Entry, ReadOnlyMemory<byte> Bytes);

/// <param name="Size">The number of entries.</param>
public sealed record LedgerHead(long Size, Hash256 Root);

/// <summary>The stored ledger contradicts itself: what is wrong, from which index on.</summary>
public sealed class LedgerDamagedException(long index, string detail)
    : Exception($"The ledger is damaged at entry {index}: {detail} Stop writing, keep the store as it is, and run `tfflow ledger verify`.")
{
    public long Index { get; } = index;
}
