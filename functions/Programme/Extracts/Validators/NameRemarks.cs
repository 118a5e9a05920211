using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Ascii = TfFlow.Linkage.Ascii;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>Finds what people write into a name for want of another place: remarks, warnings, signs.</summary>
/// <remarks>Ours. Words that are names somewhere are left out; a second name in brackets is none of it.</remarks>
internal static partial class NameRemarks
{
    private static readonly SearchValues<byte> Separators = SearchValues.Create(" ([{;:,/"u8);

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "deceased", "decd", "died", "adopted", "fostered", "confidential", "restricted", "withheld", "sensitive", "violent", "warning",
        "alert", "duplicate", "mappa", "dnc", "refuge", "safeguarding", "suspended", "excluded",
    };

    // What only stands in brackets behind a name.
    private static readonly HashSet<string> InBrackets = new(StringComparer.OrdinalIgnoreCase)
    {
        "twin", "son", "daughter", "stepson", "stepdaughter", "mother", "father", "mum", "dad", "parent", "carer", "partner", "wife",
        "husband", "sibling", "brother", "sister", "child", "baby", "male", "female", "boy", "girl", "adult", "minor", "left", "moved",
        "dead", "new", "old", "see", "note", "notes", "lac", "cla",
        "cin", "cp", "cpp", "sen", "ehcp", "nfa", "tbc", "tbd", "dob", "age", "aged", "unknown",
    };

    // For each length, the first letters that a word of that length has; bit 0 is A. Most names are told by it at a glance.
    private static readonly uint[] Begins = Letters(Words);

    // The same of the words that phrases begin with.
    private static readonly uint[] Starts = Letters(
        ["do", "dont", "no", "not", "see", "at", "child", "in", "looked", "ask", "contact", "same", "moved", "left", "passed", "living",
            "lives", "under", "known"]);

    /// <summary>Of a name of ASCII letters and single blanks.</summary>
    public static bool IsInLetters(ReadOnlySpan<byte> name)
    {
        for (var rest = name; !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)' ');
            var word = end < 0 ? rest : rest[..end];
            var letter = 1u << ((Ascii.Upper(word[0]) - 'A') & 31);
            if ((MayBe(Begins, word.Length, letter) && Words.Contains(Encoding.ASCII.GetString(word)))
                || (end >= 0 && MayBe(Starts, word.Length, letter) && Phrase().IsMatch(Encoding.ASCII.GetString(rest))))
            {
                return true;
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return false;
    }

    private static bool MayBe(uint[] begins, int length, uint letter) => length < begins.Length && (begins[length] & letter) != 0;

    /// <summary>Of any name.</summary>
    public static bool IsIn(ReadOnlySpan<byte> name)
    {
        if (name.ContainsAny("*#!"u8))
        {
            return true;
        }

        // A hyphen or an apostrophe alone is most of what is left.
        var text = Encoding.UTF8.GetString(name);
        return HoldsWord(text) || (name.ContainsAny(Separators)
            && (Phrase().IsMatch(text) || Bracket().Matches(text).Any(bracket => IsRemark(bracket.Groups["in"].Value))));
    }

    private static bool HoldsWord(string text) =>
        Word().Matches(text).Any(word => Words.Contains(string.Concat(word.Value.Where(char.IsLetter))));

    // "Ada (Addie)", "Ada (known as Addie)", "Vane (née Marlowe)": other names.
    private static bool IsRemark(string bracket)
    {
        var words = Word().Matches(bracket).Select(word => word.Value).ToList();
        return !OtherName().IsMatch(bracket) && (words.Count > 2 || words.Exists(InBrackets.Contains));
    }

    private static uint[] Letters(IReadOnlyCollection<string> words)
    {
        var letters = new uint[words.Max(word => word.Length) + 1];
        foreach (var word in words)
        {
            letters[word.Length] |= 1u << (Ascii.Upper((byte)word[0]) - 'A');
        }

        return letters;
    }

    [GeneratedRegex("[\\p{L}'\u2019]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"[(\[{](?<in>[^)\]}]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Bracket();

    [GeneratedRegex(
        @"\A\W*(also|aka|a\.k\.a|formerly|former|prev|previously|now|n[eé]e|pka|called|known|goes by|likes|prefers|preferred)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OtherName();

    [GeneratedRegex(
        @"\b(do ?n[o']t|dont|no (further )?contact|not (to|for|at|with|known to)"
        + @"|see (note|file|comment|system|record|below|above|other|also|social)|at risk|child (protection|in need|in care)|in care"
        + @"|looked after|ask for|contact (via|with|through|only|social|mother|father)|same as|moved (to|out|away)"
        + @"|left (area|the|school)|passed away|living with|lives with|under (review|investigation)|known to)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Phrase();
}
