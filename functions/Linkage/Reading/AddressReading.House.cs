using System.Globalization;

namespace TfFlow.Linkage;

// The house: its number, or its name.
internal sealed partial class AddressReading
{
    /// <summary>The house's number; of two numbers the first is the flat's. Else its name: up to the word that says it is a house, or the
    /// comma before a street.</summary>
    private void TakeHouse()
    {
        var numbers = segments.SelectMany((s, at) => s.Select((w, i) => (Segment: at, Place: i, Word: w))).Where(w =>
            IsNumber(w.Word)).ToList();

        // A word with a digit that is no number may be anything that tells homes apart; 5TH Avenue is a street.
        Understood &= !segments.Exists(s => s.Where((w, i) => w.AsSpan().ContainsAnyInRange('0', '9') && !IsNumber(w)
            && !(i + 1 < s.Count && AddressWords.EndsStreet(s[i + 1]))).Any());
        if (numbers.Count == 0)
        {
            TakeName();
            return;
        }

        var house = numbers[^1];
        if (numbers is [{ Place: 0 } first, var next] && (next.Segment > first.Segment ? next.Place == 0
            && segments[next.Segment].Count > 1 : next.Place == 1 && segments[next.Segment].Count > 2))
        {
            // 3, 12 High Street; 3 Rose Court, 12 High Street; 3 12 High Street.
            Flats.Insert(0, first.Word.Replace('/', '-'));
            segments[first.Segment].RemoveAt(0);
            house = (next.Segment, next.Segment > first.Segment ? next.Place : next.Place - 1, next.Word);
        }
        else if (numbers is [var inside, { Place: 0 } outside] && outside.Segment > inside.Segment
            && inside.Place == segments[inside.Segment].Count - 1)
        {
            // Rose Court 3, 12 High Street.
            Flats.Insert(0, inside.Word.Replace('/', '-'));
            segments[inside.Segment].RemoveAt(inside.Place);
        }
        else if (numbers is [{ Place: 0 } number, { Place: 0 } flat] && flat.Segment > number.Segment
            && flat.Word.Contains('/', StringComparison.Ordinal) && segments[flat.Segment].Count == 1)
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
        else if (AddressWords.WelshHouses.Contains(words[0]) || pitched || (segments.Count > 1 && IsStreet(segments[1])
            && !IsStreet(words) && !AddressWords.EndsStreet(words[^1])))
        {
            Name = [.. words];
        }
    }

    private static bool IsStreet(List<string> words) => words.Count > 1 && (AddressWords.EndsStreet(words[^1])
        || AddressWords.WelshStreets.Contains(words[0]));

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

        if (!int.TryParse(word.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var one)
            || !int.TryParse(word.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var other) || one == other)
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
}
