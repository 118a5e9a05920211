using System.Buffers;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>
/// What people and systems write where they know nothing: "Unborn", "N/A", 01/01/1900, AB123456C, no fixed abode. A filler is a missing value: validators note it,
/// linkage reads it as blank, household keys refuse it. What is a filler only because a file holds it too often, linkage finds by itself.
/// </summary>
/// <remarks>All texts are compared folded: upper-case, without marks, one space between words; see <see cref="Folding"/>.</remarks>
public static class Fillers
{
    /// <summary>Characters of a text that is folded without taking memory for it.</summary>
    private const int Short = 128;

    private static readonly SearchValues<char> AsciiLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Figures = SearchValues.Create("0123456789.,");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Blanks = Set("""
        UNKNOWN|UNKNOW|UNK|UNKN|NOT KNOWN|NOTKNOWN|NK|N K|NKN|N A|NONE|NIL|NULL|NAN|BLANK|EMPTY|MISSING|TBC|TBA|TBD|T B C|TO BE CONFIRMED|TO BE ADVISED|NOT APPLICABLE|NOT AVAILABLE|NOT GIVEN|
        NOT STATED|NOT PROVIDED|NOT RECORDED|NOT DISCLOSED|NOT SUPPLIED|NOT SPECIFIED|NO DATA|NO DETAILS|REFUSED|DECLINED|WITHHELD|REDACTED|UNDISCLOSED|ANON|ANONYMOUS|TEST|DUMMY|XX|XXX|XXXX|XXXXX|ZZZ|ZZZZ|
        ASDF|QWERTY|SEE NOTES|SEE FILE|PENDING|DO NOT USE|DNU|DELETED|DUPLICATE|HIDDEN|UNSPECIFIED|INFORMATION NOT OBTAINED|NOT OBTAINED
        """);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = Set("""
        NA|FNU|LNU|FNAME|LNAME|NFN|NLN|NO NAME|NONAME|NO FORENAME|NO FIRST NAME|NO SURNAME|NO LAST NAME|NAME UNKNOWN|NAME NOT KNOWN|UNNAMED|NOT YET NAMED|YET TO BE NAMED|TO BE NAMED|NAMELESS|FIRST NAME|FORENAME|
        SURNAME|LAST NAME|GIVEN NAME|UNBORN|UNBORN CHILD|UNBORN BABY|BABY UNBORN|UNBORN INFANT|UNBORN TWIN|UNBORN FEMALE|UNBORN MALE|UB|U B|BBY|BBY BOY|BBY GIRL|FIRSTNAME|LASTNAME|GIVENNAME|DECEASED|BABY|BABY BOY|BABY GIRL|BABYBOY|BABYGIRL|BOY|GIRL|BABY OF|BABE|NEWBORN|NEW BORN|
        NEWBORN BABY|INFANT|INFANT BOY|INFANT GIRL|INFANT MALE|INFANT FEMALE|MALE INFANT|FEMALE INFANT|CHILD|MALE|FEMALE|MALE CHILD|FEMALE CHILD|TWIN|TRIPLET|TWIN I|TWIN II|TWIN ONE|TWIN TWO|FOETUS|FETUS|
        EXPECTED|EXPECTED BABY|STILLBORN|BABY TWIN|BUMP|NAME WITHHELD|AWAITING NAME|PLACEHOLDER|PERSON|CLIENT|CUSTOMER|OCCUPIER|THE OCCUPIER|TENANT|A N OTHER|AN OTHER|JOHN DOE|JANE DOE
        """);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Addresses = Set("""
        NFA|N F A|NO FIXED ABODE|NO FIXED ADDRESS|NO FIXED ABOAD|OF NO FIXED ABODE|NFA NO FIXED ABODE|HOMELESS|ROUGH SLEEPER|ROUGH SLEEPING|STREET HOMELESS|SLEEPING ROUGH|SOFA SURFING|SOFA SURFER|SOFA SURFS|NO ADDRESS|NO KNOWN ADDRESS|
        NO ABODE|ADDRESS UNKNOWN|UNKNOWN ADDRESS|ADDRESS NOT KNOWN|ADDRESS WITHHELD|WITHHELD ADDRESS|ADDRESS REFUSED|ADDRESS REDACTED|ADDRESS NOT GIVEN|ADDRESS NOT PROVIDED|ADDRESS CONFIDENTIAL|CONFIDENTIAL|CONFIDENTIAL ADDRESS|PROTECTED|PROTECTED ADDRESS|
        ADDRESS PROTECTED|RESTRICTED|RESTRICTED ADDRESS|SENSITIVE|SENSITIVE ADDRESS|ADDRESS|ADDRESS 1|HOSTEL|REFUGE|WOMENS REFUGE|TEMPORARY ACCOMMODATION|TRAVELLING|TRAVELLER|OVERSEAS|ABROAD|MOVED|MOVED AWAY|GONE AWAY|LEFT AREA|AS ABOVE|
        SAME|SAME AS ABOVE|SAME AS MOTHER|IN CARE|LOOKED AFTER|PRISON|IN PRISON|HOSPITAL|VARIOUS|NO FIXED ABODE NFA|HOME|AT HOME
        """);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Numbers = Set("""
        1234567890|0123456789|123456789|12345678|1234567|123456|9876543210|0987654321|987654321|9999999|99999999|1212121212|1234512345|01234567890|01234567891|07123456789|07000000000|07700000000|07777777777|07999999999|07123123123|
        AB123456C|AB123456A|AB123456B|AB123456D|AB123456|QQ123456C|QQ123456A|QQ123456B|QQ123456|ZZ999999D|ZZ999999A|ZZ999999|AA000000A|AA111111A|AA123456A|AA123456C|AA999999A|XX999999X|XX123456X|NA999999A|PP999999P|TN999999D|
        123456789012|123456789123|100000000000|999999999999|A123456789012|Z999999999999|A000000000000
        """);

