using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Ledger;

/// <summary>Signs checkpoints. Its identity is not the application's: who can write entries cannot sign, and who signs cannot write.</summary>
/// <remarks>In Azure a Key Vault key on P-256 that never leaves the vault, with <c>sign</c> granted to the checkpoint timer's identity alone.</remarks>
public interface ILedgerSigner
{
    /// <summary>What every party is given beforehand; its name is the ledger's origin.</summary>
    LedgerPublicKey PublicKey { get; }

    /// <returns>An ECDSA signature over the SHA-256 of the text, DER.</returns>
    Task<byte[]> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken);
}
