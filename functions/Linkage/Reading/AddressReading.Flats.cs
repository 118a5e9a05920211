namespace TfFlow.Linkage;

// What tells homes of one house apart.
internal sealed partial class AddressReading
{
    private void TakeFlats()
    {
        foreach (var words in segments)
        {
            if (words is [[>= 'A' and <= 'Z']] or ["G" or "GFF" or "FFF" or "SFF" or "TFF" or "LGF"] && segments.Count > 1)
            {
                Flats.Add(AddressWords.Floors.GetValueOrDefault(words[0], words[0]));
                words.Clear();
            }
            else if (words.TrueForAll(IsWithinHouse) && words.Exists(w => !AddressWords.Joins.Contains(w))
                && !(words is ["HALL" or "GARDEN" or "UPPER" or "LOWER" or "CENTRE"]))
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
        else if (words is ["ABOVE" or "OVER" or "BELOW" or "UNDER", ..] or [_, "ABOVE" or "OVER" or "BELOW" or "UNDER", ..]
            && (words[0].Length > 3 && words[0] is not "FLAT" || AddressWords.Units.Contains(words[0])))
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
        if ((words[i].Length is 3 or 4 && words[i] is [>= '0' and <= '9', 'F', >= '0' and <= '9', ..]) || (words[i].Length == 3
            && words[i] is [(>= '0' and <= '9') or 'G' or 'B' or 'P' or 'T', 'F', (>= '0' and <= '9') or 'L' or 'R']))
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
        if (AddressWords.Rooms.Contains(words[i]) && named && segments.Exists(s => s.Exists(w => AddressWords.Units.Contains(w)
            && !AddressWords.Rooms.Contains(w)) || s != words && Flats.Exists(f => f.Length > 0 && char.IsAsciiDigit(f[0]))))
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
        while (at > 0 && (AddressWords.FloorWords.Contains(words[at - 1]) || AddressWords.Floors.ContainsKey(words[at - 1])
            || AddressWords.Positions.Contains(words[at - 1])))
        {
            at--;
        }

        return at;
    }

    private static bool IsWithinHouse(string word) => AddressWords.Floors.ContainsKey(word) || AddressWords.Positions.Contains(word)
        || AddressWords.FloorWords.Contains(word) || AddressWords.Joins.Contains(word);

    /// <summary>Floor and side, without the words that only join.</summary>
    private static string Within(List<string> words) => string.Concat(words
        .Where(w => !AddressWords.FloorWords.Contains(w) && !AddressWords.Joins.Contains(w))
        .Select(w => AddressWords.Floors.GetValueOrDefault(w, w)));

    private bool NumberLater(List<string> words, int at) =>
        words.Skip(at + 1).Any(IsNumber) || segments.SkipWhile(s => !ReferenceEquals(s, words)).Skip(1).Any(s => s.Exists(IsNumber));

    private static bool IsFlatName(string word) => word.Length > 0 && word is not ("OF" or "AT" or "IN" or "ON")
        && (IsNumber(word)
            || (word.Length <= 2 && !AddressWords.EndsStreet(word))
            || (word.Length <= 5 && word.AsSpan().ContainsAnyInRange('0', '9') && !IsOrdinal(word)));

    private static bool IsOrdinal(string word) => word.Length > 2 && word[^2..] is "ST" or "ND" or "RD" or "TH";
}