    // No filler of a date of birth lies between these two.
    private static readonly DateOnly LastOfPast = new(1911, 11, 11);
    private static readonly DateOnly FirstOfFuture = new(2099, 12, 31);

    // For each length, the first letters that a filler of that length has; bit 0 is A.
    private static readonly uint[] Begins = Letters(Blanks.Set.Concat(Names.Set), word => word[0]);

    // And the last letters.
    private static readonly uint[] Ends = Letters(Blanks.Set.Concat(Names.Set), word => word[^1]);

    // Those of the words that a filler only begins with: Unborn Smith, Child 1.
    private static readonly uint Begun = Letters(
        ["UNBORN", "BABY", "INFANT", "CHILD", "SON", "DAUGHTER", "TWIN", "NEWBORN", "FOETUS"], word => word[0])
        .Aggregate((all, letters) => all | letters);

    /// <summary>Whether a text is of ASCII letters and single blanks and no filler, told without folding it: most names are so.</summary>
    internal static bool IsSurelyName(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !Ascii.IsLetter(text[0]))
        {
            return false;
        }

        var (blank, last) = (false, (byte)0);
        foreach (var b in text)
        {
            if (!Ascii.IsLetter(b))
            {
                blank = true;
                if (b != ' ' || last == ' ')
                {
                    return false;
                }
            }

            last = b;
        }

