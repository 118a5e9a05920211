using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Rules;

/// <summary>An address is of a home: what says no fixed abode, unknown, withheld or care of someone makes no household.</summary>
public sealed class NoHomeRule(int address) : RowRule(Broken, address)
{
    public static readonly Rule Broken = new("row.no-home",
        "the address of a home; this one says that none is known or open (no fixed abode, unknown, withheld, refused, care of)",
        "Nothing has to be done: such a row belongs to no household and is left out of the list. Write the address if your records do have it.", "ours");

    public override bool Holds(ExtractRow row, ExtractReadOptions options) => !IsNoHome(row[address]);

    internal static bool IsNoHome(ReadOnlySpan<byte> address) => !address.IsEmpty && Fillers.IsAddress(address);
}
