namespace TfFlow.Programme.Research.Microdata;

/// <summary>Which file of a folder holds a column's hierarchy.</summary>
public static class HierarchyNames
{
    private static readonly string[] Extensions = [".csv", ".tsv", ".txt"];

    /// <param name="data">The name of the data file, without its ending: a hierarchy whose name begins with it is preferred.</param>
    /// <returns>The file called exactly as the column; else the one whose name ends in <c>_column</c>, else in the column after another mark,
    /// else in the column at all; of several the one that begins as the data file does, then the shortest. Null: none. Case does not matter.</returns>
    /// <exception cref="ResearchDataException">Two files fit equally well.</exception>
    public static string? Find(string column, string data, IEnumerable<string> files)
    {
        var fitting = files
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => (File: file, Name: Path.GetFileNameWithoutExtension(file)))
            .Where(file => file.Name.EndsWith(column, StringComparison.OrdinalIgnoreCase))
            .GroupBy(file => (Rank(file.Name, column), !file.Name.StartsWith(data, StringComparison.OrdinalIgnoreCase), file.Name.Length))
            .MinBy(group => group.Key)?
            .Select(file => file.File)
            .Order(StringComparer.Ordinal)
            .ToArray();
        return fitting switch
        {
            null => null,
            [var only] => only,
            _ => throw new ResearchDataException($"Several files could be the hierarchy of column '{column}': {string.Join(", ", fitting)}. Keep one."),
        };
    }

    private static int Rank(string name, string column) =>
        name.Length == column.Length ? 0
        : name[^(column.Length + 1)] == '_' ? 1
        : char.IsLetterOrDigit(name[^(column.Length + 1)]) ? 3
        : 2;
}
