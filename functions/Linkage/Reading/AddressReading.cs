using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace TfFlow.Linkage;

/// <summary>
/// What an address as people write it says of one home: the house's number, else its name, and the flat. The one reader of addresses: household keys and linkage take it from here.
/// What is not understood places nobody: a part that is passed over would make one household of two.
/// </summary>
internal sealed class AddressReading
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
            return !Understood || house.Length == 0 || alone ? null : (house, string.Join('+', Building.Length > 0 ? Flats.Prepend(Number) : Flats));
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
    /// <param name="next">The word after it; empty for the first word and the last: "Court Road" is a street, a house in front of it is not.</param>
    internal static bool IsPlain(ReadOnlySpan<char> word, bool first, ReadOnlySpan<char> next) =>
        char.IsAsciiDigit(word[0]) ? first && IsNumber(word)
        : word.Length > 1 && !word.ContainsAnyInRange('0', '9') && (!AddressWords.IsSpecial(word) || (!next.IsEmpty && AddressWords.EndsStreet(next)));

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

    /// <summary>Words of each part between commas. A word is letters and digits; "12/5" and "12-14" stay together.</summary>
    private void Split(string address, string postcode)
    {
        foreach (var part in Plain(address).Split([',', ';', '\n', '\r', '(', ')', '|', '[', ']']))
        {
            var words = new List<string>();
            foreach (var raw in part.Split([' ', '\t', '.', ':', '"', '“', '”'], StringSplitOptions.RemoveEmptyEntries))
            {
                var joined = raw.AsSpan().IndexOfAny('/', '-') is > 0 and var at && char.IsAsciiDigit(raw[0]) && at + 1 < raw.Length && char.IsAsciiDigit(raw[at + 1]);
                words.AddRange(joined ? [raw.ToUpperInvariant()] : Folding.Fold(raw).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }

            TakePostcode(words, postcode);
            Figures(words);
            if (words is ["THE", _, ..])
            {
                words.RemoveAt(0);
            }

            if (words.Count > 0)
            {
                segments.Add(words);
            }
        }

        var within = segments.Exists(s => s.Exists(w => AddressWords.Units.Contains(w)));
        Understood &= !segments.Exists(s => SaysNobody(s, within));

        // "12, High Street" is "12 High Street".
        for (var i = 0; i + 1 < segments.Count; i++)
        {
            if (segments[i] is [var number] && IsNumber(number) && !segments[i + 1].Exists(w => char.IsAsciiDigit(w[0])) && !AddressWords.Units.Contains(segments[i + 1][0]))
            {
                segments[i].AddRange(segments[i + 1]);
                segments.RemoveAt(i + 1);
            }
        }
    }

    private static string Plain(string address)
    {
        var text = address.ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = text[i] switch
            {
                '–' or '—' or '‑' or '‐' => '-',
                '#' or '\u00A0' or '\u200B' or '\u200E' or '\u200F' or '\uFEFF' or '_' => ' ',
                _ => text[i],
            };
        }

        return new string(text).Replace("½", "HALF", StringComparison.Ordinal).Replace(" - ", ",", StringComparison.Ordinal).Replace("&", " AND ", StringComparison.Ordinal).Replace("+", " AND ", StringComparison.Ordinal);
    }

    /// <summary>The postcode may be written again. Another one says that address and postcode are of two places.</summary>
    private void TakePostcode(List<string> words, string postcode)
    {
        var two = words.Count >= 2 && words[^1].Length == 3 ? words[^2] + words[^1] : "";
        var length = two.Length > 0 && Comparing(two) is var pair && Linkage.Postcode.IsWellFormed(pair) ? 2
            : words.Count >= 1 && char.IsAsciiLetter(words[^1][0]) && Linkage.Postcode.IsWellFormed(Comparing(words[^1])) ? 1 : 0;
        if (length > 0)
        {
            Postcode = Comparing(string.Concat(words.TakeLast(length)));
            Understood &= postcode.Length == 0 || Postcode == Comparing(postcode);
            words.RemoveRange(words.Count - length, length);
        }
        else if (words is [_, .., [>= 'A' and <= 'Z', ..] district] && district.Length is 2 or 3 or 4 && char.IsAsciiDigit(district[^1]) && (postcode.StartsWith(district, StringComparison.Ordinal) || (postcode.Length == 0 && segments.Count > 0)))
        {
            words.RemoveAt(words.Count - 1);
        }

        static string Comparing(string code) => Linkage.Postcode.Normalise(code);
    }

    /// <summary>No 12 and NO12 are 12, 12 A is 12A, 12 to 14 is 12-14, FLAT3 is FLAT 3.</summary>
    private static void Figures(List<string> words)
    {
        for (var i = words.Count - 1; i >= 0; i--)
        {
            var digits = words[i].AsSpan().IndexOfAnyInRange('0', '9');
            if (digits > 0 && words[i][..digits] is var before && (before is "NO" || AddressWords.Units.Contains(before)))
            {
                words.Insert(i + 1, words[i][digits..]);
                words[i] = before;
            }
        }

        for (var i = words.Count - 2; i >= 0; i--)
        {
            if (words[i] is "NO" or "NUMBER" or "NUM" or "NR" && (IsNumber(words[i + 1]) || (i > 0 && AddressWords.Units.Contains(words[i - 1]))))
            {
                words.RemoveAt(i);
            }
        }

        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (char.IsAsciiDigit(words[i][^1]) && !words[i].AsSpan().ContainsAny('/', '-') && IsNumber(words[i]) && words[i + 1] is [>= 'A' and <= 'Z'] && (i + 2 < words.Count || i == 0 || AddressWords.Units.Contains(words[i - 1])))
            {
                words[i] += words[i + 1];
                words.RemoveAt(i + 1);
            }
            else if (i + 2 < words.Count && words[i + 1] is "AND" or "TO" && IsWhole(words[i]) && IsWhole(words[i + 2]))
            {
                words[i] = $"{words[i]}-{words[i + 2]}";
                words.RemoveRange(i + 1, 2);
            }
        }
    }

    /// <summary>Whether a part says that nobody lives at the address, or that it is an institution's or an office's.</summary>
    /// <param name="words">The part.</param>
    /// <param name="within">Whether a room is named, where somebody may live.</param>
    private static bool SaysNobody(List<string> words, bool within)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (Says(AddressWords.Elsewhere, words, i) || (!within && Says(AddressWords.Institutions, words, i)))
            {
                return true;
            }
        }

        return words.Count <= LongestFiller && !words.Exists(w => w.Length == 1 || w.AsSpan().ContainsAnyInRange('0', '9')) && Fillers.IsAddress(string.Join(' ', words));
    }

    /// <summary>Whether a phrase begins at a word. Hospital Lane is a street.</summary>
    private static bool Says(FrozenDictionary<string, string[][]> phrases, List<string> words, int at)
    {
        if (!phrases.TryGetValue(words[at], out var its))
        {
            return false;
        }

        foreach (var phrase in its)
        {
            var end = at + phrase.Length;
            if (end <= words.Count && words.GetRange(at, phrase.Length).SequenceEqual(phrase) && (end == words.Count || !AddressWords.EndsStreet(words[end])))
            {
                return true;
            }
        }

        return false;
    }

    private void TakeFlats()
    {
        foreach (var words in segments)
        {
            if (words is [[>= 'A' and <= 'Z']] or ["G" or "GFF" or "FFF" or "SFF" or "TFF" or "LGF"] && segments.Count > 1)
            {
                Flats.Add(AddressWords.Floors.GetValueOrDefault(words[0], words[0]));
                words.Clear();
            }
            else if (words.TrueForAll(IsWithinHouse) && words.Exists(w => !AddressWords.Joins.Contains(w)) && !(words is ["HALL" or "GARDEN" or "UPPER" or "LOWER" or "CENTRE"]))
            {
                Flats.Add(Within(words));
                words.Clear();
            }
            else
            {
                Sides(words);
                for (var i = 0; i < words.Count; i++)
                {
                    i = TakeFlat(words, i);
                }
            }
        }

        segments.RemoveAll(s => s.Count == 0);
        Flats.RemoveAll(f => f.Length == 0);
        var rooms = Flats.RemoveAll(f => f == "ROOM") > 0;
        var numbered = Flats.FindIndex(f => char.IsAsciiDigit(f[0]) || f.Length == 1);

        // A floor says nothing more where the flat has a number; of rooms there may be one of a number on each floor.
        if (numbered >= 0 && !rooms)
        {
            Flats.RemoveAll(f => AddressWords.Floors.Values.Contains(f));
        }

        Understood &= Flats.Count == 0 || !Flats.TrueForAll(f => AddressWords.Blocks.Any(b => f.StartsWith(b, StringComparison.Ordinal)));
        Flats.Sort((a, b) => Block(b).CompareTo(Block(a)));
        static bool Block(string flat) => AddressWords.Blocks.Any(b => flat.StartsWith(b, StringComparison.Ordinal));
    }

    /// <summary>Rear of 12 High Street; above the shop, 12 High Street; 12 High Street rear.</summary>
    private void Sides(List<string> words)
    {
        if (words is ["R", "O", _, ..] or ["REAR" or "BACK" or "FRONT", "OF", _, ..])
        {
            Flats.Add(words[0] == "R" ? "REAR" : words[0]);
            words.RemoveRange(0, 2);
        }
        else if (words is ["ABOVE" or "OVER" or "BELOW" or "UNDER", ..] or [_, "ABOVE" or "OVER" or "BELOW" or "UNDER", ..] && (words[0].Length > 3 && words[0] is not "FLAT" || AddressWords.Units.Contains(words[0])))
        {
            Flats.Add(words[0] is "FLAT" || AddressWords.Units.Contains(words[0]) ? words[1] : words[0]);
            var number = words.FindIndex(IsNumber);
            words.RemoveRange(0, number < 0 ? words.Count : number);
        }
        else if (words is [.., var type, "REAR" or "FRONT" or "BACK" or "BASEMENT" or "UPSTAIRS" or "DOWNSTAIRS" or "ATTIC" or "LEFT" or "RIGHT"] && AddressWords.EndsStreet(type))
        {
            Flats.Add(words[^1]);
            words.RemoveAt(words.Count - 1);
        }
    }

    /// <summary>Takes the flat that begins at a word, if one does; returns where to go on after.</summary>
    private int TakeFlat(List<string> words, int i)
    {
        var following = i + 1 < words.Count ? AddressWords.Figure(words[i + 1]) : "";
        if ((AddressWords.Units.Contains(words[i]) || AddressWords.Pitches.Contains(words[i])) && !AddressWords.EndsStreet(following))
        {
            return TakeUnit(words, i, following);
        }

        if (AddressWords.FloorWords.Contains(words[i]) && !AddressWords.Units.Contains(following))
        {
            var from = From(words, i);
            var to = i + 1;
            while (to < words.Count && (AddressWords.Positions.Contains(words[to]) || words[to] is "HAND" or "SIDE"))
            {
                to++;
            }

            if (from < i)
            {
                Flats.Add(Within(words.GetRange(from, to - from)));
                words.RemoveRange(from, to - from);
                return from - 1;
            }

            if (IsNumber(following))
            {
                Flats.Add("FLOOR" + following);
                words.RemoveRange(i, 2);
                return i - 1;
            }

            Understood &= AddressWords.EndsStreet(following);
            return i;
        }

        if (AddressWords.Blocks.Contains(words[i]) && following.Length is 1 or 2)
        {
            Flats.Add(words[i] + following);
            words.RemoveRange(i, 2);
            return i - 1;
        }

        // 2F1 is the first flat of the second floor, GF1 of the ground floor, TFL the top floor's left one.
        if ((words[i].Length is 3 or 4 && words[i] is [>= '0' and <= '9', 'F', >= '0' and <= '9', ..]) || (words[i].Length == 3 && words[i] is [(>= '0' and <= '9') or 'G' or 'B' or 'P' or 'T', 'F', (>= '0' and <= '9') or 'L' or 'R']))
        {
            Flats.Add(words[i]);
            words.RemoveAt(i);
            return i - 1;
        }

        return i;
    }

    private int TakeUnit(List<string> words, int i, string following)
    {
        var from = From(words, i);
        var before = Within(words.GetRange(from, i - from));
        var named = IsFlatName(following) && !(before.Length > 0 && IsNumber(following) && !NumberLater(words, i + 1));
        var to = i + (named ? 2 : 1);
        var after = "";
        if (!named && before.Length == 0)
        {
            while (to < words.Count && IsWithinHouse(words[to]) && !(to + 1 < words.Count && AddressWords.EndsStreet(words[to + 1])))
            {
                to++;
            }

            after = Within(words.GetRange(i + 1, to - i - 1));
        }

        var label = AddressWords.Pitches.Contains(words[i]) ? words[i] : "";
        Flats.Add(before);
        Flats.Add(after);
        if (AddressWords.Rooms.Contains(words[i]) && named && segments.Exists(s => s.Exists(w => AddressWords.Units.Contains(w) && !AddressWords.Rooms.Contains(w)) || s != words && Flats.Exists(f => f.Length > 0 && char.IsAsciiDigit(f[0]))))
        {
            label = "ROOM";
        }

        if (AddressWords.Rooms.Contains(words[i]))
        {
            Flats.Add("ROOM");
        }

        if (named)
        {
            Flats.Add(label + following.Replace('/', '-'));
        }
        else if (before.Length == 0 && after.Length == 0)
        {
            Flats.Add(words[i]);
            Understood &= AddressWords.OneOfAHouse.Contains(words[i]);
        }

        // Flats 2 and 3 are two.
        Understood &= !(named && following.Contains('-', StringComparison.Ordinal) && to < words.Count && words[to] == "AND");
        while (to < words.Count && words[to] is "OF" or "AT" or "IN")
        {
            to++;
        }

        words.RemoveRange(from, to - from);
        return from - 1;
    }

    /// <summary>Where the words begin that say on which floor or side the unit at a place is.</summary>
    private static int From(List<string> words, int at)
    {
        while (at > 0 && (AddressWords.FloorWords.Contains(words[at - 1]) || AddressWords.Floors.ContainsKey(words[at - 1]) || AddressWords.Positions.Contains(words[at - 1])))
        {
            at--;
        }

        return at;
    }

    private static bool IsWithinHouse(string word) => AddressWords.Floors.ContainsKey(word) || AddressWords.Positions.Contains(word) || AddressWords.FloorWords.Contains(word) || AddressWords.Joins.Contains(word);

    /// <summary>Floor and side, without the words that only join.</summary>
    private static string Within(List<string> words) => string.Concat(words.Where(w => !AddressWords.FloorWords.Contains(w) && !AddressWords.Joins.Contains(w)).Select(w => AddressWords.Floors.GetValueOrDefault(w, w)));

    /// <summary>The house's number; of two numbers the first is the flat's. Else its name: up to the word that says it is a house, or the comma before a street.</summary>
    private void TakeHouse()
    {
        var numbers = segments.SelectMany((s, at) => s.Select((w, i) => (Segment: at, Place: i, Word: w))).Where(w => IsNumber(w.Word)).ToList();

        // A word with a digit that is no number may be anything that tells homes apart; 5TH Avenue is a street.
        Understood &= !segments.Exists(s => s.Where((w, i) => w.AsSpan().ContainsAnyInRange('0', '9') && !IsNumber(w) && !(i + 1 < s.Count && AddressWords.EndsStreet(s[i + 1]))).Any());
        if (numbers.Count == 0)
        {
            TakeName();
            return;
        }

        var house = numbers[^1];
        if (numbers is [{ Place: 0 } first, var next] && (next.Segment > first.Segment ? next.Place == 0 && segments[next.Segment].Count > 1 : next.Place == 1 && segments[next.Segment].Count > 2))
        {
            // 3, 12 High Street; 3 Rose Court, 12 High Street; 3 12 High Street.
            Flats.Insert(0, first.Word.Replace('/', '-'));
            segments[first.Segment].RemoveAt(0);
            house = (next.Segment, next.Segment > first.Segment ? next.Place : next.Place - 1, next.Word);
        }
        else if (numbers is [var inside, { Place: 0 } outside] && outside.Segment > inside.Segment && inside.Place == segments[inside.Segment].Count - 1)
        {
            // Rose Court 3, 12 High Street.
            Flats.Insert(0, inside.Word.Replace('/', '-'));
            segments[inside.Segment].RemoveAt(inside.Place);
        }
        else if (numbers is [{ Place: 0 } number, { Place: 0 } flat] && flat.Segment > number.Segment && flat.Word.Contains('/', StringComparison.Ordinal) && segments[flat.Segment].Count == 1)
        {
            // 12 Argyle Street, 2/1.
            Flats.Add(flat.Word.Replace('/', '-'));
            segments[flat.Segment].RemoveAt(0);
            house = number;
        }
        else if (numbers.Count > 1)
        {
            Understood = false;
        }

        TakeNumber(segments[house.Segment], house.Place, house.Word);
        Numbered = house.Segment - segments[..house.Segment].Count(s => s.Count == 0);
        foreach (var words in segments)
        {
            // The coach house of number 12 is not number 12.
            if (words.Count > 0 && AddressWords.Beside.Contains(string.Concat(words)))
            {
                Flats.Add(string.Concat(words));
                words.Clear();
                Numbered -= segments.IndexOf(words) < Numbered ? 1 : 0;
            }
        }

        segments.RemoveAll(s => s.Count == 0);
    }

    private void TakeNumber(List<string> words, int place, string word)
    {
        words.RemoveAt(place);
        Number = Single(word);
        var last = place == words.Count;
        if (place > 0 && last)
        {
            // High Street 12 is number 12; Rose Court 3 is flat 3.
            Building = AddressWords.Houses.Contains(words[^1]) ? string.Concat(words) : "";
            Understood &= Building.Length > 0 || AddressWords.EndsStreet(words[^1]);
        }
        else if (place == 0)
        {
            var end = HouseEnd(words, 1);
            Building = end < 0 ? "" : string.Concat(words.Take(end + 1));
        }
        else if (words[place - 1] is "BOX" or "DX")
        {
            Understood = false;
        }
    }

    private void TakeName()
    {
        if (segments.Count == 0)
        {
            return;
        }

        var words = segments[0];
        var end = HouseEnd(words, 0);
        var pitched = Flats.Exists(f => AddressWords.Pitches.Any(p => f.StartsWith(p, StringComparison.Ordinal)));
        if (end >= 0)
        {
            Name = words[..(end + 1)];
        }
        else if (AddressWords.WelshHouses.Contains(words[0]) || pitched || (segments.Count > 1 && IsStreet(segments[1]) && !IsStreet(words) && !AddressWords.EndsStreet(words[^1])))
        {
            Name = [.. words];
        }
    }

    private static bool IsStreet(List<string> words) => words.Count > 1 && (AddressWords.EndsStreet(words[^1]) || AddressWords.WelshStreets.Contains(words[0]));

    /// <summary>Where a building's name ends: at a word like COURT that no word like ROAD follows. −1 if it is none.</summary>
    private static int HouseEnd(List<string> words, int from)
    {
        for (var i = from; i < words.Count; i++)
        {
            var to = i;
            while (to < words.Count && AddressWords.Houses.Contains(words[to]))
            {
                to++;
            }

            if (to > i && (to == words.Count || !AddressWords.EndsStreet(words[to])))
            {
                return to - 1;
            }

            i = Math.Max(i, to);
        }

        return -1;
    }

    /// <summary>12-14 is 12, and 12/14 too, but 12/5 is flat 5 of 12, and 5/12 as well; 2/4 may be either.</summary>
    private string Single(string word)
    {
        var at = word.AsSpan().IndexOfAny('/', '-');
        if (at < 0)
        {
            return word;
        }

        if (!int.TryParse(word.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var one) || !int.TryParse(word.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var other) || one == other)
        {
            Understood = false;
            return word[..at];
        }

        if (word[at] == '-')
        {
            Understood &= one < other;
            return word[..at];
        }

        if (one < other && other - one <= 6 && (other - one) % 2 == 0)
        {
            Understood &= one >= 10;
            return word[..at];
        }

        Flats.Insert(0, one < other ? word[..at] : word[(at + 1)..]);
        return one < other ? word[(at + 1)..] : word[..at];
    }

    private bool NumberLater(List<string> words, int at) =>
        words.Skip(at + 1).Any(IsNumber) || segments.SkipWhile(s => !ReferenceEquals(s, words)).Skip(1).Any(s => s.Exists(IsNumber));

    private static bool IsFlatName(string word) => word.Length > 0 && word is not ("OF" or "AT" or "IN" or "ON") && (IsNumber(word) || (word.Length <= 2 && !AddressWords.EndsStreet(word)) || (word.Length <= 5 && word.AsSpan().ContainsAnyInRange('0', '9') && !word.EndsWith("ST", StringComparison.Ordinal) && !word.EndsWith("ND", StringComparison.Ordinal) && !word.EndsWith("RD", StringComparison.Ordinal) && !word.EndsWith("TH", StringComparison.Ordinal)));

    private static bool IsWhole(string word) => word.Length <= 5 && !word.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>12, 12A, 12-14, 12/5, 12HALF; not 1AA, which is half a postcode, and not 2ND.</summary>
    internal static bool IsNumber(ReadOnlySpan<char> word)
    {
        var digits = word.IndexOfAnyExceptInRange('0', '9');
        return digits < 0 ? word.Length is > 0 and <= 6 : digits is > 0 and <= 6 && ((digits == word.Length - 1 && char.IsAsciiLetterUpper(word[digits])) || (word[digits] is '/' or '-' && word.Length <= 13) || word[digits..] is "HALF" or "AHALF");
    }

    private static bool IsNumber(string word) => IsNumber(word.AsSpan());
}
