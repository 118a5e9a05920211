using System.Security.Cryptography;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Sealing;

namespace TfFlow.Vault.Keys;

/// <summary>ECDSA P-256 keys made from a ring's named secrets: the same secret gives the same key, in any process.</summary>
public static class SigningKeys
{
    /// <summary>The signing key of this name. The caller disposes it.</summary>
    public static async Task<ECDsa> GetSigningKeyAsync(this IKeyRing keyRing, string name, CancellationToken cancellationToken)
    {
        using var secret = SecretBuffer.Take(await keyRing.GetSecretAsync(name, cancellationToken));
        return Derive(secret.Span);
    }

    // Candidates by HKDF until one is a scalar, as RFC 9180 §7.1.3 derives P-256 keys; the first nearly always is.
    internal static ECDsa Derive(ReadOnlySpan<byte> secret)
    {
        using var scalar = new SecretBuffer(P256.ScalarSize);
        for (byte counter = 0; ; counter++)
        {
            HKDF.Expand(HashAlgorithmName.SHA256, secret, scalar.Span, (ReadOnlySpan<byte>)[.. "tfflow signing key"u8, counter]);
            if (P256.IsScalar(scalar.Span))
            {
                return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar.Array });
            }
        }
    }
}