        var (begins, ends) = text.Length < Begins.Length ? (Begins[text.Length], Ends[text.Length]) : (0u, 0u);
        return ((begins | (blank ? Begun : 0)) >> (Ascii.Upper(text[0]) - 'A') & 1) == 0
            || (!blank && (ends >> (Ascii.Upper(last) - 'A') & 1) == 0);
    }

    /// <summary>Whether a name is none: "Unborn", "Baby Girl", "FNU", "N/A", a dot.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        Span<char> buffer = text.Length <= Short ? stackalloc char[4 * Short] : new char[text.Length * 4];
        ReadOnlySpan<char> folded = buffer[..Folding.Fold(text, buffer)];
        return folded.Length == 0 || !HasLetter(folded) || Blanks.Contains(folded) || (Names.Contains(folded) && !(folded.SequenceEqual("NA") && text.Trim().Length == 2 && char.IsLower(text.Trim()[1])))
            || folded.StartsWith("UNBORN ") || folded.StartsWith("BABY BOY ") || folded.StartsWith("BABY GIRL ") || folded.StartsWith("UNKNOWN ") || IsOfSomeone(folded) || IsCounted(folded);
    }

    /// <summary>Whether an address tells no home: no fixed abode, unknown, withheld, care of someone.</summary>
    public static bool IsAddress(ReadOnlySpan<char> text)
    {
        // No word for no home begins with a digit, and most homes do: told without folding.
        if (!text.IsEmpty && char.IsAsciiDigit(text[0]) && text.ContainsAny(AsciiLetters))
        {
            return false;
        }

        Span<char> buffer = text.Length <= Short ? stackalloc char[4 * Short] : new char[text.Length * 4];
        ReadOnlySpan<char> folded = buffer[..Folding.Fold(text, buffer)];
        if (folded.Length == 0 || !folded.ContainsAnyExcept(folded[0]))
        {
            return true;
        }

        // Protected - see manager; withheld for safety.
        if (Says(folded) && !folded.ContainsAnyInRange('0', '9'))
        {
            return true;
        }

        return !char.IsAsciiDigit(folded[0]) && (Blanks.Contains(folded) || Addresses.Contains(folded)
            || folded.StartsWith("C O ") || folded.StartsWith("CARE OF ") || folded.StartsWith("NFA ") || folded.StartsWith("NO FIXED ") || folded.StartsWith("N F A ")
            || folded.StartsWith("SOFA SURFING") || folded.StartsWith("PREVIOUSLY ") || folded.StartsWith("MOVED FROM ") || folded.StartsWith("FORMERLY ") || folded.StartsWith("HMP ") || folded.StartsWith("ADDRESS WITHHELD "));
    }

    private static bool Says(ReadOnlySpan<char> folded) =>
        folded.StartsWith("PROTECTED ") || folded.StartsWith("WITHHELD ")
        || folded.StartsWith("CONFIDENTIAL ") || folded.StartsWith("RESTRICTED ")
        || folded.StartsWith("ADDRESS IS ") || folded.StartsWith("DO NOT DISCLOSE") || folded.StartsWith("NOT TO BE DISCLOSED");

    /// <summary>The same of UTF-8.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        Span<char> chars = text.Length <= 512 ? stackalloc char[512] : new char[text.Length];
        return IsAddress(chars[..Encoding.UTF8.GetChars(text, chars)]);
    }

    /// <summary>Whether a date of birth is what systems write for none: 1 January of 1900, 30 December of 1899, 11 November of 1111, the last day a system can write.</summary>
    public static bool IsBirthDate(DateOnly date) => (date <= LastOfPast || date >= FirstOfFuture) && IsBirthDate(BirthDate.Pack(date.Year, date.Month, date.Day));

    /// <summary>Whether an identifier, phone or property number was given to nobody: one digit over and over, 1234567890, AB123456C, rounded by a spreadsheet.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (IsRounded(text))
        {
            return true;
        }

        Span<char> kept = text.Length <= 64 ? stackalloc char[64] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                kept[length++] = char.ToUpperInvariant(c);
            }
        }

        return IsCode(kept[..length]);
    }

    /// <summary>Whether an email is nobody's: none@none.com, noemail@…, test@test.com.</summary>
    public static bool IsEmail(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        Span<char> buffer = text.Length <= Short ? stackalloc char[4 * Short] : new char[text.Length * 4];
        ReadOnlySpan<char> name = buffer[..Folding.Fold(at < 0 ? text : text[..at], buffer)];
        return name.Length == 0 || Blanks.Contains(name) || name is "NA" or "NO" or "NO EMAIL" or "NOEMAIL" or "NOREPLY" or "NO REPLY" or "NOMAIL" or "EMAIL" or "INFO" or "ADMIN" or "OFFICE" or "ENQUIRIES" or "RECEPTION" or "ABC" or "A" or "X"
            || (at >= 0 && text[(at + 1)..].Trim() is "none.com" or "test.com" or "noemail.com" or "nomail.com" or "no.com");
    }

    /// <summary>Whether a number is as a spreadsheet rewrites long ones, so that its digits are gone: 9.43E+09.</summary>
    public static bool IsRounded(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var e = text.IndexOfAny('E', 'e');
        return e > 0 && e < text.Length - 2 && text[e + 1] is '+' or '-' && !text[..e].ContainsAnyExcept(Figures) && !text[(e + 2)..].ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>The same of an identifier of letters and digits alone, upper-case.</summary>
    internal static bool IsCode(ReadOnlySpan<char> code) => code.Length < 4 || !code.ContainsAnyExcept(code[0]) || Numbers.Contains(code);

    /// <summary>The same of a packed date.</summary>
    internal static bool IsBirthDate(uint date) => date
        is 0x00010101 or 0x11111111 or 0x15821015 or 0x17530101 or 0x18000101 or 0x18500101 or 0x18991230 or 0x18991231 or 0x19000101 or 0x19000102 or 0x19010101 or 0x19010102
        or 0x19111111 or 0x20991231 or 0x21001231 or 0x22221231 or 0x29991231 or 0x99991231 or 0x99990909;

    private static uint[] Letters(IEnumerable<string> words, Func<string, char> which)
    {
        var letters = new uint[64];
        foreach (var word in words)
        {
            letters[word.Length] |= char.IsAsciiLetterUpper(which(word)) ? 1u << (which(word) - 'A') : 0;
        }

        return letters;
    }

    // Baby of Jane; son of.
    private static bool IsOfSomeone(ReadOnlySpan<char> folded) =>
        folded.IndexOf(" OF") is var at and > 0 && (at + 3 == folded.Length || folded[at + 3] == ' ') && folded[..at] is "BABY" or "INFANT" or "CHILD" or "SON" or "DAUGHTER" or "TWIN" or "NEWBORN";

    // Child 1, Twin B.
    private static bool IsCounted(ReadOnlySpan<char> folded) =>
        folded.Length > 2 && folded[^2] == ' ' && folded[..^2] is "BABY" or "INFANT" or "CHILD" or "TWIN" or "TRIPLET" or "FOETUS" or "FETUS" or "SIBLING" && (char.IsAsciiDigit(folded[^1]) || folded[^1] is >= 'A' and <= 'D');

    private static bool HasLetter(ReadOnlySpan<char> folded)
    {
        foreach (var c in folded)
        {
            if (char.IsLetter(c) || char.IsSurrogate(c))
            {
                return true;
            }
        }

        return false;
    }

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(['|', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
