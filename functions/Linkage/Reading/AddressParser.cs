using System.Globalization;

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

/// <summary>Takes UK addresses apart: flat, number, street, building, town, postcode, in one line or several, with or without commas.</summary>
internal sealed class AddressParser(TextPool<char> places, TextPool<char> codes)
{
    private static readonly Dictionary<string, string> Types = Pairs("""
        ST=STREET STREET=STREET STR=STREET RD=ROAD ROAD=ROAD AVE=AVENUE AV=AVENUE AVENUE=AVENUE LN=LANE LANE=LANE DR=DRIVE DRV=DRIVE DRIVE=DRIVE CL=CLOSE CLS=CLOSE CLOSE=CLOSE
        CRES=CRESCENT CRESC=CRESCENT CR=CRESCENT CRESCENT=CRESCENT CT=COURT CRT=COURT COURT=COURT TERR=TERRACE TER=TERRACE TCE=TERRACE TERRACE=TERRACE GDNS=GARDENS GDN=GARDENS GARDENS=GARDENS GARDEN=GARDENS
        PL=PLACE PLACE=PLACE SQ=SQUARE SQUARE=SQUARE CIRCUIT=CIRCUIT CCT=CIRCUIT CIRCLE=CIRCLE BOULEVARD=BOULEVARD BLVD=BOULEVARD PARADE=PARADE PDE=PARADE HWY=HIGHWAY HIGHWAY=HIGHWAY
        """);

    private static readonly Dictionary<string, string> WeakTypes = Pairs("""
        GROVE=GROVE GRV=GROVE GR=GROVE WAY=WAY WY=WAY HILL=HILL PARK=PARK PK=PARK VIEW=VIEW MEWS=MEWS RISE=RISE WALK=WALK WLK=WALK ROW=ROW GREEN=GREEN GRN=GREEN MOUNT=MOUNT MT=MOUNT VALE=VALE BANK=BANK
        DALE=DALE FOLD=FOLD CROFT=CROFT END=END YARD=YARD GATE=GATE BROW=BROW WYND=WYND LOAN=LOAN BRAE=BRAE PATH=PATH QUAY=QUAY WHARF=WHARF APPROACH=APPROACH CHASE=CHASE DELL=DELL DENE=DENE DRIVEWAY=DRIVE
        HEIGHTS=HEIGHTS HTS=HEIGHTS MEADOW=MEADOW MEADOWS=MEADOWS RIDGE=RIDGE SIDE=SIDE VILLAS=VILLAS COTTAGES=COTTAGES EAST=EAST WEST=WEST NORTH=NORTH SOUTH=SOUTH CRESENT=CRESCENT LOOP=LOOP PLAZA=PLAZA
        """);

    private static readonly HashSet<string> FlatWords = new(["FLAT", "FLT", "APARTMENT", "APT", "UNIT", "ROOM", "RM", "STUDIO", "MAISONETTE", "BEDSIT"], StringComparer.Ordinal);
    private static readonly HashSet<string> FloorWords = new(["GROUND", "FIRST", "SECOND", "THIRD", "FOURTH", "TOP", "BASEMENT", "UPPER", "LOWER", "GARDEN"], StringComparer.Ordinal);

    /// <summary>A line of an address, or all of it.</summary>
    public AddressParts Parse(string text)
    {
        var parts = default(AddressParts);
        foreach (var chunk in text.Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            parts = parts.Then(Chunk(chunk));
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
        var words = Words(text);
        return words.Count == 0 ? 0 : Code(words[^1]);
    }

    /// <summary>A town as text of the place pool.</summary>
    public int Town(string text) => places.Add(Folding.Fold(text));

    /// <summary>A postcode as a code, 0 if it places nobody.</summary>
    public int PostcodeOf(string text)
    {
        var postcode = Postcode.Normalise(text);
        return Postcode.IsPseudo(postcode) ? 0 : codes.Add(postcode);
    }

    private AddressParts Chunk(string chunk)
    {
        var words = Words(chunk);
        var postcode = TakePostcode(words);
        var flat = TakeFlat(words);
        var number = TakeNumber(words);
        if (words.Count == 0)
        {
            return new(flat, number, 0, 0, 0, postcode);
        }

        var end = StreetEnd(words);
        if (end < 0 && number == 0)
        {
            return new(flat, 0, 0, 0, places.Add(string.Join(' ', words)), postcode);
        }

        end = end < 0 ? words.Count - 1 : end;
        return new(flat, number, places.Add(string.Join(' ', words.Take(end + 1))), 0, places.Add(string.Join(' ', words.Skip(end + 1))), postcode);
    }

    private static List<string> Words(string text) =>
        [.. Folding.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private int TakePostcode(List<string> words)
    {
        if (words.Count >= 2 && words[^1].Length == 3 && words[^2].Length is 2 or 3 or 4 && Postcode.Normalise(words[^2] + words[^1]) is var two && Postcode.IsWellFormed(two))
        {
            words.RemoveRange(words.Count - 2, 2);
            return codes.Add(two);
        }

        if (words.Count >= 1 && words[^1].Length is >= 5 and <= 7 && char.IsAsciiLetter(words[^1][0]) && words[^1].Any(char.IsAsciiDigit) && Postcode.IsWellFormed(Postcode.Normalise(words[^1])))
        {
            var one = Postcode.Normalise(words[^1]);
            words.RemoveAt(words.Count - 1);
            return codes.Add(one);
        }

        return 0;
    }

    private int TakeFlat(List<string> words)
    {
        var at = words.FindIndex(FlatWords.Contains);
        if (at < 0 || at > 3)
        {
            return 0;
        }

        if (at + 1 < words.Count && words[at + 1].Length <= 4 && (char.IsAsciiDigit(words[at + 1][0]) || words[at + 1].Length == 1))
        {
            var code = Code(words[at + 1]);
            words.RemoveRange(at, 2);
            return code;
        }

        if (at >= 1 && FloorWords.Contains(words[0]))
        {
            var code = Code(words[0]);
            words.RemoveRange(0, at + 1);
            return code;
        }

        if (at == 1 && char.IsAsciiDigit(words[0][0]))
        {
            var code = Code(words[0]);
            words.RemoveRange(0, 2);
            return code;
        }

        return 0;
    }

    private int TakeNumber(List<string> words)
    {
        if (words.Count == 0 || !char.IsAsciiDigit(words[0][0]) || words[0].Length > 6)
        {
            return 0;
        }

        var code = Code(words[0]);
        words.RemoveAt(0);
        if (words.Count > 1 && (words[0].Length == 1 || char.IsAsciiDigit(words[0][0])))
        {
            // "12 A High Street", "12-14 High Street".
            code = char.IsAsciiDigit(words[0][0]) ? code : code | Letter(words[0][0]);
            words.RemoveAt(0);
        }

        return code;
    }

    private static int StreetEnd(List<string> words)
    {
        var weak = -1;
        for (var i = 0; i < words.Count; i++)
        {
            if (i > 0 && Types.TryGetValue(words[i], out var full))
            {
                words[i] = full;
                return i;
            }

            if (i > 0 && WeakTypes.TryGetValue(words[i], out full))
            {
                words[i] = full;
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

    private static Dictionary<string, string> Pairs(string text) => text
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
