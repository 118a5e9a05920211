using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TfFlow.Programme.Extracts;

/// <summary>The keys seen in a file, as 64-bit hashes with the row each stood in: 22 bytes a key at most once there are millions, so ten million rows stay under 220 MB.</summary>
/// <remarks>Two different keys among n share a hash with a chance of about n²/2⁶⁵: 3 in a million at ten million rows. Then a row is
/// refused as a duplicate that is none, and its sender told; nothing is ever accepted by mistake. The hash has no random seed, so a second
/// reading of the same file ends the same way.</remarks>
internal sealed class KeySet
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    // Shards grow one at a time, so that growing never doubles the whole: small ones fast, and with room between their keys,
    // large ones by a quarter.
    private readonly Shard[] shards = [.. Enumerable.Range(0, 64).Select(_ => new Shard(64))];

    /// <param name="earlier">The row the key was added with, when it was there already.</param>
    public bool TryAdd(ulong hash, long row, out long earlier)
    {
        ref var shard = ref shards[hash >> 58];
        if (shard.IsFull)
        {
            shard = shard.Grown();
        }

        return shard.TryAdd(hash, uint.CreateSaturating(row), out earlier);
    }

    /// <summary>Mixes the next part of a key into its hash; each part counts with its length, so that parts never run together.</summary>
    /// <param name="hash">Of the parts before it.</param>
    /// <param name="part">UTF-8.</param>
    /// <param name="anyCase">Whether capital and small letters are one: in names they are, in references they may not be.</param>
    public static ulong Mix(ulong hash, ReadOnlySpan<byte> part, bool anyCase = false)
    {
        // The bit by which capital and small letters of ASCII and Latin-1 differ.
        var small = anyCase ? 0x2020202020202020 : 0UL;
        hash = unchecked(hash + ((ulong)part.Length * 0xD6E8FEB86659FD93));
        while (part.Length > 16)
        {
            hash = Fold(hash ^ (BinaryPrimitives.ReadUInt64LittleEndian(part) | small), (BinaryPrimitives.ReadUInt64LittleEndian(part[8..]) | small) ^ 0xA0761D6478BD642F);
            part = part[16..];
        }

        // Sixteen bytes at most are left: two halves that may overlap, for the length is mixed in already.
        var (low, high) = part.Length >= 8 ? (BinaryPrimitives.ReadUInt64LittleEndian(part), BinaryPrimitives.ReadUInt64LittleEndian(part[^8..]))
            : part.Length >= 4 ? (BinaryPrimitives.ReadUInt32LittleEndian(part), BinaryPrimitives.ReadUInt32LittleEndian(part[^4..]))
            : part.Length > 0 ? (((ulong)part[0] << 16) | ((ulong)part[part.Length / 2] << 8) | part[^1], 0UL)
            : (0UL, 0UL);
        return Fold(hash ^ (low | small), (high | small) ^ 0xA0761D6478BD642F);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a ^ Multiplier, b, out var low);
        return high ^ low;
    }

    // A tag says whether a place is taken and, but for one in 128, whether by another key: the tags of a million keys stay in a
    // processor's cache, the keys do not.
    private sealed class Shard(int length)
    {
        private readonly byte[] tags = new byte[length];
        private readonly Key[] keys = new Key[length];
        private int count;

        private bool IsSmall => length < 1 << 14;

        public bool IsFull => count >= (IsSmall ? length / 2 : length / 4 * 3);

        public bool TryAdd(ulong hash, uint row, out long earlier)
        {
            // The highest bits chose the shard; the next ones are spread over any length, not only powers of two.
            var at = (int)Math.BigMul(hash << 6, (ulong)length, out _);
            var tag = (byte)((hash & 0x7F) | 0x80);
            for (; tags[at] != 0; at = at + 1 == length ? 0 : at + 1)
            {
                if (tags[at] == tag && keys[at].Hash == hash)
                {
                    earlier = keys[at].Row;
                    return false;
                }
            }

            tags[at] = tag;
            keys[at] = new Key(hash, row);
            count++;
            earlier = 0;
            return true;
        }

        public Shard Grown()
        {
            var larger = new Shard(IsSmall ? length * 4 : length + (length / 4));
            for (var at = 0; at < length; at++)
            {
                if (tags[at] != 0)
                {
                    larger.TryAdd(keys[at].Hash, keys[at].Row, out _);
                }
            }

            return larger;
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly struct Key(ulong hash, uint row)
    {
        public readonly ulong Hash = hash;
        public readonly uint Row = row;
    }
}
