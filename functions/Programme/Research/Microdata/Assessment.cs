namespace TfFlow.Programme.Research.Microdata;

/// <summary>How safe a table of records is as it stands, or at given levels of its hierarchies.</summary>
/// <param name="Rows">Rows of the table.</param>
/// <param name="Risk">Of its records; of its people, if a column names them.</param>
/// <param name="Columns">For each quasi-identifier how well it alone tells records apart.</param>
/// <param name="Sensitive">For each sensitive column what a class gives away about it.</param>
public sealed record Assessment(int Rows, ReidentificationRisk Risk, IReadOnlyList<AssessedColumn> Columns, IReadOnlyList<Diversity> Sensitive)
{
    /// <summary>Whether the risk is of people of whom each may have several rows.</summary>
    public bool People { get; init; }

    /// <param name="rows">How many rows every column has.</param>
    /// <param name="quasi">The quasi-identifiers, each with the level it is assessed at.</param>
    /// <param name="sensitive">The sensitive columns.</param>
    /// <param name="person">The column that names whom a row is about; null: every row is a person of its own.</param>
    public static Assessment Of(int rows, IReadOnlyList<(QuasiIdentifier Quasi, int Level)> quasi, IReadOnlyList<MicroColumn> sensitive, MicroColumn? person = null)
    {
        var columns = quasi.Select(one => (one.Level, Column: one.Quasi.At(one.Level))).ToArray();
        if (person is not null)
        {
            return OfPeople(rows, columns, sensitive, person);
        }

        var classes = EquivalenceClasses.Of(rows, columns.Select(column => column.Column));
        return new(
            rows,
            ReidentificationRisk.Of(classes),
            [.. columns.Select(column => AssessedColumn.Of(rows, column.Column, column.Level))],
            [.. sensitive.Select(column => Diversity.Of(classes, column))]);
    }

    /// <summary>Rows of one person that are alike in every quasi-identifier count once. An intruder who recognises the person in one of them has found them in all.</summary>
    private static Assessment OfPeople(int rows, (int Level, MicroColumn Column)[] columns, IReadOnlyList<MicroColumn> sensitive, MicroColumn person)
    {
        var states = EquivalenceClasses.Of(rows, columns.Select(column => column.Column).Append(person));
        var first = new int[states.Count];
        for (var row = rows - 1; row >= 0; row--)
        {
            first[states.ClassOf[row]] = row;
        }

        var classes = EquivalenceClasses.Of(first.Length, columns.Select(column => column.Column.Take(first)));
        return new(
            rows,
            ReidentificationRisk.Of(classes, person.Take(first)),
            [.. columns.Select(column => AssessedColumn.Of(first.Length, column.Column.Take(first), column.Level))],
            [.. sensitive.Select(column => Diversity.Of(classes, Together(column, states)))])
        { People = true };
    }

    /// <summary>What is known of a person is all that their rows say together.</summary>
    private static MicroColumn Together(MicroColumn column, EquivalenceClasses states)
    {
        var values = new SortedSet<int>[states.Count];
        for (var row = 0; row < column.Codes.Length; row++)
        {
            (values[states.ClassOf[row]] ??= []).Add(column.Codes[row]);
        }

        return MicroColumn.Of(column.Name, values.Select(its => string.Join('\n', its.Select(code => column.Values[code]))));
    }
}

/// <param name="Values">How many distinct values it has at its level.</param>
public sealed record AssessedColumn(string Name, int Level, int Values, Distinguishing Distinguishing)
{
    public static AssessedColumn Of(int rows, MicroColumn column, int level)
    {
        var classes = EquivalenceClasses.Of(rows, [column]);
        return new(column.Name, level, classes.Count, Distinguishing.Of(classes));
    }
}
