using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TfFlow.Programme.Research.Release;

/// <summary>A random order of rows, so that a row's place says nothing of whose it is.</summary>
/// <remarks>Fisher–Yates, drawing from HMAC-SHA256(seed, 0), (seed, 1), …: who does not have the seed cannot undo it, who has it can repeat it.</remarks>
public static class RowShuffle
{
    public const int SeedBytes = 32;

    /// <param name="seed">32 random bytes.</param>
    /// <returns>Each of 0 to <paramref name="rows"/> − 1 once.</returns>
    public static int[] Order(int rows, ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedBytes, nameof(seed));
        var (order, draws) = (Enumerable.Range(0, rows).ToArray(), new Draws(seed.ToArray()));
        for (var last = rows - 1; last > 0; last--)
        {
            var chosen = draws.Below((uint)last + 1);
            (order[last], order[chosen]) = (order[chosen], order[last]);
        }

        return order;
    }

    private sealed class Draws(byte[] seed)
    {
        private readonly byte[] block = new byte[HMACSHA256.HashSizeInBytes];
        private long counter;
        private int used = HMACSHA256.HashSizeInBytes;

        /// <summary>Each number below <paramref name="limit"/> with the same chance: what would favour some is drawn again.</summary>
        public int Below(uint limit)
        {
            var fair = ulong.MaxValue - (ulong.MaxValue % limit);
            ulong drawn;
            do
            {
                drawn = Next();
            }
            while (drawn >= fair);
            return (int)(drawn % limit);
        }

        private ulong Next()
        {
            if (used == block.Length)
            {
                Span<byte> input = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64BigEndian(input, counter++);
                HMACSHA256.HashData(seed, input, block);
                used = 0;
            }

            used += sizeof(ulong);
            return BinaryPrimitives.ReadUInt64BigEndian(block.AsSpan(used - sizeof(ulong)));
        }
    }
}
