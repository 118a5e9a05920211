using System.Reflection;

namespace TfFlow.Programme.Linkage;

/// <summary>Which given names are used for one another: Bill for William, Gosia for Małgorzata.</summary>
/// <remarks>Data/nicknames.csv (see Data/README.md) and Data/nicknames-uk.csv: a name, then its short forms.</remarks>
public static class Nicknames
{
    private static readonly Dictionary<string, int[]> Families = Load();
    private static readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Lookup = Families.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The families a folded name belongs to: its own, and those of the names it is short for; ascending.</summary>
    public static ReadOnlySpan<int> FamiliesOf(ReadOnlySpan<char> folded) =>
        Lookup.TryGetValue(folded, out var families) ? families : [];

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

    private static Dictionary<string, int[]> Load()
    {
        var families = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        var family = 0;
        foreach (var file in (string[])["nicknames.csv", "nicknames-uk.csv"])
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"TfFlow.Linkage.{file}")!;
            using var reader = new StreamReader(stream);
            reader.ReadLine();
            while (reader.ReadLine() is { } line)
            {
                foreach (var name in line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
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
