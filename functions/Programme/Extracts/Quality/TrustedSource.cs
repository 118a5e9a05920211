using System.Runtime.InteropServices;
using System.Text;
using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Quality;

/// <summary>A source whose records are known to be right, to hold another one against: who of its people is in the trusted one, and at the same postcode.</summary>
/// <remarks>seeds/001 Data to be shared. People are found by surname, first forename and date of birth, letters alone; hashes are held and no name.</remarks>
public sealed class TrustedSource
{
    private const int Longest = 512;
    private readonly Dictionary<ulong, ulong> postcodes = [];
    private long looked;
    private long found;
    private long placed;

    /// <summary>Adds a person of the trusted source; a person listed twice is known by the last postcode.</summary>
    public void Add(ExtractRow row)
    {
        if (Key(row) is { } person)
        {
            postcodes[person] = Postcode(row);
        }
    }

    /// <summary>Looks for a row's person.</summary>
    public void Look(ExtractRow row)
    {
        looked++;
        if (Key(row) is { } person && postcodes.TryGetValue(person, out var postcode))
        {
            found++;
            placed += !Find(row, IdentityColumns.Postcode).IsEmpty && postcode == Postcode(row) ? 1 : 0;
        }
    }

    /// <returns>The profile with the shares of people found, and of those found at the same postcode; both null of none.</returns>
    public QualityProfile Close(QualityProfile profile) => profile with
    {
        Found = looked == 0 ? null : Share(found, looked),
        SamePostcode = found == 0 ? null : Share(placed, found),
    };

    // Who has no surname or no date of birth is nobody that could be found.
    private static ulong? Key(ExtractRow row)
    {
        var surname = Find(row, IdentityColumns.Surname);
        var forenames = Find(row, IdentityColumns.Forenames);
        var born = Find(row, IdentityColumns.DateOfBirth);
        if (surname.IsEmpty || born.IsEmpty)
        {
            return null;
        }

        Span<char> text = stackalloc char[Longest];
        Span<char> folded = stackalloc char[4 * Longest];
        var hash = KeySet.Mix(0, born);
        hash = Mix(hash, surname, text, folded, first: false);
        return Mix(hash, forenames, text, folded, first: true);
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<byte> name, Span<char> text, Span<char> folded, bool first)
    {
        ReadOnlySpan<char> letters = folded[..Folding.Fold(text[..Encoding.UTF8.GetChars(name, text)], folded)];
        letters = first && letters.IndexOf(' ') is var end and > 0 ? letters[..end] : letters;
        return KeySet.Mix(hash, MemoryMarshal.AsBytes(letters));
    }

    private static ulong Postcode(ExtractRow row) => KeySet.Mix(0, Find(row, IdentityColumns.Postcode));

    private static ReadOnlySpan<byte> Find(ExtractRow row, string column) => row.Specification.Find(column) is var at and >= 0 ? row[at] : default;

    private static double Share(long part, long whole) => Math.Round(100.0 * part / whole, 1);
}
