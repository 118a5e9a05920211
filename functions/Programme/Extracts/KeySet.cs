using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TfFlow.Programme.Extracts;

/// <summary>The keys seen in a file, as 64-bit hashes with the row each stood in: 19 bytes a key at most, so ten million rows stay under 190 MB.</summary>
/// <remarks>Two different keys among n share a hash with a chance of about n²/2⁶⁵: 3 in a million at ten million rows. Then a row is
/// refused as a duplicate that is none, and its sender told; nothing is ever accepted by mistake. The hash has no random seed, so a second
/// reading of the same file ends the same way.</remarks>
internal sealed class KeySet
{
    private const int Shards = 64;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    // Shards grow one at a time, so that growing never doubles the whole.
    private readonly Key[][] shards = new Key[Shards][];
    private readonly int[] counts = new int[Shards];

    /// <param name="earlier">The row the key was added with, when it was there already.</param>
    public bool TryAdd(ulong hash, long row, out long earlier)
    {
        var at = (int)(hash >> 58);
        var shard = shards[at] ??= new Key[64];
        if (counts[at] >= shard.Length / 5 * 4)
        {
            shard = shards[at] = Grow(shard);
        }

        ref var key = ref shard[Place(shard, hash)];
        earlier = key.Row;
        if (key.Hash == hash)
        {
            return false;
        }

        key = new Key(hash, uint.CreateSaturating(row));
        counts[at]++;
        return true;
    }

    /// <summary>Mixes the next part of a key into its hash; each part counts with its length, so that parts never run together.</summary>
    public static ulong Mix(ulong hash, ReadOnlySpan<byte> part)
    {
        hash = Fold(hash ^ (ulong)part.Length, Multiplier);
        while (part.Length >= 8)
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(part), 0xD6E8FEB86659FD93);
            part = part[8..];
        }

        var rest = 0UL;
        for (var i = 0; i < part.Length; i++)
        {
            rest |= (ulong)part[i] << (8 * i);
        }

        hash = Fold(hash ^ rest, 0xA0761D6478BD642F);
        return hash == 0 ? 1 : hash; // 0 marks a free place.
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a ^ Multiplier, b, out var low);
        return high ^ low;
    }

    private static int Place(Key[] shard, ulong hash)
    {
        // The shard's own bits chose the shard; the others are spread over any length, not only powers of two.
        var at = (int)Math.BigMul(hash << 6, (ulong)shard.Length, out _);
        while (shard[at].Hash != 0 && shard[at].Hash != hash)
        {
            at = at + 1 == shard.Length ? 0 : at + 1;
        }

        return at;
    }

    private static Key[] Grow(Key[] shard)
    {
        var larger = new Key[shard.Length + (shard.Length / 4)];
        foreach (var key in shard)
        {
            if (key.Hash != 0)
            {
                larger[Place(larger, key.Hash)] = key;
            }
        }

        return larger;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Key(ulong Hash, uint Row);
}
