using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>Keyed hashes by which records meet that may be of one person in two households, or of one home whose postcode was mistyped. Whoever holds the secret can enumerate them, so they are personal data.</summary>
/// <remarks>Two records that share a key may be of one person, and most that are of one person share one: names by their sound, the date of birth with one part left out, the street and house with half of the postcode left out.
/// A key says nothing for certain: it tells whose records are worth comparing.</remarks>
public sealed class MeetingKeys : IDisposable
{
    /// <summary>Keys of a record at most.</summary>
    public const int Most = 9;

    /// <summary>Set in a key that leaves something out.</summary>
    public const ulong Weak = 1UL << 63;

    private const int LongestKey = 256;

    // The state is kept: a hash is half a microsecond then.
    private readonly IncrementalHash hmac;
    private (string Address, string Postcode, string Home, string Street) last = ("", "", "", "");

    /// <param name="secret">Shared by nobody outside the match.</param>
    public MeetingKeys(ReadOnlySpan<byte> secret) => hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);

    /// <summary>Writes the keys of a record.</summary>
    /// <param name="person">Who it is about; null: it names nobody.</param>
    /// <param name="address">As <see cref="HouseholdAddress.TryCanonicalise"/> reads it.</param>
    /// <param name="postcode">As a postcode validator normalises it.</param>
    /// <param name="keys">At least <see cref="Most"/>.</param>
    /// <returns>How many there are: none for a filler, or a record that says too little.</returns>
    public int Write(PersonIdentity? person, string address, string postcode, Span<ulong> keys) => Write(person, address, postcode, place: null, keys);

    /// <summary>Writes the keys of a record whose address was read already.</summary>
    /// <param name="place">What was read of <paramref name="address"/> and <paramref name="postcode"/>; null: nothing yet.</param>
    public int Write(PersonIdentity? person, string address, string postcode, HouseholdPlace? place, Span<ulong> keys)
    {
        var (count, compact) = (0, Postcode.Normalise(postcode));
        var outward = compact.Length > 3 && !Postcode.IsPseudo(compact) ? compact[..^3] : "";
        if (person?.Born is { } born && !Fillers.IsBirthDate(born) && !Fillers.IsName(person.Surname))
        {
            var (surname, forename) = (Sound(person.Surname), Fillers.IsName(person.Forenames) ? "" : Sound(person.Forenames.TrimStart().Split(' ', 2)[0]));
            count = WritePerson(surname, forename, born, outward, keys);
        }

        if (outward.Length > 0)
        {
            if (last.Address != address || last.Postcode != compact)
            {
                var (home, street) = place is null ? HouseholdAddress.Within(address, compact) : place.Within(address, compact);
                last = (address, compact, home, street);
            }

            if (last.Street.Length > 0)
            {
                keys[count++] = Key(Weak, $"o|{last.Home}|{last.Street}|{outward}");
                keys[count++] = Key(Weak, $"i|{last.Home}|{last.Street}|{compact[^3..]}");
            }
        }

        return count;
    }

    /// <summary>Forgets the secret.</summary>
    public void Dispose() => hmac.Dispose();

    private int WritePerson(string surname, string forename, DateOnly born, string outward, Span<ulong> keys)
    {
        var (count, year, month, day) = (0, born.Year, born.Month, born.Day);
        if (forename.Length > 0)
        {
            keys[count++] = Key(0, $"n|{surname}|{forename}|{year}|{month}|{day}");
            if (day <= 12 && day != month)
            {
                keys[count++] = Key(0, $"n|{surname}|{forename}|{year}|{day}|{month}");
            }

            keys[count++] = Key(Weak, $"m|{surname}|{forename}|{year}|{month}");
            keys[count++] = Key(Weak, $"d|{surname}|{forename}|{year}|{day}");
            keys[count++] = Key(Weak, $"y|{surname}|{forename}|{year / 10}|{month}|{day}");
        }

        if (outward.Length > 0)
        {
            keys[count++] = Key(Weak, $"s|{surname}|{year}|{month}|{day}|{outward}");
            if (forename.Length > 0)
            {
                keys[count++] = Key(Weak, $"f|{forename}|{year}|{month}|{day}|{outward}");
            }
        }

        return count;
    }

    private ulong Key(ulong strength, FormattableString text)
    {
        Span<byte> bytes = stackalloc byte[LongestKey];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.AppendData("meets|"u8);
        var key = text.ToString(CultureInfo.InvariantCulture);
        hmac.AppendData(Encoding.UTF8.TryGetBytes(key, bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(key));
        hmac.GetHashAndReset(mac);
        return (BinaryPrimitives.ReadUInt64BigEndian(mac) & ~Weak) | strength;
    }

    private static string Sound(string name)
    {
        Span<char> key = stackalloc char[NameSound.Length];
        return new(key[..NameSound.Key(Folding.Fold(name), key)]);
    }
}
