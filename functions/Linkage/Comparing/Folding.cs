using System.Text;

namespace TfFlow.Linkage;

/// <summary>
/// Text as it is compared: upper-case Latin letters and digits, one space between words. Marks fall away (Ł is L, é is E),
/// Greek and Cyrillic are transliterated, apostrophes close up, other signs part words; letters of other scripts stay.
/// </summary>
public static class Folding
{
    // One letter for each of U+00C0–U+0259 and U+1E00–U+1EFF; 1–4 stand for AE, TH, SS, OE.
    private const string Latin = "AAAAAA1CEEEEIIIIDNOOOOO OUUUUY23AAAAAA1CEEEEIIIIDNOOOOO OUUUUY2YAAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIII  JJKKKLLLLLL  L"
        + "LNNNNNNNNNOOOOOO44RRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS               A                OO             UU    ZZ             "
        + "         AAIIOOUUUUUUUUUU AAAA    GGKKOOOO  J   GG  NNAA    AAAAEEEEIIIIOOOORRRRUUUUSSTT  HH      AAEEOOOOOOOOYY                  "
        + "                   A";
    private const string LatinExtended = "AABBBBBBCCDDDDDDDDDDEEEEEEEEEEFFGGHHHHHHHHHHIIIIKKKKKKLLLLLLLLMMMMMMNNNNNNNNOOOOOOOOPPPPRRRRRRRRSSSSSSSSSSTTTTTTTTUUUUUUUUUUVVVVWW"
        + "WWWWWWWWXXXXYYZZZZZZHTWY S    AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEEEEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY      ";
    private const string Cyrillic = "A,B,V,G,D,E,ZH,Z,I,I,K,L,M,N,O,P,R,S,T,U,F,KH,TS,CH,SH,SHCH,,Y,,E,YU,YA";
    private const string Greek = "A,V,G,D,E,Z,I,TH,I,K,L,M,N,X,O,P,R,S,S,T,Y,F,CH,PS,O,I,Y,A,E,I,I";
    private static readonly string[] Pairs = ["AE", "TH", "SS", "OE"];
    private static readonly string[] CyrillicLetters = Cyrillic.Split(',');
    private static readonly string[] GreekLetters = Greek.Split(',');

    /// <summary>Folds <paramref name="text"/> into <paramref name="folded"/> and returns how many units were written.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="folded">At least four times as long as <paramref name="text"/>.</param>
    /// <param name="keepHyphen">Whether a hyphen within a word stays, as in double-barrelled names.</param>
    public static int Fold(ReadOnlySpan<char> text, Span<char> folded, bool keepHyphen = false)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                folded[length++] = (char)(c >= 'a' ? c - 32 : c);
            }
            else if (c is '\'' or '’' or '‘' or '`' or 'ʼ' or '\u00AD' || c is >= '\u0300' and <= '\u036F')
            {
                // Apostrophes and combining marks close up: O'Brien is OBRIEN.
            }
            else if (c is '-' or '–' or '‐' or '‑' && keepHyphen)
            {
                while (length > 0 && folded[length - 1] == ' ')
                {
                    length--;
                }

                length = length > 0 && folded[length - 1] != '-' ? Put(folded, length, '-') : length;
            }
            else if (c < 128 || !char.IsLetterOrDigit(c) && !char.IsSurrogate(c))
            {
                length = length > 0 && folded[length - 1] is not (' ' or '-') ? Put(folded, length, ' ') : length;
            }
            else
            {
                length = Letter(c, folded, length);
            }
        }

        return length > 0 && folded[length - 1] is ' ' or '-' ? length - 1 : length;
    }

    /// <summary><paramref name="text"/> folded, as a string.</summary>
    public static string Fold(string text)
    {
        var folded = new char[text.Length * 4];
        return new string(folded, 0, Fold(text, folded));
    }

    private static int Letter(char c, Span<char> folded, int length)
    {
        var letters = c switch
        {
            >= '\u00C0' and < '\u025A' => One(Latin[c - '\u00C0']),
            >= '\u1E00' and < '\u1F00' => One(LatinExtended[c - '\u1E00']),
            >= 'А' and <= 'Я' => CyrillicLetters[c - 'А'],
            >= 'а' and <= 'я' => CyrillicLetters[c - 'а'],
            'Ё' or 'ё' or 'Є' or 'є' => "E",
            'І' or 'і' or 'Ї' or 'ї' => "I",
            'Ґ' or 'ґ' => "G",
            >= 'Α' and <= 'Ϋ' => GreekLetters[c - 'Α'],
            >= 'α' and <= 'ϋ' => GreekLetters[c - 'α'],
            'ά' or 'Ά' => "A",
            'έ' or 'Έ' => "E",
            'ή' or 'Ή' or 'ί' or 'Ί' => "I",
            'ό' or 'Ό' or 'ώ' or 'Ώ' => "O",
            'ύ' or 'Ύ' => "Y",
            _ => null,
        };
        if (letters is null)
        {
            folded[length] = c;
            return length + 1;
        }

        letters.CopyTo(folded[length..]);
        return length + letters.Length;
    }

    private static string? One(char letter) => letter switch
    {
        ' ' => null,
        >= '1' and <= '4' => Pairs[letter - '1'],
        _ => Single[letter - 'A'],
    };

    private static readonly string[] Single = [.. Enumerable.Range('A', 26).Select(c => ((char)c).ToString())];

    private static int Put(Span<char> folded, int length, char c)
    {
        folded[length] = c;
        return length + 1;
    }
}
