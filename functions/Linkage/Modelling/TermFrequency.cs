using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>How common each name and date of birth is: agreeing on a rare one says more, and a slip from it too.</summary>
/// <remarks>Term-frequency adjustment after Winkler. Frequencies leave out the pair itself, so a name borne by one person is not half as rare as it is.</remarks>
internal sealed class TermFrequency
{
    private readonly Shares given;
    private readonly Shares surname;
    private readonly Dictionary<int, float> births;
    private readonly float unheard;
    private readonly float[] firstJanuary;
    private readonly Dictionary<ulong, int> together = [];

    public TermFrequency(Vocabulary vocabulary, IReadOnlyCollection<Records> files)
    {
        given = new(vocabulary.Names.Count, files, Slot.Given);
        surname = new(vocabulary.Names.Count, files, Slot.Surname);
        var (counts, total) = (new Dictionary<int, int>(), 0.0);
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                var birth = file.Cell(record, Slot.Birth);
                if (birth != 0)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, birth, out _)++;
                    total++;
                }
            }
        }

        float LogOf(int count) => (float)Math.Log((Math.Max(0, count - 2) + 0.5) / (total + 1));
        births = counts.ToDictionary(c => c.Key, c => LogOf(c.Value));
        unheard = LogOf(0);
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
    public float Given(int a, int b) => given.Rarer(a, b);

    /// <summary>
    /// Natural log of the share of others who bear both names: what independence expects, times how much more names go together at large,
    /// moved towards what is counted.
    /// </summary>
    public float Both(int givenName, int surnameName, double lift)
    {
        var expected = Math.Exp(given.BesidesTwo(givenName) + surname.BesidesTwo(surnameName)) * surname.Total * lift;
        var counted = together.GetValueOrDefault(((ulong)(uint)givenName << 32) | (uint)surnameName);
        return (float)Math.Log(expected / surname.Total * (counted + 0.5) / (expected + 0.5));
    }

    public float Surname(int a, int b) => surname.Rarer(a, b);

    /// <summary>
    /// Natural log of the share of others born on a date. 1 January stands for "not known" in some countries' papers, and names go by country: there it is the share
    /// among bearers of the given name.
    /// </summary>
    public float Birth(int date, int given)
    {
        var log = births.GetValueOrDefault(date, unheard);
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

    /// <summary>How common the names of one slot are, as natural logs of shares.</summary>
    private sealed class Shares
    {
        private readonly float[] besidesOne;
        private readonly float[] besidesTwo;

        public Shares(int names, IReadOnlyCollection<Records> files, int slot)
        {
            var counts = new int[names];
            foreach (var file in files)
            {
                for (var record = 0; record < file.Count; record++)
                {
                    counts[file.Cell(record, slot)]++;
                }
            }

            Total = files.Sum(f => f.Count) - counts[0];
            besidesOne = Array.ConvertAll(counts, count => Log(count - 1));
            besidesTwo = Array.ConvertAll(counts, count => Log(count - 2));
        }

        /// <summary>Records that have a name.</summary>
        public float Total { get; }

        /// <summary>The share of others who bear the name, if two records of one person do.</summary>
        public float BesidesTwo(int name) => besidesTwo[name];

        /// <summary>Of two names the rarer, each borne by one of the two records.</summary>
        public float Rarer(int a, int b) => a == b ? besidesTwo[a] : Math.Min(besidesOne[a], besidesOne[b]);

        private float Log(int others) => MathF.Log((Math.Max(0, others) + 0.5f) / (Total + 1));
    }
}
