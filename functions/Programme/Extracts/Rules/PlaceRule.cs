using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Rules;

/// <summary>An address and postcode place a household.</summary>
public sealed class PlaceRule(int address, int postcode) : RowRule(Broken, address, postcode)
{
    public static readonly Rule Broken = new("row.no-household",
        "an address that places a household: a house number or name, and a postcode that is no ZZ99",
        "Write the house number or name in the address, and the full postcode.", "ours");

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        if (NoHomeRule.IsNoHome(row[address]))
        {
            return true;
        }

        Span<byte> key = stackalloc byte[HouseholdAddress.MaxLength];
        return HouseholdAddress.TryCanonicalise(row[address], row[postcode], key, out _);
    }
}
