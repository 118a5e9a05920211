namespace TfFlow.Linkage;

/// <summary>Takes names as written apart into given, middle and surname, titles dropped.</summary>
/// <param name="names">Where names go.</param>
/// <param name="surname">Whether a word that stands alone is a surname.</param>
internal sealed class NameSplitter(NameBook names, Func<string, bool> surname)
{
    private static readonly HashSet<string> Titles = new(["MR", "MRS", "MISS", "MS", "MASTER", "DR", "REV", "SIR", "LADY", "LORD", "PROF", "MX", "DAME"], StringComparer.Ordinal);

    /// <summary>A column of given names: the first, and the next as middle name.</summary>
    public (int Given, int Middle, int Surname) Given(string text)
    {
        var words = Words(text);
        return words.Count == 0 || Fillers.IsName(words[0]) ? default : (names.Add(words[0]), words.Count > 1 ? names.Add(words[1]) : 0, 0);
    }

    /// <summary>"Given Middle Surname", or "Surname, Given Middle"; particles go with the surname.</summary>
    public (int Given, int Middle, int Surname) Full(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma >= 0)
        {
            var (given, middle, _) = Given(text[(comma + 1)..]);
            return (given, middle, names.AddSurname(text.AsSpan(0, comma)));
        }

        var words = Words(text);
        if (words.Count < 2)
        {
            return words.Count == 0 ? default : surname(words[0]) ? (0, 0, names.AddSurname(words[0])) : (names.Add(words[0]), 0, 0);
        }

        var last = words.Count - 1;
        while (last > 1 && NameBook.IsParticle(words[last - 1]))
        {
            last--;
        }

        var name = string.Join(' ', words.Skip(last));
        return (Fillers.IsName(words[0]) ? 0 : names.Add(words[0]), last > 1 && !Fillers.IsName(words[1]) ? names.Add(words[1]) : 0, Fillers.IsName(name) ? 0 : names.AddSurname(name));
    }

    /// <summary>Folded words, without a title before them.</summary>
    public static List<string> Words(string text)
    {
        Span<char> folded = text.Length <= 128 ? stackalloc char[512] : new char[text.Length * 4];
        var length = Folding.Fold(text, folded, keepHyphen: true);
        var words = new List<string>(new string(folded[..length]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (words.Count > 1 && Titles.Contains(words[0]))
        {
            words.RemoveAt(0);
        }

        return words;
    }
}
