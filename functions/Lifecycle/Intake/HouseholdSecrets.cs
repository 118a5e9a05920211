using System.Security.Cryptography;
using System.Text;
using TfFlow.Linkage;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Vault.Keys;

namespace TfFlow.Lifecycle.Intake;

/// <summary>The secrets that households are named by: one that never leaves, and one for each agreement whose partner sends an anonymous household list.</summary>
/// <remarks>seeds/001 Identifying Suitable Households. A partner knows the secret of its own agreement alone, so that it recognises no other partner's list and nothing that is kept here (ours).</remarks>
public sealed class HouseholdSecrets(IKeyRing keyRing, AgreementCatalogue agreements)
{
    /// <summary>The key ring's name of the secret that households are named by here.</summary>
    public const string Internal = "household-pseudonyms";

    private const int LongestId = 40;

    /// <summary>Agreements with an exchange that is a household list, by id.</summary>
    public IReadOnlyList<string> Agreements { get; } =
    [
        .. agreements.Versions.Where(version => version.Exchanges.Any(exchange => exchange.Specification is { } specification && HouseholdListPreparation.Applies(specification)))
            .Select(version => version.Id).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The key ring's name of an agreement's secret.</summary>
    public static string NameOf(string agreement) =>
        $"household-list-{(agreement.Length <= LongestId ? agreement : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(agreement)))[..LongestId])}";

    /// <summary>The secret of an agreement, made at its first use. The caller zeroes it.</summary>
    public Task<byte[]> OpenAsync(string agreement, CancellationToken cancellationToken) => keyRing.GetSecretAsync(NameOf(agreement), cancellationToken);

    /// <summary>The secret that households are named by here. The caller zeroes it.</summary>
    public Task<byte[]> OpenInternalAsync(CancellationToken cancellationToken) => keyRing.GetSecretAsync(Internal, cancellationToken);

    /// <summary>What a partner's list calls the household at an address.</summary>
    /// <returns>Null for an address that places nobody.</returns>
    public static HouseholdPseudonym? Name(ReadOnlySpan<byte> secret, string? address, string? postcode)
    {
        Span<byte> key = stackalloc byte[HouseholdAddress.MaxLength];
        return HouseholdAddress.TryCanonicalise(Encoding.UTF8.GetBytes(address ?? ""), Encoding.UTF8.GetBytes(postcode ?? ""), key, out var length)
            ? HouseholdAddress.Pseudonym(secret, key[..length])
            : null;
    }
}
