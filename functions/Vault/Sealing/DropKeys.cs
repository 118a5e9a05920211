using System.Security.Cryptography;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Sealing;

/// <summary>One key pair a grant. The private half lies wrapped in the key table; <see cref="DataKeys.DestroyAsync"/> makes every copy of the drop unreadable.</summary>
public sealed class DropKeys(DataKeys keys)
{
    /// <returns>The public half, 65 bytes: 0x04 ‖ X ‖ Y. The private half's row goes by the grant's id.</returns>
    public async Task<ReadOnlyMemory<byte>> CreateAsync(string grant, string agency, CancellationToken cancellationToken)
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var privateKey = P256.ExportPrivate(pair);
        await keys.AddAsync([(new(grant, grant, agency, KeyGrain.Drop), privateKey)], cancellationToken);
        return P256.ExportPublic(pair);
    }

    /// <exception cref="SealException"><see cref="SealError.KeyDestroyed"/>, <see cref="SealError.KeyRetired"/> or <see cref="SealError.UnwrapFailed"/>.</exception>
    public async Task<DropOpener> OpenAsync(string grant, CancellationToken cancellationToken)
    {
        var (row, privateKey) = (await keys.OpenAsync([grant], KeyGrain.Drop, openings: 1, cancellationToken))[0];
        using (privateKey)
        {
            return new DropOpener(row.Blob, row.Originator, privateKey.Span);
        }
    }
}
