using System.Security.Cryptography;

namespace TfFlow.Vault.Envelope;

/// <summary>AES-256-GCM under one key, with a header as associated data: what is sealed behind that header and under that key opens, nothing else.</summary>
internal sealed class SealedCipher(SealedHeader header, ReadOnlySpan<byte> key) : IDisposable
{
    private readonly AesGcm aes = new(key, SealedHeader.TagSize);

    /// <summary>Fills <paramref name="destination"/> with ciphertext ‖ tag.</summary>
    public void Seal(uint counter, byte flag, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[SealedHeader.NonceSize];
        header.WriteNonce(nonce, counter, flag);
        aes.Encrypt(nonce, plaintext, destination[..plaintext.Length], destination.Slice(plaintext.Length, SealedHeader.TagSize), header.Bytes);
    }

    /// <param name="content">Ciphertext ‖ tag.</param>
    /// <returns>False when this is not what was sealed under this counter and flag; the plaintext is then zeroed.</returns>
    public bool TryOpen(uint counter, byte flag, ReadOnlySpan<byte> content, Span<byte> plaintext)
    {
        Span<byte> nonce = stackalloc byte[SealedHeader.NonceSize];
        header.WriteNonce(nonce, counter, flag);
        var length = content.Length - SealedHeader.TagSize;
        try
        {
            aes.Decrypt(nonce, content[..length], content[length..], plaintext[..length], header.Bytes);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => aes.Dispose();
}
