namespace TfFlow.Linkage;

/// <summary>How common each name and date of birth is: agreeing on a rare one says more, and a slip from it too.</summary>
/// <remarks>Term-frequency adjustment after Winkler. Frequencies leave out the pair itself, so a name borne by one person is not half as rare as it is.</remarks>
internal sealed class TermFrequency
{
    private readonly Shares given;
    private readonly Shares surname;
    private readonly float[] births = new float[BirthDate.Indexes];
    private readonly float[] firstJanuary;
    private readonly float[] together;

    public TermFrequency(Vocabulary vocabulary, IReadOnlyCollection<Records> files)
    {
        given = new(vocabulary.Names.Count, files, Slot.Given);
        surname = new(vocabulary.Names.Count, files, Slot.Surname);
        together = Together(files);
        var (counts, total) = (new int[BirthDate.Indexes], 0.0);
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                var birth = file.Cell(record, Slot.Birth);
                if (birth != 0)
                {
                    counts[BirthDate.Index(unchecked((uint)birth))]++;
                    total++;
                }
            }
        }

        for (var index = 0; index < counts.Length; index++)
        {
            // A date that is none is a slip of its own.
            births[index] = (float)Math.Log((index == 0 ? 0.5 : Math.Max(0, counts[index] - 2) + 0.5) / (total + 1));
        }

        firstJanuary = FirstJanuary(vocabulary.Names.Count, files);
    }

    /// <summary>By number of given name and surname together, how many more than the pair itself bear both.</summary>
    private static float[] Together(IReadOnlyCollection<Records> files)
    {
        var counts = new float[64];
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                var both = file.Cell(record, Slot.Both);
                if (both >= counts.Length)
                {
                    Array.Resize(ref counts, Math.Max(both + 1, counts.Length * 2));
                }

                counts[both]++;
            }
        }

        for (var both = 0; both < counts.Length; both++)
        {
            counts[both] = both == 0 ? 0 : Math.Max(0, counts[both] - 2);
        }

        return counts;
    }

    /// <summary>Natural log of the share of others who bear the given name; of the rarer of two.</summary>
    public float Given(int a, int b) => given.Rarer(a, b);

    /// <summary>
    /// Natural log of the share of others who bear both names: what independence expects, times how much more names go together at large,
    /// moved towards what is counted.
    /// </summary>
    public float Both(int givenName, int surnameName, int both, double lift)
    {
        var expected = given.Share(givenName) * (double)surname.Share(surnameName) * surname.Total * lift;
        var counted = both < together.Length ? together[both] : 0;
        return (float)Math.Log(expected / surname.Total * (counted + 0.5) / (expected + 0.5));
    }

    public float Surname(int a, int b) => surname.Rarer(a, b);

    /// <summary>
    /// Natural log of the share of others born on a date. 1 January stands for "not known" in some countries' papers, and names go by country: there it is the share
    /// among bearers of the given name.
    /// </summary>
    public float Birth(int date, int given)
    {
        var log = births[BirthDate.Index(unchecked((uint)date))];
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
        private readonly float[] shares;

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
            shares = Array.ConvertAll(besidesTwo, MathF.Exp);
        }

        /// <summary>Records that have a name.</summary>
        public float Total { get; }

        /// <summary>The share of others who bear the name, if two records of one person do.</summary>
        public float Share(int name) => shares[name];

        /// <summary>Of two names the rarer, each borne by one of the two records.</summary>
        public float Rarer(int a, int b) => a == b ? besidesTwo[a] : Math.Min(besidesOne[a], besidesOne[b]);

        private float Log(int others) => MathF.Log((Math.Max(0, others) + 0.5f) / (Total + 1));
    }
}
