namespace TfFlow.Linkage;

/// <summary>Numbers each pair of given name and surname that more than two records bear, so that how common the two are together is one look-up.</summary>
internal static class NamesTogether
{
    /// <summary>Writes <see cref="Slot.Both"/> of every record.</summary>
    /// <param name="files">The files, numbered together.</param>
    /// <param name="names">Distinct names.</param>
    public static void Number(IReadOnlyList<Records> files, int names)
    {
        // Bearers of one given name stand together, in the order of the files.
        var starts = new int[names + 1];
        Each(files, (file, record) => starts[file.Cell(record, Slot.Given) + 1]++);
        for (var name = 0; name < names; name++)
        {
            starts[name + 1] += starts[name];
        }

        var (surnames, next) = (new int[starts[names]], starts.AsSpan(0, names).ToArray());
        Each(files, (file, record) => surnames[next[file.Cell(record, Slot.Given)]++] = file.Cell(record, Slot.Surname));
        var (held, last) = (new Bearers[names], 0);
        for (var given = 1; given < names; given++)
        {
            var its = surnames.AsSpan(starts[given]..starts[given + 1]);
            foreach (var surname in its)
            {
                ref var bearers = ref held[surname];
                bearers = bearers.Given == given ? bearers with { Count = bearers.Count + 1 } : new(given, 1, 0);
            }

            foreach (ref var surname in its)
            {
                ref var bearers = ref held[surname];
                if (bearers is { Count: > 2, Number: 0 })
                {
                    bearers = bearers with { Number = ++last };
                }

                surname = surname == 0 ? 0 : bearers.Number;
            }
        }

        surnames.AsSpan(0, starts[Math.Min(1, names)]).Clear();
        starts.AsSpan(0, names).CopyTo(next);
        Each(files, (file, record) => file.Set(record, Slot.Both, surnames[next[file.Cell(record, Slot.Given)]++]));
    }

    private static void Each(IReadOnlyList<Records> files, Action<Records, int> act)
    {
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                act(file, record);
            }
        }
    }

    /// <summary>How many bear a surname with the given name now looked at, and the number of the two.</summary>
    private readonly record struct Bearers(int Given, int Count, int Number);
}
