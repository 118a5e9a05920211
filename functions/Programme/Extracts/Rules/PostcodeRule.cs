using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A postcode is there, unless the address says why it is not: withheld, protected, no fixed abode, not known.</summary>
public sealed class PostcodeRule(int postcode, int address) : RowRule(Broken, postcode, address)
{
    public static readonly Rule Broken = new("row.postcode",
        "a postcode; it may be blank only where the address says why (no fixed abode, address withheld)",
        "Write the postcode; or ZZ99 3VZ for no fixed abode, ZZ99 3WZ where the address is not known or protected.", "ours");

    public override bool Holds(ExtractRow row, ExtractReadOptions options) =>
        !row.IsBlank(postcode) || (!row.IsBlank(address) && Fillers.IsAddress(row[address]));
}
