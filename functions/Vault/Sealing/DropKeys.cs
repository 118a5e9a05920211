using System.Security.Cryptography;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Sealing;

/// <param name="KeyReference">Names the row that holds the private half, wrapped.</param>
/// <param name="PublicKey">65 bytes: 0x04 ‖ X ‖ Y.</param>
public sealed record GrantKey(string KeyReference, ReadOnlyMemory<byte> PublicKey);

/// <summary>One key pair a grant. The private half lies wrapped in the key table; <see cref="DataKeys.DestroyAsync"/> makes every copy of the drop unreadable.</summary>
public sealed class DropKeys(DataKeys keys)
{
    public async Task<GrantKey> CreateAsync(string grant, string agency, CancellationToken cancellationToken)
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var privateKey = P256.ExportPrivate(pair);
        var reference = await keys.AddAsync(privateKey, grant, agency, KeyGrain.Drop, cancellationToken);
        return new(reference, P256.ExportPublic(pair));
    }

    /// <exception cref="SealException"><see cref="SealError.KeyDestroyed"/>, <see cref="SealError.KeyRetired"/> or <see cref="SealError.UnwrapFailed"/>.</exception>
    public async Task<DropOpener> OpenAsync(string keyReference, CancellationToken cancellationToken)
    {
        var (row, privateKey) = await keys.OpenAsync(keyReference, KeyGrain.Drop, openings: 1, cancellationToken);
        using (privateKey)
        {
            return new DropOpener(row.Blob, row.Originator, privateKey.Span);
        }
    }
}
