namespace TfFlow.Linkage;

/// <summary>What the address of a row says: the key of its household, and the home and street by which it meets others. The address is read
/// once for all three.</summary>
/// <remarks>One object is reused for every row.</remarks>
public sealed class HouseholdPlace
{
    private readonly byte[] key = new byte[HouseholdAddress.MaxLength];
    private AddressReading? reading;
    private int length;

    /// <summary>The canonical key, as <see cref="HouseholdAddress.TryCanonicalise"/> writes it; empty where it places nobody. Valid until
    /// the next row.</summary>
    public ReadOnlySpan<byte> Key => key.AsSpan(0, length);

    /// <summary>Reads the address of a row.</summary>
    /// <param name="address">House number or name, street and whatever follows; UTF-8.</param>
    /// <param name="postcode">As a postcode validator normalises it.</param>
    public void Read(ReadOnlySpan<byte> address, ReadOnlySpan<byte> postcode) =>
        length = HouseholdAddress.TryRead(address, postcode, key, out var written, out reading) ? written : 0;

    /// <summary>Forgets the address.</summary>
    public void Clear()
    {
        Array.Clear(key);
        (reading, length) = (null, 0);
    }

    /// <param name="address">The one that was read.</param>
    /// <param name="postcode">The one that was read, without a space.</param>
    internal (string Home, string Street) Within(string address, string postcode) =>
        reading is null ? HouseholdAddress.Within(address, postcode) : HouseholdAddress.Within(reading);
}
