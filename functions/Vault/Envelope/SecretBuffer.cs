using System.Security.Cryptography;

namespace TfFlow.Vault.Envelope;

/// <summary>Bytes that hold a key or plaintext: pinned, so that the collector leaves no copies behind, and zeroed when done.</summary>
internal sealed class SecretBuffer(int length) : IDisposable
{
    private byte[] bytes = GC.AllocateArray<byte>(length, pinned: true);

    public int Length => bytes.Length;

    public byte[] Array => bytes;

    public Span<byte> Span => bytes;

    public Memory<byte> Memory => bytes;

    public static SecretBuffer CopyOf(ReadOnlySpan<byte> source)
    {
        var buffer = new SecretBuffer(source.Length);
        source.CopyTo(buffer.Span);
        return buffer;
    }

    /// <summary>Moves the bytes here: <paramref name="source"/> is zeroed.</summary>
    public static SecretBuffer Take(byte[] source)
    {
        var buffer = CopyOf(source);
        CryptographicOperations.ZeroMemory(source);
        return buffer;
    }

    /// <summary>Makes room for <paramref name="wanted"/> bytes, keeping the first <paramref name="used"/>.</summary>
    public void Grow(int wanted, int used)
    {
        if (wanted <= bytes.Length)
        {
            return;
        }

        var larger = GC.AllocateArray<byte>(Math.Max(wanted, (int)Math.Min(2L * bytes.Length, System.Array.MaxLength)), pinned: true);
        bytes.AsSpan(0, used).CopyTo(larger);
        Clear();
        bytes = larger;
    }

    public void Clear() => CryptographicOperations.ZeroMemory(bytes);

    public void Dispose() => Clear();
}
