using System.Reflection;

namespace TfFlow.Linkage;

/// <summary>Which given names are used for one another: Bill for William, Gosia for Małgorzata.</summary>
/// <remarks>Data/nicknames.csv (see Data/README.md) and Data/nicknames-uk.csv: a name, then its short forms. Data/given-names.txt: names, and no more.</remarks>
internal static class Nicknames
{
    /// <summary>Names shorter than this are a slip away from too many.</summary>
    private const int ShortestSlip = 4;

    // A table of another country's older nicknames relates them; here both are given names of their own.
    private static readonly (string, string)[] Apart = [("ANNA", "HANNAH"), ("AARON", "ERIN"), ("LILY", "MILLIE"), ("MARIA", "MARIAM"), ("MAYA", "MARIA"), ("ELLA", "ELSIE"), ("ELLIE", "ELSIE"), ("EVA", "AVA"), ("EVE", "EVA")];

    // The name that the others of a family are short for, by the family's number.
    private static readonly List<string> Heads = [];
    private static readonly Dictionary<string, int[]> Families = Load();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Known = LoadKnown().GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly uint[] FamilyInitials = Initials();
    private static readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Lookup = Families.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Deletions = LoadDeletions();

    /// <summary>The families a folded name belongs to: its own, and those of the names it is short for; ascending.</summary>
    public static ReadOnlySpan<int> FamiliesOf(ReadOnlySpan<char> folded) =>
        Lookup.TryGetValue(folded, out var families) ? families : [];

    /// <summary>Whether a folded name is one of the tables'.</summary>
    public static bool IsName(ReadOnlySpan<char> folded) => Known.Contains(folded) || Lookup.ContainsKey(folded);

    /// <summary>Whether two folded names are two however the tables relate them: those of brothers and sisters.</summary>
    public static bool Unrelated(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        foreach (var (one, other) in Apart)
        {
            if ((a.SequenceEqual(one) && b.SequenceEqual(other)) || (a.SequenceEqual(other) && b.SequenceEqual(one)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether two names meet only as short forms of a third: Daisy and Megan are both Margaret, and are sisters all the same.</summary>
    /// <param name="a">A folded name.</param>
    /// <param name="b">Another.</param>
    public static bool OfThird(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var theirs = FamiliesOf(b);
        var met = false;
        foreach (var family in FamiliesOf(a))
        {
            if (theirs.Contains(family))
            {
                if (a.SequenceEqual(Heads[family]) || b.SequenceEqual(Heads[family]))
                {
                    return false;
                }

                met = true;
            }
        }

        return met;
    }

    /// <summary>First letters of all names of some families, a bit each from A.</summary>
    public static uint InitialsOf(ReadOnlySpan<int> families)
    {
        var initials = 0u;
        foreach (var family in families)
        {
            initials |= FamilyInitials[family];
        }

        return initials;
    }

    /// <summary>The families of the names that <paramref name="folded"/>, itself not one of them, is one slip away from; ascending.</summary>
    /// <remarks>Two names are a slip apart if leaving out one letter of either makes them equal: deletions of the known names are kept, those of the asked one looked up.</remarks>
    public static int[] FamiliesNear(ReadOnlySpan<char> folded)
    {
        if (folded.Length is < ShortestSlip or > 32 || Lookup.ContainsKey(folded))
        {
            return [];
        }

        SortedSet<int>? found = null;
        Span<char> shorter = stackalloc char[32];
        for (var left = 0; left <= folded.Length; left++)
        {
            folded[..left].CopyTo(shorter);
            folded[Math.Min(left + 1, folded.Length)..].CopyTo(shorter[left..]);
            var its = left == folded.Length ? folded : shorter[..(folded.Length - 1)];
            if (Deletions.TryGetValue(its, out var families))
            {
                (found ??= []).UnionWith(families);
            }
        }

        return found is null ? [] : [.. found];
    }

    /// <summary>Whether two sets of families meet.</summary>
    public static bool Related(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] == b[j])
            {
                return true;
            }

            if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return false;
    }

    private static Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> LoadDeletions()
    {
        var deletions = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        foreach (var (name, families) in Families.Where(f => f.Key.Length >= ShortestSlip))
        {
            for (var left = 0; left <= name.Length; left++)
            {
                var its = left == name.Length ? name : name.Remove(left, 1);
                if (!deletions.TryGetValue(its, out var all))
                {
                    deletions.Add(its, all = []);
                }

                all.UnionWith(families);
            }
        }

        return deletions.ToDictionary(d => d.Key, d => d.Value.ToArray(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private static uint[] Initials()
    {
        var initials = new uint[Families.Values.Max(f => f[^1]) + 1];
        foreach (var (name, families) in Families.Where(f => f.Key[0] is >= 'A' and <= 'Z'))
        {
            foreach (var family in families)
            {
                initials[family] |= 1u << (name[0] - 'A');
            }
        }

        return initials;
    }

    private static HashSet<string> LoadKnown()
    {
        using var reader = new StreamReader(Resource("given-names.txt"));
        return reader.ReadToEnd().Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
    }

    private static Stream Resource(string file) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"TfFlow.Linkage.{file}")!;

    private static Dictionary<string, int[]> Load()
    {
        var families = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        var family = 0;
        foreach (var file in (string[])["nicknames.csv", "nicknames-uk.csv"])
        {
            using var reader = new StreamReader(Resource(file));
            reader.ReadLine();
            while (reader.ReadLine() is { } line)
            {
                var names = line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                Heads.Add(Folding.Fold(names[0]));
                foreach (var name in names)
                {
                    var folded = Folding.Fold(name);
                    if (!families.TryGetValue(folded, out var its))
                    {
                        families.Add(folded, its = []);
                    }

                    its.Add(family);
                }

                family++;
            }
        }

        return families.ToDictionary(f => f.Key, f => f.Value.ToArray(), StringComparer.Ordinal);
    }
}
