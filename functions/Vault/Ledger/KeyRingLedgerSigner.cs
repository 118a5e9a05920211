using System.Security.Cryptography;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Ledger;

/// <summary>Signs with a key made from one secret of a key ring; give it a ring of its own.</summary>
public sealed class KeyRingLedgerSigner : ILedgerSigner, IDisposable
{
    public const string SecretName = "ledger-signing-key";

    private readonly ECDsa key;

    private KeyRingLedgerSigner(string origin, ECDsa key)
    {
        this.key = key;
        PublicKey = new LedgerPublicKey(origin, key.ExportSubjectPublicKeyInfo());
    }

    public LedgerPublicKey PublicKey { get; }

    /// <param name="origin">The ledger's name, as a URL without scheme: <c>council.example/tfflow</c>.</param>
    public static async Task<KeyRingLedgerSigner> OpenAsync(IKeyRing keyRing, string origin, CancellationToken cancellationToken) =>
        new(origin, await keyRing.GetSigningKeyAsync(SecretName, cancellationToken));

    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
        Task.FromResult(key.SignData(text.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public void Dispose() => key.Dispose();
}
