using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>What one address column says: codes of <see cref="AddressParser.Code(ReadOnlySpan{char})"/> and texts of the place pool; 0 where it is silent.</summary>
internal readonly record struct AddressParts(int Flat, int Number, int Street, int Name, int Town, int Postcode)
{
    /// <summary>This line followed by <paramref name="next"/>: the first that speaks is heard, the last plain words are the town.</summary>
    public AddressParts Then(AddressParts next) => new(
        Flat != 0 ? Flat : next.Flat,
        Number != 0 ? Number : next.Number,
        Street != 0 ? Street : next.Street,
        Name != 0 ? Name : Town != 0 && next.Town != 0 ? Town : next.Name,
        next.Town != 0 ? next.Town : Town,
        Postcode != 0 ? Postcode : next.Postcode);
}

/// <summary>Takes UK addresses apart: flat, number, street, building, town, postcode, in one line or several, with or without commas. Not for use by two threads at once.</summary>
internal sealed class AddressParser(TextPool<char> places, TextPool<char> codes)
{
    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Types = Pairs("""
        ST=STREET STREET=STREET STR=STREET RD=ROAD ROAD=ROAD AVE=AVENUE AV=AVENUE AVENUE=AVENUE LN=LANE LANE=LANE DR=DRIVE DRV=DRIVE DRIVE=DRIVE CL=CLOSE CLS=CLOSE CLOSE=CLOSE
        CRES=CRESCENT CRESC=CRESCENT CR=CRESCENT CRESCENT=CRESCENT CT=COURT CRT=COURT COURT=COURT TERR=TERRACE TER=TERRACE TCE=TERRACE TERRACE=TERRACE GDNS=GARDENS GDN=GARDENS GARDENS=GARDENS GARDEN=GARDENS
        PL=PLACE PLACE=PLACE SQ=SQUARE SQUARE=SQUARE CIRCUIT=CIRCUIT CCT=CIRCUIT CIRCLE=CIRCLE BOULEVARD=BOULEVARD BLVD=BOULEVARD PARADE=PARADE PDE=PARADE HWY=HIGHWAY HIGHWAY=HIGHWAY
        """);

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> WeakTypes = Pairs("""
        GROVE=GROVE GRV=GROVE GR=GROVE WAY=WAY WY=WAY HILL=HILL PARK=PARK PK=PARK VIEW=VIEW MEWS=MEWS RISE=RISE WALK=WALK WLK=WALK ROW=ROW GREEN=GREEN GRN=GREEN MOUNT=MOUNT MT=MOUNT VALE=VALE BANK=BANK
        DALE=DALE FOLD=FOLD CROFT=CROFT END=END YARD=YARD GATE=GATE BROW=BROW WYND=WYND LOAN=LOAN BRAE=BRAE PATH=PATH QUAY=QUAY WHARF=WHARF APPROACH=APPROACH CHASE=CHASE DELL=DELL DENE=DENE DRIVEWAY=DRIVE
        HEIGHTS=HEIGHTS HTS=HEIGHTS MEADOW=MEADOW MEADOWS=MEADOWS RIDGE=RIDGE SIDE=SIDE VILLAS=VILLAS COTTAGES=COTTAGES EAST=EAST WEST=WEST NORTH=NORTH SOUTH=SOUTH CRESENT=CRESCENT LOOP=LOOP PLAZA=PLAZA
        """);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> FlatWords = Set("FLAT", "FLT", "APARTMENT", "APT", "UNIT", "ROOM", "RM", "STUDIO", "MAISONETTE", "BEDSIT");
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> FloorWords = Set("GROUND", "FIRST", "SECOND", "THIRD", "FOURTH", "TOP", "BASEMENT", "UPPER", "LOWER", "GARDEN");
    private static readonly SearchValues<char> Ends = SearchValues.Create(",;\n\r");

    // Used again for every address: words are parts of the one, joined in the other.
    private readonly List<ReadOnlyMemory<char>> words = [];
    private char[] folded = new char[256];
    private char[] joined = new char[256];

    /// <summary>A line of an address, or all of it.</summary>
    public AddressParts Parse(string text)
    {
        var parts = default(AddressParts);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var length = rest.IndexOfAny(Ends);
            parts = length == 0 ? parts : parts.Then(Chunk(length < 0 ? rest : rest[..length]));
            rest = length < 0 ? default : rest[(length + 1)..];
        }

