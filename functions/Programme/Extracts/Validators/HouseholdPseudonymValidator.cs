namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A household pseudonym as <see cref="TfFlow.Linkage.HouseholdPseudonym"/> writes it: 32 hexadecimal digits, normalised to lower case.</summary>
public sealed class HouseholdPseudonymValidator : Validator
{
    public static readonly Rule Format = new("household.format",
        "a household pseudonym of 32 hexadecimal digits, as tfflow prepare writes it; never an address",
        "Run tfflow prepare on your own export: it puts pseudonyms in the place of addresses.", "seeds/001 Description 1");

    public override string Name => "household-pseudonym";

    public override string Describes => "a household pseudonym, as tfflow prepare writes it";

    public override IReadOnlyList<Rule> Rules => [Format];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into) =>
        Hex.TryWrite(value, into) ? null : Format;
}
