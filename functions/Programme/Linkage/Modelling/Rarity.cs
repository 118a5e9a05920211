namespace TfFlow.Programme.Linkage;

/// <summary>How common each name and date of birth is: agreeing on a rare one says more, and a slip from it too.</summary>
/// <remarks>Term-frequency adjustment after Winkler. Frequencies leave out the pair itself, so a name borne by one person is not half as rare as it is.</remarks>
internal sealed class Rarity
{
    private readonly float[] given;
    private readonly float[] surname;
    private readonly Dictionary<int, int> births = [];
    private readonly double bornTotal;

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
    }

    /// <summary>Natural log of the share of others who bear the given name; of the rarer of two.</summary>
    public float Given(int a, int b) => Rarer(given, a, b);

    public float Surname(int a, int b) => Rarer(surname, a, b);

    public float Birth(int date) => (float)Math.Log((Math.Max(0, births.GetValueOrDefault(date) - 2) + 0.5) / (bornTotal + 1));

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
