using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>What one address column says: codes of <see cref="AddressParser.Code(ReadOnlySpan{char})"/> and texts of the place pool; 0 where it is silent.</summary>
internal readonly record struct AddressParts(int Flat, int Number, int Street, int Name, int Town, int Postcode)
{
    /// <summary>This line followed by <paramref name="next"/>: the first that speaks is heard, of two numbers the first is the flat's, the last plain words are the town.</summary>
    public AddressParts Then(AddressParts next) => new(
        Flat != 0 ? Flat : Number != 0 && next.Number != 0 ? Number : next.Flat,
        Number != 0 && next.Number == 0 ? Number : next.Number,
        Street != 0 ? Street : next.Street,
        Name != 0 ? Name : Town != 0 && next.Town != 0 ? Town : next.Name,
        next.Town != 0 ? next.Town : Town,
        Postcode != 0 ? Postcode : next.Postcode);
}

/// <summary>Takes UK addresses apart: flat, number, street, building, town, postcode, in one line or several, with or without commas. Flat and number are as <see cref="AddressReading"/> reads them. Not for use by two threads at once.</summary>
internal sealed class AddressParser(TextPool<char> places, TextPool<char> codes)
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(",;\n\r");

    /// <summary>Words before the number of a flat that say nothing more.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Flats =
        AddressWords.Units.Except(AddressWords.Rooms).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    // Used again for every address: words are parts of the one, joined in the other.
    private readonly List<ReadOnlyMemory<char>> words = [];
    private char[] folded = new char[256];
    private char[] joined = new char[256];

    /// <summary>A line of an address, or all of it.</summary>
    public AddressParts Parse(string text)
    {
        var (parts, first) = (default(AddressParts), true);
        var plain = !text.AsSpan().ContainsAny(AddressReading.Signs);
        for (var rest = text.AsSpan(); plain && !rest.IsEmpty;)
        {
            var length = rest.IndexOfAny(Ends);
            if (length != 0)
            {
                Words(length < 0 ? rest : rest[..length]);
                if (first && parts.Flat == 0 && Flat() is not 0 and var flat)
                {
                    parts = parts with { Flat = flat };
                }
                else
                {
                    var postcode = TakePostcode();
                    plain = IsPlain(first) && (parts.Flat == 0 || !first || words.Count > 1);
                    first = false;
                    var number = TakeNumber();
                    parts = parts.Then(Named(number != 0) with { Number = number, Postcode = postcode });
                }
            }

            rest = length < 0 ? default : rest[(length + 1)..];
        }

        // A flat without a house's number is of a building, or of a house with a name.
        return plain && (parts.Flat == 0 || parts.Number != 0) ? parts : Read(text);
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

    /// <summary>The flat where a part is no more than "Flat 18", as a number; 0 where it is anything else.</summary>
    private int Flat() =>
        words is [var unit, var number] && AddressReading.IsNumber(number.Span) && Flats.Contains(unit.Span) ? Code(number.Span) : 0;

    /// <summary>Whether a part between commas is a number, a street and a town, or names alone: nothing that <see cref="AddressReading"/> would read otherwise.</summary>
    private bool IsPlain(bool first)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!AddressReading.IsPlain(words[i].Span, first && i == 0, i > 0 && i + 1 < words.Count ? words[i + 1].Span : default))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Street and town of the words that are left.</summary>
    /// <param name="numbered">Whether a number stood before them: then they are a street, even without a word like ROAD.</param>
    private AddressParts Named(bool numbered)
    {
        var end = words.Count == 0 ? 0 : StreetEnd() is >= 0 and var last ? last + 1 : numbered ? words.Count : 0;
        return new(0, 0, Joined(0, end), 0, Joined(end, words.Count), 0);
    }

    /// <summary>An address that is more than a number, a street and a town.</summary>
    private AddressParts Read(string text)
    {
        var reading = AddressReading.Read(text, "");
        var (parts, numbered) = (default(AddressParts), default(AddressParts));
        for (var i = 0; i < reading.Rest.Count; i++)
        {
            words.Clear();
            words.AddRange(reading.Rest[i].Select(w => w.AsMemory()));
            var named = Named(i == reading.Numbered);
            (parts, numbered) = i == reading.Numbered && reading.Building.Length > 0 ? (parts, named) : (parts.Then(named), numbered);
        }

        var postcode = reading.Postcode.Length == 0 ? 0 : codes.Add(reading.Postcode);
        var (number, flats) = (reading.Number, reading.Flats);
        if (reading.Building.Length > 0 && parts.Street != 0)
        {
            // Of 3 Rose Court, High Street the number is a flat's; of 3 Rose Court alone it stands for the house's.
            flats.Insert(0, number);
            (number, parts) = ("", parts with { Name = numbered.Street });
        }
        else
        {
            parts = numbered.Then(parts);
        }

        return !reading.Understood ? parts with { Name = 0, Postcode = postcode } : parts with
        {
            Flat = flats.Count == 0 ? 0 : Code(string.Join('+', flats)),
            Number = number.Length == 0 ? 0 : Code(number),
            Name = reading.Name.Count == 0 ? parts.Name : places.Add(string.Join(' ', reading.Name)),
            Postcode = postcode,
        };
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

    private int TakeNumber()
    {
        if (words.Count == 0 || !char.IsAsciiDigit(words[0].Span[0]) || words[0].Length > 6)
        {
            return 0;
        }

        var code = Code(words[0].Span);
        words.RemoveAt(0);
        return code;
    }

    private int StreetEnd()
    {
        var weak = -1;
        for (var i = 1; i < words.Count; i++)
        {
            if (AddressWords.Types.TryGetValue(words[i].Span, out var full))
            {
                words[i] = full.AsMemory();
                return i;
            }

            if (AddressWords.WeakTypes.TryGetValue(words[i].Span, out full))
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
}
