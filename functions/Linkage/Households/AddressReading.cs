using System.Globalization;

namespace TfFlow.Linkage;

/// <summary>What tells one home from the next behind one postcode: the house's number, else its name, and the flat. Reads an address as people write it.</summary>
internal readonly record struct AddressReading(string House, string Flat)
{
    private static readonly HashSet<string> FlatWords = ["FLAT", "FLT", "FL", "APARTMENT", "APPARTMENT", "APT", "UNIT", "ROOM", "RM", "STUDIO", "MAISONETTE", "BEDSIT", "BED", "SUITE", "FLATLET"];
    private static readonly HashSet<string> FloorWords = ["FLOOR", "FLR"];
    private static readonly HashSet<string> Positions = ["FRONT", "REAR", "BACK", "LEFT", "RIGHT", "MIDDLE"];
    private static readonly HashSet<string> Annexes = ["ANNEXE", "ANNEX", "ANEXE"];
    private static readonly HashSet<string> Pitches = ["PITCH", "PLOT", "BERTH", "CARAVAN", "MOORING"];
    private static readonly HashSet<string> Houses = ["COURT", "HOUSE", "COTTAGE", "LODGE", "BUNGALOW", "FARM", "MANOR", "HALL", "TOWER", "TOWERS", "POINT", "HEIGHTS", "BUILDING", "BUILDINGS", "MANSIONS", "VILLA", "RECTORY", "VICARAGE", "BARN", "MILL", "CHAPEL"];

    private static readonly Dictionary<string, string> Floors = """
        GROUND=GROUND GND=GROUND GRND=GROUND G=GROUND GFF=GROUND GF=GROUND LGF=LOWERGROUND FFF=FIRST FF=FIRST SFF=SECOND TFF=TOP FIRST=FIRST 1ST=FIRST SECOND=SECOND 2ND=SECOND THIRD=THIRD 3RD=THIRD
        FOURTH=FOURTH 4TH=FOURTH FIFTH=FIFTH 5TH=FIFTH TOP=TOP ATTIC=ATTIC LOFT=ATTIC BASEMENT=BASEMENT LOWER=LOWER UPPER=UPPER GARDEN=GARDEN HALL=HALL
        MEZZANINE=MEZZANINE
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Reads an address; nothing where it tells no home.</summary>
    public static AddressReading? Read(string address, string postcode)
    {
        if (Fillers.IsAddress(address))
        {
            return null;
        }

        var segments = Segments(address, postcode);
        var flats = new List<string>();
        TakeFlats(segments, flats);
        var house = HouseOf(segments, flats);
        return house.Length == 0 ? null : new(house, string.Concat(flats));
    }

    /// <summary>Words of each part between commas. A word is letters and digits; "12/5" and "12-14" stay together.</summary>
    private static List<List<string>> Segments(string address, string postcode)
    {
        var segments = new List<List<string>>();
        foreach (var part in address.Split([',', ';', '\n', '\r', '(', ')', '|']))
        {
            var words = new List<string>();
            foreach (var raw in part.Replace("½", "HALF", StringComparison.Ordinal).Replace('–', '-').Replace('—', '-').Replace('‑', '-').Replace("#", " ", StringComparison.Ordinal).Split([' ', '\t', '.', ':', '\u00A0', '\u200B', '\u200E', '\u200F', '\uFEFF', '"', '“', '”'], StringSplitOptions.RemoveEmptyEntries))
            {
                var joined = raw.AsSpan().IndexOfAny('/', '-') is > 0 and var at && char.IsAsciiDigit(raw[0]) && at + 1 < raw.Length && char.IsAsciiDigit(raw[at + 1]);
                words.AddRange(joined ? [raw.ToUpperInvariant()] : Folding.Fold(raw).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }

            // The postcode may be written again, and a number's sign: No 12.
            var end = string.Concat(words.TakeLast(2));
            if (words.Count >= 2 && end == postcode || words is [.., var last] && last == postcode)
            {
                words.RemoveRange(words.Count - (end == postcode && words[^1] != postcode ? 2 : 1), end == postcode && words[^1] != postcode ? 2 : 1);
            }

            for (var i = words.Count - 2; i >= 0; i--)
            {
                if (words[i] is "NO" or "NUMBER" or "NUM" or "NR" && IsNumber(words[i + 1]))
                {
                    words.RemoveAt(i);
                }
            }

            Joined(words);
            if (words is ["THE", _, ..])
            {
                words.RemoveAt(0);
            }

            if (words.Count > 0)
            {
                segments.Add(words);
            }
        }

        return segments;
    }

    /// <summary>12 A is 12A.</summary>
    private static void Joined(List<string> words)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (char.IsAsciiDigit(words[i][^1]) && !words[i].AsSpan().ContainsAny('/', '-') && words[i + 1].Length == 1 && char.IsAsciiLetterUpper(words[i + 1][0]) && i + 2 < words.Count)
            {
                words[i] += words[i + 1];
                words.RemoveAt(i + 1);
            }
        }
    }

    private static void TakeFlats(List<List<string>> segments, List<string> flats)
    {
        foreach (var words in segments)
        {
            for (var i = 0; i < words.Count; i++)
            {
                var following = i + 1 < words.Count ? words[i + 1] : "";
                if (FlatWords.Contains(words[i]) || Pitches.Contains(words[i]))
                {
                    var from = i;
                    while (from > 0 && (FloorWords.Contains(words[from - 1]) || Floors.ContainsKey(words[from - 1]) || Positions.Contains(words[from - 1])))
                    {
                        from--;
                    }

                    var before = words[from..i].Where(w => !FloorWords.Contains(w)).Select(w => Floors.GetValueOrDefault(w, w)).ToList();
                    var named = IsFlatName(following) && !(before.Count > 0 && !NumberLater(segments, words, i + 1));
                    var pitch = Pitches.Contains(words[i]) ? words[i] : "";
                    flats.AddRange(named ? [pitch + Plain(following)] : before);
                    if (named || before.Count > 0)
                    {
                        words.RemoveRange(from, i - from + (named ? 2 : 1));
                        i = from - 1;
                    }
                    else
                    {
                        words.RemoveAt(i--);
                    }
                }
                else if (FloorWords.Contains(words[i]) && !FlatWords.Contains(following))
                {
                    var before = i > 0 && Floors.TryGetValue(words[i - 1], out var floor) ? floor : "";
                    var numbered = before.Length == 0 && IsNumber(following);
                    if (before.Length > 0 || numbered)
                    {
                        flats.Add(numbered ? "FLOOR" + following : before);
                        words.RemoveRange(numbered ? i : i - 1, 2);
                        i = Math.Max(-1, i - 2);
                    }
                }
                else if (Annexes.Contains(words[i]) || (words.Count == 1 && words[i] is "GFF" or "FFF" or "SFF" or "TFF" or "LGF"))
                {
                    flats.Add(Floors.GetValueOrDefault(words[i], "ANNEXE"));
                    words.RemoveAt(i--);
                }
                else if (words[i] is "BLOCK" && following.Length is 1 or 2)
                {
                    flats.Add("BLOCK" + following);
                    words.RemoveRange(i--, 2);
                }
                else if (words[i].Length is 3 or 4 && words[i] is [>= '0' and <= '9', 'F', >= '0' and <= '9', ..])
                {
                    // 2F1 is the first flat of the second floor.
                    flats.Add(words[i]);
                    words.RemoveAt(i--);
                }
            }
        }

        segments.RemoveAll(s => s.Count == 0);
    }

    /// <summary>The house's number; of two numbers the first is the flat's. Else its name: up to the word that says it is a house, or the comma.</summary>
    private static string HouseOf(List<List<string>> segments, List<string> flats)
    {
        var numbers = segments.SelectMany(s => s.Select((w, i) => (Segment: s, Place: i, Word: w))).Where(w => IsNumber(w.Word) && (w.Place == 0 || w.Segment.Take(w.Place).Any(t => t.Length > 1))).ToList();
        if (numbers.Count > 0)
        {
            var first = numbers[0];
            var second = numbers.Skip(1).FirstOrDefault(n => n.Segment != first.Segment && n.Place == 0 && n.Segment.Count > 1);
            if (second.Segment is not null && first.Place == 0)
            {
                flats.Insert(0, Plain(first.Word));
                first = second;
            }

            return Number(first.Word, flats);
        }

        if (segments.Count == 0 || (segments.Count == 1 && segments[0].Count == 1 && flats.Count == 0))
        {
            return "";
        }

        var words = segments[0];
        var end = words.FindIndex(Houses.Contains);
        return string.Concat(end < 0 ? words : words.Take(end + 1));
    }

    /// <summary>12-14 is 12. 12/14 is too, but 12/5 is flat 5 of 12, and 5/12 as well.</summary>
    private static string Number(string word, List<string> flats)
    {
        var at = word.AsSpan().IndexOfAny('/', '-');
        if (at < 0 || !int.TryParse(word.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var one) || !int.TryParse(word.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var other))
        {
            return at < 0 ? word : word[..at];
        }

        if (word[at] == '-' || (one < other && other - one <= 6 && (other - one) % 2 == 0))
        {
            return word[..at];
        }

        flats.Insert(0, one < other ? word[..at] : word[(at + 1)..]);
        return one < other ? word[(at + 1)..] : word[..at];
    }

    private static bool NumberLater(List<List<string>> segments, List<string> words, int at) =>
        words.Skip(at + 1).Any(IsNumber) || segments.SkipWhile(s => !ReferenceEquals(s, words)).Skip(1).Any(s => s.Any(IsNumber));

    private static bool IsFlatName(string word) => word.Length > 0 && (IsNumber(word) || word.Length <= 2 || (word.Length <= 4 && word.Any(char.IsAsciiDigit)));

    /// <summary>12, 12A, 12-14, 12/5, 12HALF; not 1AA, which is half a postcode, and not 2ND.</summary>
    private static bool IsNumber(string word)
    {
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits < 0 ? word.Length is > 0 and <= 9 : digits > 0 && (digits == word.Length - 1 || word[digits] is '/' or '-' || word.AsSpan(digits) is "HALF" or "AHALF");
    }

    private static string Plain(string word) => word.Replace('/', '-');
}
