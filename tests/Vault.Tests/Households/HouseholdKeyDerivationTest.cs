using System.Security.Cryptography;
using TfFlow.Linkage;
using TfFlow.Vault.Households;

namespace TfFlow.Vault.Tests.Households;

public sealed class HouseholdKeyDerivationTest
{
    private readonly byte[] dataKey = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void A_household_key_is_the_HKDF_expansion_the_format_says()
    {
        using var derivation = new HouseholdKeyDerivation(dataKey);
        var household = HouseholdPseudonym.FromBytes(RandomNumberGenerator.GetBytes(16));
        var (key, bytes) = (new byte[32], new byte[16]);
        household.CopyTo(bytes);

        derivation.DeriveHousehold(household, key);
        Assert.Equal(HKDF.Expand(HashAlgorithmName.SHA256, dataKey, 32, [.. "tfflow household"u8, .. bytes]), key);

        derivation.DeriveIndex(key);
        Assert.Equal(HKDF.Expand(HashAlgorithmName.SHA256, dataKey, 32, [.. "tfflow index"u8]), key);
    }

    [Fact]
    public void Households_and_data_keys_have_keys_of_their_own()
    {
        using var derivation = new HouseholdKeyDerivation(dataKey);
        using var other = new HouseholdKeyDerivation(RandomNumberGenerator.GetBytes(32));
        var keys = new List<string>();
        var key = new byte[32];
        for (var i = 0; i < 100; i++)
        {
            derivation.DeriveHousehold(new((UInt128)i), key);
            keys.Add(Convert.ToHexString(key));
            other.DeriveHousehold(new((UInt128)i), key);
            keys.Add(Convert.ToHexString(key));
        }

        Assert.Equal(200, keys.Distinct().Count());
    }
}
