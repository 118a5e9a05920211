using TfFlow.Linkage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Households;

/// <summary>The derived keys of the households an opening named, in memory until disposed; nothing else of the blob opens with them.</summary>
/// <remarks>With them comes the key of the blob's indexes: it shows which pseudonyms the blob holds, and no record.</remarks>
public sealed class HouseholdKeys : IDisposable
{
    private const int KeySize = HouseholdKeyDerivation.KeySize;

    private readonly SecretBuffer index = new(KeySize);
    private readonly SecretBuffer keys;
    private readonly Dictionary<HouseholdPseudonym, int> places;

    internal HouseholdKeys(KeyRow row, HashSet<HouseholdPseudonym> households, ReadOnlySpan<byte> dataKey)
    {
        Blob = row.Blob;
        Originator = row.Originator;
        keys = new(households.Count * KeySize);
        places = new(households.Count);
        using var derivation = new HouseholdKeyDerivation(dataKey);
        derivation.DeriveIndex(index.Span);
        foreach (var household in households)
        {
            derivation.DeriveHousehold(household, keys.Span.Slice(places.Count * KeySize, KeySize));
            places.Add(household, places.Count);
        }
    }

    public string Blob { get; }

    public string Originator { get; }

    public IReadOnlyCollection<HouseholdPseudonym> Households => places.Keys;

    internal ReadOnlySpan<byte> IndexKey => index.Span;

    internal bool Covers(HouseholdPseudonym household) => places.ContainsKey(household);

    internal ReadOnlySpan<byte> KeyOf(HouseholdPseudonym household) => keys.Span.Slice(places[household] * KeySize, KeySize);

    public void Dispose()
    {
        index.Dispose();
        keys.Dispose();
        places.Clear();
    }
}
