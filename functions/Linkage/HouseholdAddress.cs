using System.Security.Cryptography;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>The canonical key of a United Kingdom address: <c>postcode|number or name|flat</c>, upper case.</summary>
/// <remarks>A postcode covers some fifteen addresses, nearly always of one street, so that the number and the flat within it place a
/// household whatever is written for street, town and county. A house without a number goes by its name.
/// Nothing is computed for a blank address, a filler (no fixed abode, unknown, care of someone: see <see cref="Fillers"/>), a town alone or a ZZ99 pseudo-postcode: they place nobody, and would join strangers.</remarks>
public static class HouseholdAddress
{
    /// <summary>Bytes the longest key takes.</summary>
    public const int MaxLength = 128;

    /// <summary>Bytes of an address that are read.</summary>
    private const int LongestRead = 512;

    /// <summary>Writes the key of an address.</summary>
    /// <param name="address">House number or name, street and whatever follows; UTF-8.</param>
    /// <param name="postcode">As PostcodeValidator normalises it.</param>
    /// <param name="key">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns><c>false</c> when they place nobody.</returns>
    public static bool TryCanonicalise(ReadOnlySpan<byte> address, ReadOnlySpan<byte> postcode, Span<byte> key, out int length)
    {
        length = 0;
        if (postcode.IsEmpty || Postcode.IsPseudo(postcode))
        {
            return false;
        }

        Span<byte> compact = stackalloc byte[16];
        var code = Ascii.Compact(postcode, compact);
        if (code <= 0 || AddressReading.Read(Encoding.UTF8.GetString(address[..Math.Min(address.Length, LongestRead)]), Encoding.ASCII.GetString(compact[..code])) is not { } home)
        {
            return false;
        }

        compact[..code].CopyTo(key);
        length = code;
        key[length++] = (byte)'|';
        Append(home.House, key, ref length);
        key[length++] = (byte)'|';
        Append(home.Flat, key, ref length);
        return true;
    }

    /// <summary>HMAC-SHA256 of the key's bytes, its first sixteen.</summary>
    /// <remarks>RFC 2104. The secret is shared by the agencies of a match and by nobody else.</remarks>
    public static HouseholdPseudonym Pseudonym(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> key)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, key, mac);
        return HouseholdPseudonym.FromBytes(mac[..HouseholdPseudonym.Size]);
    }

    /// <summary>As many whole letters as fit in fifty bytes.</summary>
    private static void Append(string value, Span<byte> key, ref int length)
    {
        Encoding.UTF8.GetEncoder().Convert(value, key.Slice(length, 50), flush: true, out _, out var used, out _);
        length += used;
    }
}
