using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Research.Statistics;

/// <summary>One of what is counted, by reference.</summary>
/// <param name="Reference">Opaque.</param>
/// <param name="Groups">By dimension, the groups it is in; none where nothing is known.</param>
public sealed record StatisticsUnit(string Reference, IReadOnlyDictionary<string, IReadOnlyList<string>> Groups)
{
    /// <summary>The group of what is in no other.</summary>
    public const string Unknown = "not known";

    public IReadOnlyList<string> In(string dimension) => Groups.GetValueOrDefault(dimension) is { Count: > 0 } groups ? groups : [Unknown];
}

/// <summary>A table counted from the registers: true counts, not for publication, and what each counts.</summary>
/// <param name="Members">Of each cell, row after row: references.</param>
public sealed record StatisticsCount(CountTable Table, IReadOnlyList<IReadOnlySet<string>> Members)
{
    /// <summary>The most cells a table may have. Ours: what is finer is a list of families.</summary>
    public const int MostCells = 300;

    /// <summary>The one column of a list.</summary>
    private const string Alone = "count";

    /// <summary>The rules by which every table of statistics is protected: the size of the cohort is agreed and known, and so may any total
    /// be.</summary>
    public static CountRules Rules { get; } = new() { ReaderKnows = KnownTotals.Rounded };

    /// <exception cref="ResearchDataException">There is nothing to count, or the table would be too fine.</exception>
    public static StatisticsCount Of(StatisticsDefinition definition, IEnumerable<StatisticsUnit> units)
    {
        StatisticsUnit[] counted = [.. units.Where(unit => definition.Only.All(filter => unit.In(filter.Dimension)
            .Contains(filter.Group)))];
        string[] rows = Groups(definition.Rows);
        string[] columns = definition.Columns.Length > 0 ? Groups(definition.Columns) : [Alone];
        if (rows.Length == 0)
        {
            throw new ResearchDataException("There is nothing to count: no entry of the registers is in these groups.");
        }

        if (rows.Length * columns.Length > MostCells)
        {
            throw new ResearchDataException($"The table would have {rows.Length} rows and {columns.Length} columns. Group by something coarser: a table has at most {MostCells} counts.");
        }

        var members = rows.SelectMany(row => columns.Select(column => (IReadOnlySet<string>)counted
            .Where(unit => unit.In(definition.Rows).Contains(row)
                && (definition.Columns.Length == 0 || unit.In(definition.Columns).Contains(column)))
            .Select(unit => unit.Reference).ToHashSet(StringComparer.Ordinal))).ToArray();
        return new(new(rows, columns, members.Select(cell => (long)cell.Count)), members);

        string[] Groups(string dimension) => [.. counted.SelectMany(unit => unit.In(dimension)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>As it may be published beside what is out already.</summary>
    public ProtectedTable Protect(IReadOnlyList<CountedTable> earlier) => ProtectedTable.Of(Table, Rules, Members, earlier);
}
