namespace TfFlow.Linkage;

/// <summary>
/// A key that names keep when they are heard or transliterated differently: the consonants, with those that trade places made one.
/// MOHAMMED and MUHAMMAD, STEPHEN and STEVEN, YUSUF and YOUSSEF, CATHERINE and KATHRYN share a key.
/// </summary>
internal static class NameSound
{
    /// <summary>Units of a key at most: enough to part long names, short enough that endings may differ.</summary>
    public const int Length = 8;

    /// <summary>Writes the key of <paramref name="folded"/> (see <see cref="Folding"/>) into <paramref name="key"/> and returns its length.</summary>
    public static int Key(ReadOnlySpan<char> folded, Span<char> key)
    {
        var length = 0;
        var last = '\0';
        for (var i = 0; i < folded.Length && length < Length; i++)
        {
            var next = i + 1 < folded.Length ? folded[i + 1] : '\0';
            var sound = Sound(folded[i], next, length == 0 && last == '\0');
            if (sound == '\0')
            {
                // A vowel parts two like consonants: MM in MOHAMED; a doubled letter is one.
                last = folded[i] is 'H' ? last : ' ';
                continue;
            }

            if (sound != last)
            {
                key[length++] = sound;
            }

            last = sound;
        }

        return length;
    }

    private static char Sound(char c, char next, bool first) => c switch
    {
        'A' or 'E' or 'I' or 'O' or 'U' => first ? 'A' : '\0',
        'Y' or 'J' => first ? 'Y' : c == 'Y' ? '\0' : 'Y',
        'H' => first && next is 'A' or 'E' or 'I' or 'O' or 'U' or 'Y' && first ? 'H' : '\0',
        'W' => first && next is not 'R' ? 'V' : '\0',
        'K' when first && next == 'N' => '\0',
        'C' => next is 'E' or 'I' or 'Y' or 'Z' ? 'S' : 'K',
        'G' when next == 'H' && !first => '\0',
        'P' => next == 'H' ? 'F' : 'P',
        'B' or 'D' or 'F' or 'K' or 'L' or 'M' or 'N' or 'R' or 'S' or 'T' or 'G' => c,
        'V' => first ? 'V' : 'F',
        'Q' or 'X' => 'K',
        'Z' => 'S',
        '-' or ' ' => '\0',
        _ => c,
    };
}
