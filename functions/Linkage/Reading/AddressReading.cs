using System.Buffers;

namespace TfFlow.Linkage;

/// <summary>
/// What an address as people write it says of one home: the house's number, else its name, and the flat. The one reader of addresses:
/// household keys and linkage take it from here.
/// What is not understood places nobody: a part that is passed over would make one household of two.
/// </summary>
internal sealed partial class AddressReading
{
    /// <summary>Signs that part or join words of an address in more ways than a comma does.</summary>
    internal static readonly SearchValues<char> Signs = SearchValues.Create("/&+½()[]|#–—‑‐\u200B\u200E\u200F\uFEFF");

    /// <summary>Words of the longest filler.</summary>
    private const int LongestFiller = 5;

    private readonly List<List<string>> segments;

    private AddressReading(List<List<string>> segments) => this.segments = segments;

    /// <summary>Whether every part that may tell homes apart was understood, and somebody may live there.</summary>
    public bool Understood { get; private set; } = true;

    /// <summary>The house's number, as 12 or 12A; empty if it has none.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The postcode written in the address, without a space; empty if none is.</summary>
    public string Postcode { get; private set; } = "";

    /// <summary>The building the number is of, where it is no street's: ROSECOURT of 3 Rose Court.</summary>
    public string Building { get; private set; } = "";

    /// <summary>The name of a house without a number, its words.</summary>
    public IReadOnlyList<string> Name { get; private set; } = [];

    /// <summary>Flat, floor, room: what tells homes of one house apart.</summary>
    public List<string> Flats { get; } = [];

    /// <summary>Words that are left, by the parts of the address: names, street, town.</summary>
    public IReadOnlyList<List<string>> Rest => segments;

    /// <summary>The part of <see cref="Rest"/> the number stood in, or −1.</summary>
    public int Numbered { get; private set; } = -1;

    /// <summary>The key of the house and of the flat; null where they place nobody.</summary>
    public (string House, string Flat)? Home
    {
        get
        {
            var house = Building.Length > 0 ? Building : Number.Length > 0 ? Number : string.Concat(Name);
            var alone = Number.Length == 0 && Flats.Count == 0 && Name.Count > 0 && AddressWords.ManyHomes.Contains(Name[^1]);
            return !Understood || house.Length == 0 || alone ? null : (house, string.Join('+', Building.Length > 0
                ? Flats.Prepend(Number) : Flats));
        }
    }

    /// <summary>Reads an address.</summary>
    /// <param name="address">One line, or several parted by commas or line ends.</param>
    /// <param name="postcode">The postcode it is known to have, without a space; empty if not known.</param>
    public static AddressReading Read(string address, string postcode)
    {
        var reading = new AddressReading([]);
        if (Fillers.IsAddress(address))
        {
            reading.Understood = false;
            return reading;
        }

        reading.Split(address, postcode);
        reading.TakeFlats();
        reading.TakeHouse();
        return reading;
    }

    /// <summary>Whether a word says no more than a house's number at the start, or the name of a street or a town.</summary>
    /// <param name="word">Folded.</param>
    /// <param name="first">Whether it is the address's first.</param>
    /// <param name="next">The word after it; empty for the first word and the last: "Court Road" is a street, a house in front of it is
    /// not.</param>
    internal static bool IsPlain(ReadOnlySpan<char> word, bool first, ReadOnlySpan<char> next) =>
        char.IsAsciiDigit(word[0]) ? first && IsNumber(word)
        : word.Length > 1 && !word.ContainsAnyInRange('0', '9') && (!AddressWords.IsSpecial(word) || (!next.IsEmpty
            && AddressWords.EndsStreet(next)));

    /// <summary>The number of an address that is a number and names, at no cost; empty if it is more.</summary>
    internal static ReadOnlySpan<char> PlainNumber(ReadOnlySpan<char> folded)
    {
        var number = ReadOnlySpan<char>.Empty;
        for (var rest = folded; !rest.IsEmpty;)
        {
            var length = rest.IndexOf(' ');
            var word = length < 0 ? rest : rest[..length];
            rest = length < 0 ? default : rest[(length + 1)..];
            var end = rest.IndexOf(' ');
            if (!IsPlain(word, number.IsEmpty, number.IsEmpty ? default : end < 0 ? rest : rest[..end]))
            {
                return default;
            }

            number = number.IsEmpty ? word : number;
        }

        return char.IsAsciiDigit(number.IsEmpty ? ' ' : number[0]) ? number : default;
    }

    private static bool IsWhole(string word) => word.Length <= 5 && !word.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>12, 12A, 12-14, 12/5, 12HALF; not 1AA, which is half a postcode, and not 2ND.</summary>
    internal static bool IsNumber(ReadOnlySpan<char> word)
    {
        var digits = word.IndexOfAnyExceptInRange('0', '9');
        return digits < 0 ? word.Length is > 0 and <= 6 : digits is > 0 and <= 6 && ((digits == word.Length - 1
            && char.IsAsciiLetterUpper(word[digits])) || (word[digits] is '/' or '-' && word.Length <= 13)
            || word[digits..] is "HALF" or "AHALF");
    }

    private static bool IsNumber(string word) => IsNumber(word.AsSpan());
}
