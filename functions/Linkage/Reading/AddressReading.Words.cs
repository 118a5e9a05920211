using System.Collections.Frozen;

namespace TfFlow.Linkage;

// From an address as it is written to its words, part by part.
internal sealed partial class AddressReading
{
    /// <summary>Words of each part between commas. A word is letters and digits; "12/5" and "12-14" stay together.</summary>
    private void Split(string address, string postcode)
    {
        foreach (var part in Plain(address).Split([',', ';', '\n', '\r', '(', ')', '|', '[', ']']))
        {
            var words = new List<string>();
            foreach (var raw in part.Split([' ', '\t', '.', ':', '"', '“', '”'], StringSplitOptions.RemoveEmptyEntries))
            {
                var joined = raw.AsSpan().IndexOfAny('/', '-') is > 0 and var at && char.IsAsciiDigit(raw[0]) && at + 1 < raw.Length
                    && char.IsAsciiDigit(raw[at + 1]);
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
            if (segments[i] is [var number] && IsNumber(number) && !segments[i + 1].Exists(w => char.IsAsciiDigit(w[0]))
                && !AddressWords.Units.Contains(segments[i + 1][0]))
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
        else if (words is [_, .., [>= 'A' and <= 'Z', ..] district] && district.Length is 2 or 3 or 4
            && char.IsAsciiDigit(district[^1]) && (postcode.StartsWith(district, StringComparison.Ordinal) || (postcode.Length == 0
            && segments.Count > 0)))
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
            if (words[i] is "NO" or "NUMBER" or "NUM" or "NR" && (IsNumber(words[i + 1]) || (i > 0
                && AddressWords.Units.Contains(words[i - 1]))))
            {
                words.RemoveAt(i);
            }
        }

        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (char.IsAsciiDigit(words[i][^1]) && !words[i].AsSpan().ContainsAny('/', '-') && IsNumber(words[i])
                && words[i + 1] is [>= 'A' and <= 'Z'] && (i + 2 < words.Count || i == 0 || AddressWords.Units.Contains(words[i - 1])))
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

        return words.Count <= LongestFiller && !words.Exists(w => w.Length == 1 || w.AsSpan().ContainsAnyInRange('0', '9'))
            && Fillers.IsAddress(string.Join(' ', words));
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
            if (end <= words.Count && words.GetRange(at, phrase.Length).SequenceEqual(phrase) && (end == words.Count
                || !AddressWords.EndsStreet(words[end])))
            {
                return true;
            }
        }

        return false;
    }
}
