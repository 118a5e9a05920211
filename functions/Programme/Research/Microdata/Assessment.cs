namespace TfFlow.Programme.Research.Microdata;

/// <summary>How safe a table of records is as it stands, or at given levels of its hierarchies.</summary>
/// <param name="Columns">For each quasi-identifier how well it alone tells records apart.</param>
/// <param name="Sensitive">For each sensitive column what a class gives away about it.</param>
public sealed record Assessment(ReidentificationRisk Risk, IReadOnlyList<AssessedColumn> Columns, IReadOnlyList<Diversity> Sensitive)
{
    public static Assessment Of(int rows, IReadOnlyList<(QuasiIdentifier Quasi, int Level)> quasi, IReadOnlyList<MicroColumn> sensitive)
    {
        var columns = quasi.Select(one => (one.Level, Column: one.Quasi.At(one.Level))).ToArray();
        var classes = EquivalenceClasses.Of(rows, columns.Select(column => column.Column));
        return new(
            ReidentificationRisk.Of(classes),
            [.. columns.Select(column => AssessedColumn.Of(rows, column.Column, column.Level))],
            [.. sensitive.Select(column => Diversity.Of(classes, column))]);
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
