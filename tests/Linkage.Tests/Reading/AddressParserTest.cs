using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Reading;

/// <summary>"Flat 18, 109 Elm Gardens" is read without <see cref="AddressReading"/>. It must come out as that reads it.</summary>
public sealed class AddressParserTest
{
    private static readonly string[] Units = ["Flat", "FLT", "Apartment", "apt.", "Unit", "Room", "Bed", "Penthouse", "Floor", "Pitch", "Block"];
    private static readonly string[] Numbers = ["18", "3A", "a", "12", "7 B", "2nd", "1half", "0", "1234567", "No 4", ""];
    private static readonly string[] Streets = ["Elm Gardens", "Court Road", "Rose Court", "Lake St", "Hospital Lane", "Wharf", "Mill House", "St Peter's Hill", ""];
    private static readonly string[] Towns = ["Barnowell", "Castle Marden", "BN24 6HY", "Barnwell BN6 2QA", "Garage", "Homeless", "12", "Rear", ""];

    /// <summary>A bracket parts as a comma does, and is never read as plain.</summary>
    [Fact]
    public void A_flat_before_a_plain_address_is_read_as_any_other_address_is()
    {
        var random = new Random(20);
        var parser = new AddressParser(new(), new());
        string Any(string[] of) => of[random.Next(of.Length)];
        for (var i = 0; i < 20_000; i++)
        {
            var parts = new[] { $"{Any(Units)} {Any(Numbers)}".Trim(), $"{Any(Numbers)} {Any(Streets)}".Trim(), Any(Streets), Any(Towns) }.Where(p => p.Length > 0).ToArray();
            var (plain, bracketed) = (string.Join(", ", parts), string.Join("(", parts) + "(");
            Assert.True(parser.Parse(bracketed) == parser.Parse(plain), plain);
        }
    }

    [Fact]
    public void A_flat_and_a_house_are_told_apart()
    {
        var parser = new AddressParser(new(), new());
        var one = parser.Parse("Flat 18, 109 Elm Gardens");
        Assert.Equal((18 << 5, 109 << 5), (one.Flat, one.Number));
        Assert.NotEqual(one, parser.Parse("Flat 109, 18 Elm Gardens"));
        Assert.Equal(one, parser.Parse("FLAT 18 109 ELM GDNS"));
    }
}
