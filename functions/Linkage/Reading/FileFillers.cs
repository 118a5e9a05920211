using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>Blanks what is a filler because a file holds it too often: a date of birth far commoner than chance, a number of one person's own that several people bear.</summary>
internal static class FileFillers
{
    /// <summary>Records a date may have beyond chance: twins, and a person's several records.</summary>
    private const int Least = 5;

    /// <summary>Surnames that those born on a default date have more of: many records of one person or one family are none.</summary>
    private const int Surnames = 10;

    /// <summary>How many times commoner than the average date a default is.</summary>
    private const double Times = 10;

    /// <summary>Blanks fillers in the rows of one file.</summary>
    /// <param name="cells">The rows.</param>
    /// <param name="names">What given names sound like.</param>
    /// <param name="bearers">Different people a number may have before it is a filler.</param>
    public static void Blank(AlignedRows<int> cells, NameBook names, int bearers)
    {
        if (cells.Length > Slot.Birth)
        {
            Births(cells);
        }

        for (var slot = Slot.Nhs; slot <= Slot.Other && slot < cells.Length; slot++)
        {
            Numbers(cells, slot, names, bearers);
        }
    }

    private static void Births(AlignedRows<int> cells)
    {
        var counts = new Dictionary<int, int>();
        for (var row = 0; row < cells.Count; row++)
        {
            if (cells[row, Slot.Birth] is not 0 and var birth)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, birth, out _)++;
            }
        }

        var defaults = new HashSet<int>();
        var (usual, firsts) = (Usual([.. counts.Where(date => !IsFirst(date.Key)).Select(date => date.Value)]), FirstsAYear(counts));
        foreach (var (birth, count) in counts)
        {
            var chance = IsFirst(birth) ? Math.Max(usual, firsts) : usual;
            if (Fillers.IsBirthDate(unchecked((uint)birth)) || (count > Least + (Times * chance) && OfManyPeople(cells, birth)))
            {
                defaults.Add(birth);
            }
        }

        for (var row = 0; row < cells.Count && defaults.Count > 0; row++)
        {
            ref var birth = ref cells[row, Slot.Birth];
            birth = defaults.Contains(birth) ? 0 : birth;
        }
    }

    private static bool IsFirst(int birth) => (birth & 0xFFFF) == 0x0101;

    /// <summary>How many records a date has by chance.</summary>
    private static double Usual(int[] counts)
    {
        Array.Sort(counts);

        // The commonest date says nothing of how common dates are: of a few it is the default itself.
        var others = counts[..^Math.Min(counts.Length, Math.Max(1, counts.Length / 10))];
        return others.Length == 0 ? 1 : Math.Max(counts[(counts.Length - 1) / 2], others.Average());
    }

    /// <summary>How many records 1 January has in a year of the file, the commonest left out. It is common of itself among people of some countries, but then of all years: defaults are a few.</summary>
    private static double FirstsAYear(Dictionary<int, int> counts)
    {
        var firsts = counts.Where(date => IsFirst(date.Key)).Select(date => date.Value).ToList();
        return (firsts.Sum() - firsts.DefaultIfEmpty().Max()) / (double)Math.Max(1, counts.Keys.Select(date => date >>> 16).Distinct().Count());
    }

    /// <summary>Whether those born on a date have many surnames, or none is known.</summary>
    private static bool OfManyPeople(AlignedRows<int> cells, int birth)
    {
        var surnames = new HashSet<int>();
        for (var row = 0; row < cells.Count && surnames.Count <= Surnames; row++)
        {
            if (cells[row, Slot.Birth] == birth && cells[row, Slot.Surname] != 0)
            {
                surnames.Add(cells[row, Slot.Surname]);
            }
        }

        return surnames.Count is 0 or > Surnames;
    }

    private static void Numbers(AlignedRows<int> cells, int slot, NameBook names, int bearers)
    {
        var first = new Dictionary<int, int>();
        var several = new Dictionary<int, List<int>>();
        for (var row = 0; row < cells.Count; row++)
        {
            if (cells[row, slot] is not 0 and var number && !first.TryAdd(number, row))
            {
                (several.TryGetValue(number, out var its) ? its : several[number] = [first[number]]).Add(row);
            }
        }

        foreach (var rows in several.Values)
        {
            var people = new List<int>();
            foreach (var row in rows)
            {
                if (people.Count < bearers && !people.Exists(other => MayBeOne(row, other)))
                {
                    people.Add(row);
                }
            }

            if (people.Count >= bearers)
            {
                rows.ForEach(row => cells[row, slot] = 0);
            }
        }

        // Rows are of one person where the given name sounds alike or the birth is the same, or where nothing tells.
        bool MayBeOne(int a, int b)
        {
            var (one, other) = (cells[a, Slot.Given], cells[b, Slot.Given]);
            var (birth, counterpart) = (cells[a, Slot.Birth], cells[b, Slot.Birth]);
            return (one != 0 && other != 0 && names.Sketch(one).Sound == names.Sketch(other).Sound) || (birth != 0 && birth == counterpart)
                || ((one == 0 || other == 0) && (birth == 0 || counterpart == 0));
        }
    }
}
