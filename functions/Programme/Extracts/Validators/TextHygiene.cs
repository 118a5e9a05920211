using System.Text;
using System.Text.RegularExpressions;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>What copying, pasting and wrong encodings leave in texts: each kind has a finding of its own, with the remedy for its cause.</summary>
public static partial class TextHygiene
{
    public static readonly Rule Invisible = new("text.invisible",
        "text without characters that cannot be seen (zero-width spaces, direction marks); the row is kept without them",
        "Nothing has to be done; they come with copying from web pages, Teams or Outlook.", "ours", Consequence.Warning);
    public static readonly Rule Bidi = new("text.bidi",
        "text without characters that turn its direction: what is seen is not what is stored",
        "Type the cell again by hand; do not paste it.", "Unicode UTR 36");
    public static readonly Rule Replacement = new("text.replacement-character",
        "text whose letters were all kept; the row is kept with the sign that stands where a letter was lost",
        "Export again from the system itself as CSV UTF-8: the letter is gone from this file.", "ours", Consequence.Warning);
    public static readonly Rule LostLetter = new("text.question-mark",
        "a name without a question mark, which often stands where a letter with an accent was lost; the row is kept",
        "Compare with your records, and export again as CSV UTF-8 if a letter was lost.", "ours", Consequence.Warning);
    public static readonly Rule Mojibake = new("text.mojibake",
        "text read in the encoding it was written in; this one was UTF-8 read as Windows-1252; the row is kept",
        "Export again as CSV UTF-8, and open it by Data, From Text/CSV with file origin 65001 (UTF-8) rather than by a double click.", "ours", Consequence.Warning);
    public static readonly Rule Entity = new("text.entity",
        "text without codes of web pages, such as the one for an ampersand or an apostrophe; the row is kept",
        "Export again from the system's report, not from its web page; or replace the codes by their letters.", "ours", Consequence.Warning);

    public static readonly Rule Remark = new("text.remark",
        "a name alone; this holds words or signs that are no part of one, such as a remark or a warning; the row is kept",
        "Take them out of the name in your system, and keep them where it has a place for remarks and warnings: here they are compared with "
            + "other names, and read by everybody who reads the name. If it is the person's name, nothing has to be done.",
        "ours", Consequence.Warning);

    // The letters of Windows-1252 that Unicode has elsewhere: 0x80 to 0x9F.
    private static readonly Dictionary<char, byte> ToWindows1252 = Enumerable.Range(0x80, 0x20)
        .ToDictionary(code => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString([(byte)code])[0], code => (byte)code);

    /// <summary>The worst thing about a text, or <c>null</c>; plain ASCII without <c>&amp;</c> is clean at a glance.</summary>
    public static Rule? Find(ReadOnlySpan<byte> value)
    {
        if (!value.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) || IsLatin(value))
        {
            return IsEntity(value) ? Entity : null;
        }

        var text = Encoding.UTF8.GetString(value);
        return text.Any(IsBidi) ? Bidi
            : text.Contains('\uFFFD') ? Replacement
            : AnyMojibake(text) ? Mojibake
            : HasInvisible(text) ? Invisible
            : IsEntity(value) ? Entity
            : null;
    }

    /// <summary>Takes invisible characters away and makes blanks of every width one plain blank.</summary>
    /// <returns>Whether anything invisible was there.</returns>
    public static bool Clean(ReadOnlySpan<byte> value, out byte[] clean)
    {
        var text = Encoding.UTF8.GetString(value);
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsInvisible(text, i))
            {
                kept.Append(char.IsWhiteSpace(text[i]) ? ' ' : text[i]);
            }
        }

        clean = Encoding.UTF8.GetBytes(kept.ToString().Trim());
        return HasInvisible(text);
    }

    /// <summary>The same, and letters, digits, dashes and slashes of other widths as those of a keyboard: for values that are no names.</summary>
    public static bool Plain(ReadOnlySpan<byte> value, out byte[] plain)
    {
        var invisible = Clean(value, out var clean);
        plain = Encoding.UTF8.GetBytes(string.Concat(Encoding.UTF8.GetString(clean).Select(letter => letter switch
        {
            >= '\uFF01' and <= '\uFF5E' => (char)(letter - 0xFEE0),
            >= '\u2010' and <= '\u2015' or '\u2212' => '-',
            '\u2044' or '\u2215' => '/',
            '\u2018' or '\u2019' => '\'',
            '\u201C' or '\u201D' => '"',
            _ => letter,
        })));
        return invisible;
    }

    // ASCII with single letters of Western and Central Europe in between, as most names with accents are: nothing is hidden there.
    private static bool IsLatin(ReadOnlySpan<byte> value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] >= 0x80)
            {
                if (value[i] is < 0xC3 or > 0xC9 || (i + 2 < value.Length && value[i + 2] >= 0x80))
                {
                    return false;
                }

                i++;
            }
            else if (value[i] is < 0x20 or 0x7F)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasInvisible(string text) => Enumerable.Range(0, text.Length).Any(at => IsInvisible(text, at));

    // The joiners are letters' business in Persian, Hindi and emoji; between Latin letters they are dirt.
    private static bool IsInvisible(string text, int at) => text[at] switch
    {
        '\u200B' or '\u200E' or '\u200F' or '\u061C' or '\u2060' or '\uFEFF' or '\u00AD' or '\u180E' => true,
        '\u200C' or '\u200D' => at == 0 || at == text.Length - 1 || text[at - 1] < '\u0250',
        _ => false,
    };

    private static bool IsBidi(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool AnyMojibake(string text)
    {
        foreach (var run in NotAscii().EnumerateMatches(text))
        {
            if (run.Length > 1 && IsMojibake(text.AsSpan(run.Index, run.Length)))
            {
                return true;
            }
        }

        return false;
    }

    // Letters that, written as Windows-1252, are well-formed UTF-8: no name is spelt so.
    private static bool IsMojibake(ReadOnlySpan<char> run)
    {
        var bytes = new byte[run.Length];
        for (var i = 0; i < run.Length; i++)
        {
            if (run[i] is >= '\u0080' and < '\u0100')
            {
                bytes[i] = (byte)run[i];
            }
            else if (ToWindows1252.TryGetValue(run[i], out var code))
            {
                bytes[i] = code;
            }
            else
            {
                return false;
            }
        }

        return System.Text.Unicode.Utf8.IsValid(bytes);
    }

    private static bool IsEntity(ReadOnlySpan<byte> value) => value.Contains((byte)'&') && EntityPattern().IsMatch(Encoding.UTF8.GetString(value));

    [GeneratedRegex("[^\\u0000-\\u007F]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotAscii();

    [GeneratedRegex("&(#[0-9]{1,6}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,10});", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex EntityPattern();
}
