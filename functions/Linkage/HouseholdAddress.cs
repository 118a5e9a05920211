using System.Security.Cryptography;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>The canonical key of a United Kingdom address: <c>postcode|number or name|flat</c>, upper case.</summary>
/// <remarks>A postcode covers some fifteen addresses, nearly always of one street, so that the number and the flat within it place a
/// household whatever is written for street, town and county. A house without a number goes by its name.
/// Nothing is computed for a blank address, a filler (no fixed abode, unknown, care of someone: see <see cref="Fillers"/>), a town or a street alone, an office or a hospital, a ZZ99 pseudo-postcode, or an address
/// of which a part is not understood that may tell homes apart (a second number, a flat without its name): they place nobody, and would join strangers.</remarks>
public static class HouseholdAddress
{
    /// <summary>Bytes the longest key takes.</summary>
    public const int MaxLength = 128;

    /// <summary>Bytes of an address that is read; a longer one places nobody.</summary>
    private const int LongestRead = 512;

    /// <summary>Bytes of a house's number or name, and of a flat: cut shorter, two might be one.</summary>
    private const int LongestPart = 50;

    /// <summary>Writes the key of an address.</summary>
    /// <param name="address">House number or name, street and whatever follows; UTF-8.</param>
    /// <param name="postcode">As PostcodeValidator normalises it.</param>
    /// <param name="key">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns><c>false</c> when they place nobody.</returns>
    public static bool TryCanonicalise(ReadOnlySpan<byte> address, ReadOnlySpan<byte> postcode, Span<byte> key, out int length) =>
        TryRead(address, postcode, key, out length, out _);

    /// <param name="reading">What was read for it; null where the key was found without.</param>
    internal static bool TryRead(ReadOnlySpan<byte> address, ReadOnlySpan<byte> postcode, Span<byte> key, out int length, out AddressReading? reading)
    {
        (length, reading) = (0, null);
        if (postcode.IsEmpty || Postcode.IsPseudo(postcode))
        {
            return false;
        }

        Span<byte> compact = stackalloc byte[16];
        var code = Ascii.Compact(postcode, compact);
        if (code <= 0 || address.Length > LongestRead)
        {
            return false;
        }

        Span<char> text = stackalloc char[LongestRead];
        text = text[..Encoding.UTF8.GetChars(address, text)];
        Span<char> folded = stackalloc char[4 * LongestRead];
        var number = text.ContainsAny(AddressReading.Signs) ? default : AddressReading.PlainNumber(folded[..Folding.Fold(text, folded)]);
        reading = number.IsEmpty ? AddressReading.Read(text.ToString(), Encoding.ASCII.GetString(compact[..code])) : null;
        var home = reading is null ? ("", "") : reading.Home;
        if (home is not var (house, flat) || Encoding.UTF8.GetByteCount(house) > LongestPart || Encoding.UTF8.GetByteCount(flat) > LongestPart)
        {
            return false;
        }

        compact[..code].CopyTo(key);
        length = code;
        key[length++] = (byte)'|';
        length += Encoding.UTF8.GetBytes(number.IsEmpty ? house : number, key[length..]);
        key[length++] = (byte)'|';
        length += Encoding.UTF8.GetBytes(flat, key[length..]);
        return true;
    }

    /// <summary>The street an address is in, folded and its last word in full: WHARF STREET. Empty where it is not understood, or names none.</summary>
    /// <param name="address">As for <see cref="TryCanonicalise"/>.</param>
    /// <param name="postcode">As a postcode validator normalises it.</param>
    public static string Street(string address, string postcode) => Within(address, Postcode.Normalise(postcode)).Street;

    /// <summary>Whether two postcodes are one sign apart, or have two changed: what a slip makes of the one may be the other.</summary>
    public static bool IsSlip(string postcode, string other) => Postcode.Compare(Postcode.Normalise(postcode), Postcode.Normalise(other)) == PostcodeNearness.Slip;

    /// <summary>House and flat as one text, and the street; empty where they are not understood.</summary>
    /// <param name="address">As for <see cref="TryCanonicalise"/>.</param>
    /// <param name="postcode">Without a space.</param>
    internal static (string Home, string Street) Within(string address, string postcode) => Within(AddressReading.Read(address, postcode));

    internal static (string Home, string Street) Within(AddressReading reading) => reading.Home is var (house, flat) ? ($"{house}|{flat}", StreetOf(reading)) : ("", "");

    /// <summary>The first part that ends as a street does, the one the number stands in before others; else that one, where a town follows it.</summary>
    private static string StreetOf(AddressReading reading)
    {
        var parts = reading.Numbered < 0 ? reading.Rest : reading.Rest.Skip(reading.Numbered).Take(1).Concat(reading.Rest);
        foreach (var words in parts)
        {
            for (var i = 1; i < words.Count; i++)
            {
                if (AddressWords.Types.TryGetValue(words[i], out var full) || AddressWords.WeakTypes.TryGetValue(words[i], out full))
                {
                    return string.Join(' ', words.Take(i).Append(full));
                }
            }
        }

        return reading.Numbered >= 0 && reading.Numbered < reading.Rest.Count - 1 ? string.Join(' ', reading.Rest[reading.Numbered]) : "";
    }

    /// <summary>HMAC-SHA256 of the key's bytes, its first sixteen.</summary>
    /// <remarks>RFC 2104. The secret is shared by the agencies of a match and by nobody else.</remarks>
    public static HouseholdPseudonym Pseudonym(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> key)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, key, mac);
        return HouseholdPseudonym.FromBytes(mac[..HouseholdPseudonym.Size]);
    }
}
