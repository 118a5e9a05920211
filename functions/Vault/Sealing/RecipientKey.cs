using System.Security.Cryptography;
using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Sealing;

/// <summary>A recipient's key pair, made on its own machine: what is sealed to the public half, only who holds the private half can open.</summary>
/// <remarks>What is sealed is a sealed drop the other way round, bound to its own reference and recipient: docs/drop-format.md.</remarks>
public sealed class RecipientKey : IDisposable
{
    /// <summary>Bytes of the private half.</summary>
    public const int PrivateSize = P256.ScalarSize;

    /// <summary>Bytes of the public half: 0x04 ‖ X ‖ Y.</summary>
    public const int PublicSize = P256.PointSize;

    private readonly SecretBuffer privateKey;

    private RecipientKey(SecretBuffer privateKey, byte[] publicKey)
    {
        this.privateKey = privateKey;
        PublicKey = publicKey;
    }

    public ReadOnlyMemory<byte> PublicKey { get; }

    public static RecipientKey Create()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return new(P256.ExportPrivate(pair), P256.ExportPublic(pair));
    }

    /// <param name="privateKey">As <see cref="Export"/> gave it.</param>
    /// <exception cref="ArgumentException">Not a private key of P-256.</exception>
    public static RecipientKey Import(ReadOnlySpan<byte> privateKey)
    {
        if (privateKey.Length != PrivateSize || !P256.IsScalar(privateKey))
        {
            throw new ArgumentException("Not a private key of P-256 in its 32-byte form.", nameof(privateKey));
        }

        using var pair = P256.ImportPrivate(privateKey);
        return new(SecretBuffer.CopyOf(privateKey), P256.ExportPublic(pair));
    }

    /// <summary>The private half, to be kept where its owner alone reads it; the caller zeroes it.</summary>
    public byte[] Export() => privateKey.Span.ToArray();

    public static bool IsPublicKey(ReadOnlySpan<byte> publicKey) => P256.IsPoint(publicKey);

    /// <summary>Seals a small document to a recipient: whoever holds the private half of <paramref name="publicKey"/> opens it under the same reference.</summary>
    /// <param name="reference">Of the document: a document sealed under one is refused under another.</param>
    /// <exception cref="ArgumentException">The public key is not a point on P-256.</exception>
    public static async Task<byte[]> SealAsync(
        ReadOnlyMemory<byte> publicKey, string reference, string recipient, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await using (var seal = await DropSealer.BeginAsync(output, publicKey, reference, recipient, cancellationToken))
        {
            await seal.WriteAsync(content, cancellationToken);
            await seal.CompleteAsync(cancellationToken);
        }

        return output.ToArray();
    }

    /// <returns>The content; the caller zeroes it.</returns>
    /// <exception cref="SealException">It was sealed to another key, under another reference or to another recipient, or was changed.</exception>
    public async Task<byte[]> OpenAsync(Stream document, string reference, string recipient, CancellationToken cancellationToken)
    {
        using var opener = new DropOpener(reference, recipient, privateKey.Span);
        await using var plaintext = await opener.OpenAsync(document, cancellationToken);
        return await SealedDocuments.ReadWholeAsync(plaintext, cancellationToken);
    }

    public void Dispose() => privateKey.Dispose();
}