        return parts;
    }

    /// <summary>A street column: everything that is no flat or number is the street.</summary>
    public AddressParts ParseStreet(string text)
    {
        var parts = Parse(text);
        return parts.Street != 0 ? parts : parts with { Street = parts.Town, Town = 0 };
    }

    /// <summary>A house column: a number, or the name of the house.</summary>
    public AddressParts ParseHouse(string text)
    {
        var parts = Parse(text);
        return parts.Number != 0 || parts.Street != 0 ? parts : parts with { Name = parts.Name != 0 ? parts.Name : parts.Town, Town = 0 };
    }

    /// <summary>A flat column.</summary>
    public int ParseFlat(string text)
    {
        Words(text);
        return words.Count == 0 ? 0 : Code(words[^1].Span);
    }

    /// <summary>A town as text of the place pool.</summary>
    public int Town(string text) => places.Add(Folding.Fold(text));

    /// <summary>A postcode as a code, 0 if it places nobody.</summary>
    public int PostcodeOf(string text)
    {
        var postcode = Postcode.Normalise(text);
        return Postcode.IsPseudo(postcode) ? 0 : codes.Add(postcode);
    }

    private AddressParts Chunk(ReadOnlySpan<char> chunk)
    {
        Words(chunk);
        var postcode = TakePostcode();
        var flat = TakeFlat();
        var number = TakeNumber();
        if (words.Count == 0)
        {
            return new(flat, number, 0, 0, 0, postcode);
        }

        var end = StreetEnd();
        if (end < 0 && number == 0)
        {
            return new(flat, 0, 0, 0, Joined(0, words.Count), postcode);
        }

        end = end < 0 ? words.Count : end + 1;
        return new(flat, number, Joined(0, end), 0, Joined(end, words.Count), postcode);
    }

    /// <summary>Takes a text apart, folded.</summary>
    private void Words(ReadOnlySpan<char> text)
    {
        if (folded.Length < text.Length * 4)
        {
            folded = new char[text.Length * 8];
        }

        words.Clear();
        var rest = folded.AsMemory(0, Folding.Fold(text, folded));
        while (!rest.IsEmpty)
        {
            var length = rest.Span.IndexOf(' ');
            if (length != 0)
            {
                words.Add(length < 0 ? rest : rest[..length]);
            }

            rest = length < 0 ? default : rest[(length + 1)..];
        }
    }

    /// <summary>Some of the words as one text of the place pool.</summary>
    private int Joined(int from, int to)
    {
        var length = 0;
        foreach (var word in CollectionsMarshal.AsSpan(words)[from..to])
        {
            if (length + word.Length + 1 > joined.Length)
            {
                Array.Resize(ref joined, (length + word.Length + 1) * 2);
            }

            word.Span.CopyTo(joined.AsSpan(length));
            length += word.Length;
            joined[length++] = ' ';
        }

        return length == 0 ? 0 : places.Add(joined.AsSpan(0, length - 1));
    }

    private int TakePostcode()
    {
        if (words.Count >= 2 && words[^1].Length == 3 && words[^2].Length is 2 or 3 or 4 && Postcode.Normalise($"{words[^2]}{words[^1]}") is var two && Postcode.IsWellFormed(two))
        {
            words.RemoveRange(words.Count - 2, 2);
            return codes.Add(two);
        }

        if (words.Count >= 1 && words[^1].Length is >= 5 and <= 7 && char.IsAsciiLetter(words[^1].Span[0]) && words[^1].Span.ContainsAnyInRange('0', '9')
            && Postcode.Normalise(words[^1].ToString()) is var one && Postcode.IsWellFormed(one))
        {
            words.RemoveAt(words.Count - 1);
            return codes.Add(one);
        }

        return 0;
    }

    private int TakeFlat()
    {
        var at = words.FindIndex(word => FlatWords.Contains(word.Span));
        if (at < 0 || at > 3)
        {
            return 0;
        }

        if (at + 1 < words.Count && words[at + 1].Length <= 4 && (char.IsAsciiDigit(words[at + 1].Span[0]) || words[at + 1].Length == 1))
        {
            var code = Code(words[at + 1].Span);
            words.RemoveRange(at, 2);
            return code;
        }

        if (at >= 1 && FloorWords.Contains(words[0].Span))
        {
            var code = Code(words[0].Span);
            words.RemoveRange(0, at + 1);
            return code;
        }

        if (at == 1 && char.IsAsciiDigit(words[0].Span[0]))
        {
            var code = Code(words[0].Span);
            words.RemoveRange(0, 2);
            return code;
        }

        return 0;
    }

    private int TakeNumber()
    {
        if (words.Count == 0 || !char.IsAsciiDigit(words[0].Span[0]) || words[0].Length > 6)
        {
            return 0;
        }

        var code = Code(words[0].Span);
        words.RemoveAt(0);
        if (words.Count > 1 && words[0].Span[0] is var first && (words[0].Length == 1 || char.IsAsciiDigit(first)))
        {
            // "12 A High Street", "12-14 High Street".
            code = char.IsAsciiDigit(first) ? code : code | Letter(first);
            words.RemoveAt(0);
        }

        return code;
    }

    private int StreetEnd()
    {
        var weak = -1;
        for (var i = 1; i < words.Count; i++)
        {
            if (Types.TryGetValue(words[i].Span, out var full))
            {
                words[i] = full.AsMemory();
                return i;
            }

            if (WeakTypes.TryGetValue(words[i].Span, out full))
            {
                words[i] = full.AsMemory();
                weak = i;
            }
        }

        return weak;
    }

    /// <summary>A flat or house number as one number: 12A is (12, A); words are texts of the place pool, negated.</summary>
    private int Code(ReadOnlySpan<char> word)
    {
        var digits = 0;
        while (digits < word.Length && char.IsAsciiDigit(word[digits]))
        {
            digits++;
        }

        var rest = word[digits..];
        if (digits <= 6 && (rest.Length == 0 || (rest.Length == 1 && char.IsAsciiLetterUpper(rest[0]))))
        {
            var number = digits == 0 ? 0 : int.Parse(word[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            return (number << 5) | (rest.Length == 0 ? 0 : Letter(rest[0]));
        }

        return -places.Add(word);
    }

    private static int Letter(char c) => c - 'A' + 1;

    private static Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Pairs(string text) => text
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(params string[] words) => words.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
