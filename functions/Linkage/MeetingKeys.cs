using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>Keyed hashes by which records meet that may be of one person in two households, or of one home whose postcode was mistyped. Whoever holds the secret can enumerate them, so they are personal data.</summary>
/// <remarks>Two records that share a key may be of one person, and most that are of one person share one: names by their sound, the date of birth with one part left out, the street and house with half of the postcode left out.
/// A key says nothing for certain: it tells whose records are worth comparing.</remarks>
public static class MeetingKeys
{
    /// <summary>Keys of a record at most.</summary>
    public const int Most = 9;

    /// <summary>Set in a key that leaves something out.</summary>
    public const ulong Weak = 1UL << 63;

    private const int LongestKey = 256;

    /// <summary>Writes the keys of a record.</summary>
    /// <param name="secret">Shared by nobody outside the match.</param>
    /// <param name="person">Who it is about; null: it names nobody.</param>
    /// <param name="address">As <see cref="HouseholdAddress.TryCanonicalise"/> reads it.</param>
    /// <param name="postcode">As a postcode validator normalises it.</param>
    /// <param name="keys">At least <see cref="Most"/>.</param>
    /// <returns>How many there are: none for a filler, or a record that says too little.</returns>
    public static int Write(ReadOnlySpan<byte> secret, PersonIdentity? person, string address, string postcode, Span<ulong> keys)
    {
        var (count, compact) = (0, Postcode.Normalise(postcode));
        var outward = compact.Length > 3 && !Postcode.IsPseudo(compact) ? compact[..^3] : "";
        if (person?.Born is { } born && !Fillers.IsBirthDate(born) && !Fillers.IsName(person.Surname))
        {
            var (surname, forename) = (Sound(person.Surname), Fillers.IsName(person.Forenames) ? "" : Sound(person.Forenames.TrimStart().Split(' ', 2)[0]));
            var (year, month, day) = (born.Year, born.Month, born.Day);
            if (forename.Length > 0)
            {
                Add(secret, 0, $"n|{surname}|{forename}|{year}|{month}|{day}", keys, ref count);
                if (day <= 12 && day != month)
                {
                    Add(secret, 0, $"n|{surname}|{forename}|{year}|{day}|{month}", keys, ref count);
                }

                Add(secret, Weak, $"m|{surname}|{forename}|{year}|{month}", keys, ref count);
                Add(secret, Weak, $"d|{surname}|{forename}|{year}|{day}", keys, ref count);
                Add(secret, Weak, $"y|{surname}|{forename}|{year / 10}|{month}|{day}", keys, ref count);
            }

            if (outward.Length > 0)
            {
                Add(secret, Weak, $"s|{surname}|{year}|{month}|{day}|{outward}", keys, ref count);
                if (forename.Length > 0)
                {
                    Add(secret, Weak, $"f|{forename}|{year}|{month}|{day}|{outward}", keys, ref count);
                }
            }
        }

        if (outward.Length > 0 && HouseholdAddress.Within(address, compact) is var (home, street) && street.Length > 0)
        {
            Add(secret, Weak, $"o|{home}|{street}|{outward}", keys, ref count);
            Add(secret, Weak, $"i|{home}|{street}|{compact[^3..]}", keys, ref count);
        }

        return count;
    }

    private static void Add(ReadOnlySpan<byte> secret, ulong strength, FormattableString key, Span<ulong> keys, ref int count)
    {
        var text = key.ToString(CultureInfo.InvariantCulture);
        Span<byte> bytes = stackalloc byte[LongestKey];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!Encoding.UTF8.TryGetBytes("meets|" + text, bytes, out var length))
        {
            return;
        }

        HMACSHA256.HashData(secret, bytes[..length], mac);
        keys[count++] = (BinaryPrimitives.ReadUInt64BigEndian(mac) & ~Weak) | strength;
    }

    private static string Sound(string name)
    {
        Span<char> key = stackalloc char[NameSound.Length];
        return new(key[..NameSound.Key(Folding.Fold(name), key)]);
    }
}
