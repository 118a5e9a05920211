using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>Fast hashing for tables and blocking keys: the same on every run; no defence against chosen input.</summary>
internal static class Hash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            var hash = (ulong)bytes.Length * Prime;
            while (bytes.Length >= 8)
            {
                hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes));
                bytes = bytes[8..];
            }

            ulong rest = 0;
            for (var i = 0; i < bytes.Length; i++)
            {
                rest = (rest << 8) | bytes[i];
            }

            return Mix(hash ^ rest ^ 0xD6E8FEB86659FD93);
        }
    }

    public static ulong Of(ReadOnlySpan<char> text) => Of(MemoryMarshal.AsBytes(text));

    /// <summary>Folds <paramref name="value"/> into <paramref name="hash"/>.</summary>
    public static ulong Join(ulong hash, ulong value) => Mix(unchecked((hash * Prime) ^ value));

    /// <summary>The low half of a hash.</summary>
    public static uint Short(ulong hash) => unchecked((uint)hash);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong x)
    {
        unchecked
        {
            x ^= x >> 32;
            x *= 0xE9846AF9B1A615D;
            x ^= x >> 32;
            x *= 0xE9846AF9B1A615D;
            return x ^ (x >> 28);
        }
    }
}
