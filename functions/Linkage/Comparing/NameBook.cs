namespace TfFlow.Linkage;

/// <summary>Every distinct name of a linkage, with what comparison needs of it worked out once.</summary>
internal sealed class NameBook
{
    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal)
    {
        "O", "MC", "MAC", "AL", "EL", "UL", "BIN", "IBN", "ABU", "DE", "DA", "DI", "DU", "DOS", "DAS", "LA", "LE", "VAN", "VON", "DER", "DEN", "TER", "ST", "SAINT", "BEN", "FITZ", "AP",
    };

    private readonly TextPool<char> texts = new();
    private readonly List<Entry> entries = [new(0, [], [], [], false)];
    private NameSketch[] sketches = new NameSketch[64];

    public int Count => texts.Count;

    /// <summary>What is known of one name.</summary>
    /// <param name="Sound">A hash of its <see cref="NameSound"/> key; of its first part's, if it is double-barrelled.</param>
    /// <param name="Families">See <see cref="Nicknames.FamiliesOf"/>.</param>
    /// <param name="NearFamilies">See <see cref="Nicknames.FamiliesNear"/>.</param>
    /// <param name="Parts">The names it is made of, if more than one.</param>
    /// <param name="Known">Whether the tables have it.</param>
    public readonly record struct Entry(uint Sound, int[] Families, int[] NearFamilies, int[] Parts, bool Known);

    public ReadOnlySpan<char> Text(int id) => texts[id];

    public Entry this[int id] => entries[id];

    /// <summary>How many records bear each name as given name, in all files; empty until they are counted.</summary>
    public int[] Bearers { get; set; } = [];

    /// <summary>Whether two names that are not used for one another are both names in their own right: known to the tables, or borne by several, and not by a slip of the pen.</summary>
    public bool Distinct(int a, int b) => Borne(a, b) && Borne(b, a);

    /// <summary>Whether a given name is one that several of a family may bear before the name they are called by.</summary>
    public bool Shared(int name) => Nicknames.Related(entries[name].Families, Nicknames.FamiliesOf("MOHAMMED")) || Text(name) is "SYED" or "SYEDA" or "SAYED" or "ABDUL" or "ABDEL" or "NUR" or "NOOR";

    /// <summary>Whether two names are short forms of a third that brothers or sisters may bear: Daisy and Megan, not Kate and Katie.</summary>
    public bool OfSiblings(int a, int b) => a != 0 && b != 0 && entries[a].Sound != entries[b].Sound
        && Text(a).CommonPrefixLength(Text(b)) < 3 && !Shared(a) && Distinct(a, b) && Nicknames.OfThird(Text(a), Text(b));

    private bool Borne(int name, int other)
    {
        const int Several = 5;
        const double Slips = 0.01;
        return entries[name].Known
            || (name < Bearers.Length && Bearers[name] >= Math.Max(Several, Slips * (other < Bearers.Length ? Bearers[other] : 0)));
    }

    /// <summary>Small enough for all of them to be at hand.</summary>
    public ref readonly NameSketch Sketch(int id) => ref sketches[id];

    /// <summary>Adds a folded name whose parts, if several, are joined by hyphens.</summary>
    public int Add(ReadOnlySpan<char> name)
    {
        var id = texts.Add(name);
        if (id < entries.Count)
        {
            return id;
        }

        var at = entries.Count;
        entries.Add(default);
        var hyphen = name.IndexOf('-');
        var parts = hyphen < 0 ? [] : Parts(name);
        Span<char> key = stackalloc char[NameSound.Length];
        var length = NameSound.Key(hyphen < 0 ? name : name[..hyphen], key);
        entries[at] = new(Hash.Short(Hash.Of(key[..length])) | 1, Nicknames.FamiliesOf(name).ToArray(), Nicknames.FamiliesNear(name), parts, Nicknames.IsName(name));
        if (at >= sketches.Length)
        {
            Array.Resize(ref sketches, Math.Max(at + 1, sketches.Length * 2));
        }

        sketches[at] = new(name, entries[at]);
        return id;
    }

    /// <summary>Adds a surname as written: folded, particles joined on, parts hyphenated. O Brien and O'Brien are one.</summary>
    public int AddSurname(ReadOnlySpan<char> written)
    {
        Span<char> folded = written.Length <= 128 ? stackalloc char[512] : new char[written.Length * 4];
        var length = Folding.Fold(written, folded, keepHyphen: true);
        return AddWords(folded[..length]);
    }

    /// <summary>Adds folded words as one name.</summary>
    public int AddWords(Span<char> words)
    {
        var from = 0;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is not (' ' or '-'))
            {
                continue;
            }

            if (IsParticle(words[from..i]))
            {
                words[(i + 1)..].CopyTo(words[i..]);
                words = words[..^1];
                from = i--;
                continue;
            }

            words[i] = '-';
            from = i + 1;
        }

        return Add(words);
    }

    public static bool IsParticle(ReadOnlySpan<char> word) =>
        word.Length <= 5 && Particles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private int[] Parts(ReadOnlySpan<char> name)
    {
        var parts = new List<int>(2);
        foreach (var range in name.Split('-'))
        {
            if (name[range].Length > 1)
            {
                parts.Add(Add(name[range]));
            }
        }

        return [.. parts];
    }
}
