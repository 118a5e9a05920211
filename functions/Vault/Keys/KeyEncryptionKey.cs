using System.Security.Cryptography;

namespace TfFlow.Vault.Keys;

/// <summary>A 256-bit key that wraps data keys with AES-KWP. Several threads may use it at once.</summary>
/// <remarks>RFC 5649.</remarks>
public sealed class KeyEncryptionKey : IDisposable
{
    private readonly Aes aes = Aes.Create();
    private readonly Lock oneAtATime = new();

    public KeyEncryptionKey(KeyId id, ReadOnlySpan<byte> key)
    {
        Id = id;
        var bytes = key.ToArray();
        aes.Key = bytes;
        CryptographicOperations.ZeroMemory(bytes);
    }

    public KeyId Id { get; }

    public byte[] Wrap(ReadOnlySpan<byte> key)
    {
        lock (oneAtATime)
        {
            return aes.EncryptKeyWrapPadded(key);
        }
    }

    /// <exception cref="CryptographicException">The bytes were not wrapped by this key, or were changed.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        lock (oneAtATime)
        {
            return aes.DecryptKeyWrapPadded(wrapped);
        }
    }

    public void Dispose() => aes.Dispose();
}
