namespace TfFlow.Programme.Research.Microdata;

/// <summary>A column of a table of records, interned: each distinct value once, in order of first appearance.</summary>
/// <param name="Values">The distinct values; a blank, <c>*</c> or <c>?</c> is a value like any other.</param>
/// <param name="Codes">For each row, its value's place in <paramref name="Values"/>.</param>
public sealed record MicroColumn(string Name, IReadOnlyList<string> Values, int[] Codes)
{
    public static MicroColumn Of(string name, IEnumerable<string> cells)
    {
        var (places, values, codes) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>(), new List<int>());
        foreach (var cell in cells)
        {
            if (!places.TryGetValue(cell, out var code))
            {
                code = values.Count;
                places.Add(cell, code);
                values.Add(cell);
            }

            codes.Add(code);
        }

        return new(name, values, [.. codes]);
    }

    public string this[int row] => Values[Codes[row]];

    /// <summary>The same rows with each distinct value replaced; values that become equal share a code.</summary>
    public MicroColumn Map(Func<string, string> replace)
    {
        var merged = Of(Name, Values.Select(replace));
        return merged with { Codes = Array.ConvertAll(Codes, code => merged.Codes[code]) };
    }

    /// <summary>The named rows, in that order.</summary>
    public MicroColumn Take(ReadOnlySpan<int> rows)
    {
        var codes = new int[rows.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = Codes[rows[row]];
        }

        return this with { Codes = codes };
    }
}

/// <summary>A table of records, column by column.</summary>
/// <param name="Rows">How many records; every column has as many.</param>
public sealed record MicroTable(int Rows, IReadOnlyList<MicroColumn> Columns)
{
    public static MicroTable Of(params MicroColumn[] columns) =>
        columns.Select(column => column.Codes.Length).Distinct().Count() <= 1
            ? new(columns.Length == 0 ? 0 : columns[0].Codes.Length, columns)
            : throw new ArgumentException("The columns are not of one length.", nameof(columns));

    /// <exception cref="ResearchDataException">The table has no such column.</exception>
    public MicroColumn this[string name] => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ResearchDataException($"There is no column '{name}'. The columns are: {string.Join(", ", Columns.Select(column => column.Name))}.");

    /// <summary>The named rows, in that order.</summary>
    public MicroTable Take(int[] rows) => new(rows.Length, [.. Columns.Select(column => column.Take(rows))]);
}
