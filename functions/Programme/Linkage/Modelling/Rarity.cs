namespace TfFlow.Programme.Linkage;

/// <summary>How common each name and date of birth is: agreeing on a rare one says more, and a slip from it too.</summary>
/// <remarks>Term-frequency adjustment after Winkler. Frequencies leave out the pair itself, so a name borne by one person is not half as rare as it is.</remarks>
internal sealed class Rarity
{
    private readonly float[] given;
    private readonly float[] surname;
    private readonly Dictionary<int, int> births = [];
    private readonly double bornTotal;
    private readonly float[] firstJanuary;
    private readonly Dictionary<ulong, int> together = [];

    /// <summary>Says nothing of any value: for records too few to tell what is common.</summary>
    public Rarity()
    {
        (given, surname, firstJanuary) = ([], [], []);
        Known = false;
    }

    /// <summary>Whether there are records to tell from.</summary>
    public bool Known { get; } = true;

    public Rarity(Vocabulary vocabulary, IReadOnlyCollection<Records> files)
    {
        given = Count(vocabulary.Names.Count, files, Slot.Given);
        surname = Count(vocabulary.Names.Count, files, Slot.Surname);
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                var birth = file.Cell(record, Slot.Birth);
                if (birth != 0)
                {
                    System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(births, birth, out _)++;
                    bornTotal++;
                }
            }
        }

        firstJanuary = FirstJanuary(vocabulary.Names.Count, files);
        Together(files);
    }

    /// <summary>Only names that more than the pair itself bears together are kept: few, and asked for often.</summary>
    private void Together(IReadOnlyCollection<Records> files)
    {
        var all = new ulong[files.Sum(f => f.Count)];
        var next = 0;
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                all[next++] = ((ulong)(uint)file.Cell(record, Slot.Given) << 32) | (uint)file.Cell(record, Slot.Surname);
            }
        }

        Array.Sort(all);
        for (int from = 0, to; from < all.Length; from = to)
        {
            for (to = from + 1; to < all.Length && all[to] == all[from]; to++)
            {
            }

            if (to - from > 2)
            {
                together.Add(all[from], to - from - 2);
            }
        }
    }

    /// <summary>Natural log of the share of others who bear the given name; of the rarer of two.</summary>
    public float Given(int a, int b) => Rarer(given, a, b);

    /// <summary>
    /// Natural log of the share of others who bear both names: what independence expects, times how much more names go together at large,
    /// moved towards what is counted.
    /// </summary>
    public float Both(int givenName, int surnameName, double going)
    {
        var expected = Math.Exp(Log(given, givenName, 2) + Log(surname, surnameName, 2)) * surname[0] * going;
        var counted = together.GetValueOrDefault(((ulong)(uint)givenName << 32) | (uint)surnameName);
        return (float)Math.Log(expected / surname[0] * (counted + 0.5) / (expected + 0.5));
    }

    public float Surname(int a, int b) => Rarer(surname, a, b);

    /// <summary>
    /// Natural log of the share of others born on a date. 1 January stands for "not known" in some countries' papers, and names go by country: there it is the share
    /// among bearers of the given name.
    /// </summary>
    public float Birth(int date, int given)
    {
        var log = (float)Math.Log((Math.Max(0, births.GetValueOrDefault(date) - 2) + 0.5) / (bornTotal + 1));
        return (date & 0xFFFF) == 0x0101 ? log + firstJanuary[given] : log;
    }

    /// <summary>By given name, the log of how much commoner 1 January is among its bearers than among all; drawn towards all by twenty bearers.</summary>
    private static float[] FirstJanuary(int names, IReadOnlyCollection<Records> files)
    {
        var (held, first) = (new int[names], new int[names]);
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                var birth = file.Cell(record, Slot.Birth);
                held[file.Cell(record, Slot.Given)] += birth != 0 ? 1 : 0;
                first[file.Cell(record, Slot.Given)] += (birth & 0xFFFF) == 0x0101 ? 1 : 0;
            }
        }

        var all = (first.Sum() + 1.0) / (held.Sum() + 365.0);
        return [.. held.Select((bearers, name) => name == 0 ? 0f : (float)Math.Log((first[name] + (20 * all)) / (bearers + 20) / all))];
    }

    private static float Rarer(float[] shares, int a, int b) =>
        a == b ? Log(shares, a, 2) : Math.Min(Log(shares, a, 1), Log(shares, b, 1));

    private static float Log(float[] shares, int id, int own) => MathF.Log((Math.Max(0, shares[id] - own) + 0.5f) / (shares[0] + 1));

    /// <summary>Counts by name; place 0 holds the total.</summary>
    private static float[] Count(int names, IReadOnlyCollection<Records> files, int slot)
    {
        var counts = new int[names];
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                counts[file.Cell(record, slot)]++;
            }
        }

        counts[0] = files.Sum(f => f.Count) - counts[0];
        return [.. counts.Select(c => (float)c)];
    }
}
