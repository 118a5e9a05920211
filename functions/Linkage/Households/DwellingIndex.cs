namespace TfFlow.Linkage;

/// <summary>Which records of one file share a dwelling: same postcode and house number and flat; without a postcode, same street and town.</summary>
internal sealed class DwellingIndex
{
    private readonly int[] dwellingOf;
    private readonly int[] starts;
    private readonly int[] members;

    public DwellingIndex(Records records, KeyMaker maker)
    {
        dwellingOf = new int[records.Count];
        var numbers = new HashNumbers();
        var first = new List<int> { 0 };
        var sizes = new List<int> { 0 };
        for (var record = 0; record < records.Count; record++)
        {
            var row = records[record];
            var number = row.Length > Slot.Postcode ? row[Slot.Number] != 0 ? row[Slot.Number] : -row[Slot.Name] : 0;
            var area = number == 0 ? 0 : maker.AreaOf(row);
            if (area == 0)
            {
                continue;
            }

            var door = numbers.Number(Hash.Join(Hash.Join(area, unchecked((uint)number)), unchecked((uint)row[Slot.Flat])));
            if (door == first.Count)
            {
                first.Add(~record);
                continue;
            }

            // Who lives alone has no household: a dwelling begins with its second record.
            if (first[door] < 0)
            {
                dwellingOf[~first[door]] = sizes.Count;
                first[door] = sizes.Count;
                sizes.Add(1);
            }

            dwellingOf[record] = first[door];
            sizes[first[door]]++;
        }

        starts = new int[sizes.Count + 1];
        for (var dwelling = 0; dwelling < sizes.Count; dwelling++)
        {
            starts[dwelling + 1] = starts[dwelling] + sizes[dwelling];
        }

        members = new int[starts[^1]];
        var next = starts.ToArray();
        for (var record = 0; record < records.Count; record++)
        {
            if (dwellingOf[record] != 0)
            {
                members[next[dwellingOf[record]]++] = record;
            }
        }
    }

    /// <summary>The number of a record's dwelling, from 1; 0 if nobody else of the file is known to live there.</summary>
    public int this[int record] => dwellingOf[record];

    /// <summary>Records that live with others, dwelling by dwelling, ascending within each.</summary>
    public ReadOnlySpan<int> Settled => members;

    /// <summary>Where in <see cref="Settled"/> a dwelling's records stand.</summary>
    public (int First, int Count) Household(int dwelling) => dwelling == 0 ? (0, 0) : (starts[dwelling], starts[dwelling + 1] - starts[dwelling]);
}
