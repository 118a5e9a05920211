using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

public sealed class HouseholdAddressTest
{
    [Theory]
    [InlineData("12 Wharf Street, Leicester", "LE11AA|12|")]
    [InlineData("12, WHARF ST", "LE11AA|12|")]
    [InlineData("  12   wharf street  ", "LE11AA|12|")]
    [InlineData("12 Wharf Street, Leicester, LE1 1AA", "LE11AA|12|")]
    [InlineData("12A Wharf Street", "LE11AA|12A|")]
    [InlineData("12a Wharf Street", "LE11AA|12A|")]
    [InlineData("12 A Wharf Street", "LE11AA|12A|")]
    [InlineData("12-14 Wharf Street", "LE11AA|12|")]
    [InlineData("12/14 Wharf Street", "LE11AA|12|")]
    [InlineData("Flat 2, 12 Wharf Street", "LE11AA|12|2")]
    [InlineData("FLAT 2 12 Wharf Street", "LE11AA|12|2")]
    [InlineData("12 Wharf Street, Flat 2", "LE11AA|12|2")]
    [InlineData("Apartment 2, 12 Wharf Street", "LE11AA|12|2")]
    [InlineData("Apt. 2, 12 Wharf Street", "LE11AA|12|2")]
    [InlineData("Unit 2, 12 Wharf Street", "LE11AA|12|2")]
    [InlineData("Room 2, 12 Wharf Street", "LE11AA|12|2")]
    [InlineData("Flat B, 12 Wharf Street", "LE11AA|12|B")]
    [InlineData("Flat 2B, 12 Wharf Street", "LE11AA|12|2B")]
    [InlineData("Ground Floor Flat, 12 Wharf Street", "LE11AA|12|GROUND")]
    [InlineData("Basement Flat, 12 Wharf Street", "LE11AA|12|BASEMENT")]
    [InlineData("Top Flat 12 Wharf Street", "LE11AA|12|TOP")]
    [InlineData("First Floor Flat 2, 12 Wharf Street", "LE11AA|12|2")]
    [InlineData("Rose Cottage, Mill Lane", "LE11AA|ROSECOTTAGE|")]
    [InlineData("Rose Cottage, Mill Lane, Leicester LE1 1AA", "LE11AA|ROSECOTTAGE|")]
    [InlineData("St John's House, Mill Lane", "LE11AA|STJOHNSHOUSE|")]
    [InlineData("Rose Cottage, 12 Mill Lane", "LE11AA|12|")]
    [InlineData("Flat 3, Rose House, Mill Lane", "LE11AA|ROSEHOUSE|3")]
    [InlineData("Café Cottage", "LE11AA|CAFECOTTAGE|")]
    public void An_address_has_a_key(string address, string key) => Assert.Equal(key, Key(address, "LE1 1AA"));

    [Theory]
    [InlineData("12 Wharf Street", "ZZ99 3VZ")]
    [InlineData("12 Wharf Street", "")]
    [InlineData("", "LE1 1AA")]
    [InlineData(" , ;", "LE1 1AA")]
    [InlineData("Flat 2", "LE1 1AA")]
    [InlineData("Flat, 12 Wharf Street", "LE1 1AA")]
    public void What_places_nobody_has_none(string address, string postcode) => Assert.Null(Key(address, postcode));

    [Fact]
    public void Another_postcode_number_or_flat_is_another_household() => Assert.Equal(4, new HashSet<string?>
    {
        Key("12 Wharf Street", "LE1 1AA"), Key("12 Wharf Street", "LE1 1AB"), Key("13 Wharf Street", "LE1 1AA"), Key("Flat 1, 12 Wharf Street", "LE1 1AA"),
    }.Count);

    [Fact]
    public void Whatever_is_written_has_a_key_in_bounds_or_none() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        var key = Key(text.Get, "EC1A 1BB");
        return key is null || key.StartsWith("EC1A1BB|", StringComparison.Ordinal);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void What_is_too_long_to_tell_from_another_places_nobody()
    {
        Assert.Null(Key(new string('9', 300) + " Road", "EC1A 1BB"));
        Assert.Null(Key("Rose " + new string('a', 60) + " Cottage", "EC1A 1BB"));
        Assert.Null(Key(string.Concat(Enumerable.Repeat("abc def, ", 500)), "EC1A 1BB"));
        Assert.Null(Key("12 High Street, " + new string('x', 5000), "EC1A 1BB"));
        Assert.NotNull(Key("Rose " + new string('a', 30) + " Cottage", "EC1A 1BB"));
    }

    [Fact]
    public void A_pseudonym_is_the_first_half_of_an_HMAC()
    {
        var secret = Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        var key = "LE11AA|12|2"u8;
        var pseudonym = HouseholdAddress.Pseudonym(secret, key);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(secret, key).AsSpan(0, 16)), pseudonym.ToString());
        Assert.NotEqual(pseudonym, HouseholdAddress.Pseudonym(secret, "LE11AA|12|3"u8));
        Assert.NotEqual(pseudonym, HouseholdAddress.Pseudonym(secret.AsSpan(1), key));
    }

    /// <summary>Pairs of addresses as the field writes them: one household, or two.</summary>
    [Fact]
    public void Addresses_of_the_field_are_told_apart_and_put_together()
    {
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "addresses.tsv")).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var cells = line.Split('\t');
            var (one, other) = (Key(cells[1], "LE1 1AA"), Key(cells[2], "LE1 1AA"));
            if ((cells[0] == "same") != (one is not null && one == other))
            {
                wrong.Add($"{line}: {one ?? "nobody"}, {other ?? "nobody"}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("1st Floor Flat", "2nd Floor Flat", "Hall Floor Flat", "Garden Flat", "GFF", "Flat A1", "Flat A2")]
    public void Seven_flats_of_one_house_are_seven_households(params string[] flats) =>
        Assert.Equal(flats.Length, flats.Select(f => Key($"{f}, 12 Cotham Road, Bristol", "BS6 6DR")).OfType<string>().Distinct().Count());

    private static string? Key(string address, string postcode)
    {
        Span<byte> key = stackalloc byte[HouseholdAddress.MaxLength];
        return HouseholdAddress.TryCanonicalise(Encoding.UTF8.GetBytes(address), Encoding.UTF8.GetBytes(postcode), key, out var length)
            ? Encoding.UTF8.GetString(key[..length])
            : null;
    }
}
