using System.Numerics;
using System.Security.Cryptography;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Ledger;

/// <summary>Signs with a P-256 key derived from one secret of a key ring; give it a ring of its own.</summary>
public sealed class KeyRingLedgerSigner : ILedgerSigner, IDisposable
{
    public const string SecretName = "ledger-signing-key";

    private const int ScalarLength = 32;

    // FIPS 186-5 A.4.1: 64 bits more than the group's order leave no bias worth the name.
    private const int SeedLength = ScalarLength + 8;

    private static readonly BigInteger Order = new(
        Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"), isUnsigned: true, isBigEndian: true);

    private readonly ECDsa key;

    private KeyRingLedgerSigner(string origin, ECDsa key)
    {
        this.key = key;
        PublicKey = new LedgerPublicKey(origin, key.ExportSubjectPublicKeyInfo());
    }

    public LedgerPublicKey PublicKey { get; }

    /// <param name="origin">The ledger's name, as a URL without scheme: <c>council.example/tfflow</c>.</param>
    public static async Task<KeyRingLedgerSigner> OpenAsync(IKeyRing keyRing, string origin, CancellationToken cancellationToken)
    {
        var secret = await keyRing.GetSecretAsync(SecretName, cancellationToken);
        var scalar = new byte[ScalarLength];
        var seed = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, SeedLength, info: "tfflow ledger signing key, P-256"u8.ToArray());
        try
        {
            var value = (new BigInteger(seed, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
            var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
            bytes.CopyTo(scalar, ScalarLength - bytes.Length);
            CryptographicOperations.ZeroMemory(bytes);
            return new KeyRingLedgerSigner(origin, ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar }));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
        Task.FromResult(key.SignData(text.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public void Dispose() => key.Dispose();
}
