using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

public sealed class HouseholdPseudonymTest
{
    private const string Hex = "000102030405060708090a0b0c0d0eff";

    [Fact]
    public void Bytes_hex_and_value_are_one_thing()
    {
        var pseudonym = HouseholdPseudonym.FromBytes(Convert.FromHexString(Hex));
        var bytes = new byte[HouseholdPseudonym.Size];
        pseudonym.CopyTo(bytes);

        Assert.Equal(Hex, pseudonym.ToString());
        Assert.Equal(Hex, Convert.ToHexStringLower(bytes));
        Assert.True(HouseholdPseudonym.TryParse(Hex, out var parsed));
        Assert.Equal(pseudonym, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("000102030405060708090a0b0c0d0e")]
    [InlineData("000102030405060708090a0b0c0d0eff00")]
    [InlineData("000102030405060708090A0B0C0D0EFF")]
    [InlineData("000102030405060708090a0b0c0d0ef ")]
    [InlineData("+00102030405060708090a0b0c0d0eff")]
    public void Anything_but_32_lower_case_hex_digits_is_refused(string hex) => Assert.False(HouseholdPseudonym.TryParse(hex, out _));

    [Fact]
    public void Another_number_of_bytes_is_refused() => Assert.Throws<ArgumentException>(() => HouseholdPseudonym.FromBytes(new byte[15]));

    [Fact]
    public void Pseudonyms_sort_as_their_bytes()
    {
        string[] sorted = ["00000000000000000000000000000000", "000000000000000000000000000000ff", "7fffffffffffffffffffffffffffffff", "80000000000000000000000000000000", "ff000000000000000000000000000000"];

        var pseudonyms = sorted.Reverse().Select(hex => HouseholdPseudonym.FromBytes(Convert.FromHexString(hex))).Order();

        Assert.Equal(sorted, pseudonyms.Select(pseudonym => pseudonym.ToString()));
    }
}
