using System.Security.Cryptography;
using TfFlow.Linkage;

namespace TfFlow.Vault.Households;

/// <summary>Derives the keys of a persons blob from its data key: one a household, one for the indexes.</summary>
/// <remarks>HKDF-Expand with SHA-256 and one block of output (RFC 5869 §2.3; §3.3: a uniform key needs no extract).
/// The HMAC state is kept, which makes a derivation half a microsecond.</remarks>
internal sealed class HouseholdKeyDerivation(ReadOnlySpan<byte> dataKey) : IDisposable
{
    public const int KeySize = 32;

    private readonly IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, dataKey);

    private static ReadOnlySpan<byte> HouseholdLabel => "tfflow household"u8;

    private static ReadOnlySpan<byte> IndexLabel => "tfflow index"u8;

    private static ReadOnlySpan<byte> FirstBlock => [1];

    public void DeriveHousehold(HouseholdPseudonym household, Span<byte> key)
    {
        Span<byte> bytes = stackalloc byte[HouseholdPseudonym.Size];
        household.CopyTo(bytes);
        hmac.AppendData(HouseholdLabel);
        hmac.AppendData(bytes);
        hmac.AppendData(FirstBlock);
        hmac.GetHashAndReset(key[..KeySize]);
    }

    public void DeriveIndex(Span<byte> key)
    {
        hmac.AppendData(IndexLabel);
        hmac.AppendData(FirstBlock);
        hmac.GetHashAndReset(key[..KeySize]);
    }

    public void Dispose() => hmac.Dispose();
}
