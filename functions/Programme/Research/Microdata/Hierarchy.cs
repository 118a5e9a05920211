using CsvHelper;

namespace TfFlow.Programme.Research.Microdata;

/// <summary>How a column's values are made coarser, level by level: a line a value, <c>value; level 1; level 2; …</c>, without a header.</summary>
/// <remarks>A blank, <c>*</c> or <c>?</c> that the file does not list stays as it is at every level.</remarks>
public sealed class Hierarchy
{
    private readonly string name;
    private readonly Dictionary<string, string[]> lines;
    private readonly Dictionary<string, int>[] leaves;

    private Hierarchy(string name, Dictionary<string, string[]> lines, int levels)
    {
        (this.name, this.lines, MaxLevel) = (name, lines, levels - 1);
        leaves = [.. Enumerable.Range(0, levels).Select(level =>
            lines.Values.CountBy(line => line[level], StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal))];
    }

    /// <summary>The coarsest level; level 0 is the value itself.</summary>
    public int MaxLevel { get; }

    /// <summary>Whether values that share a label at one level share one at every level above: what a search for the least loss builds on.</summary>
    public bool IsNested => Enumerable.Range(0, MaxLevel).All(level =>
        lines.Values.GroupBy(line => line[level], line => line[level + 1], StringComparer.Ordinal).All(labels => labels.Distinct().Count() == 1));

    /// <exception cref="ResearchDataException">A line is ragged, a value has two lines that disagree, or there is no line.</exception>
    public static Hierarchy Read(Stream text, string name, char? delimiter)
    {
        var lines = new Dictionary<string, string[]>(StringComparer.Ordinal);
        using var reader = CsvReader.Create(text, MicroTableReader.Options(delimiter, hasHeader: false), leaveOpen: true);
        var levels = 0;
        try
        {
            while (reader.Read())
            {
                var line = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToArray();
                levels = levels == 0 ? line.Length : levels;
                if (line.Length != levels)
                {
                    throw new ResearchDataException($"{name}, line {reader.RowNumber}: {line.Length} levels where the first line has {levels}. Give every value the same number.");
                }

                if (!lines.TryAdd(line[0], line) && !lines[line[0]].SequenceEqual(line))
                {
                    throw new ResearchDataException($"{name}, line {reader.RowNumber}: the value stands there twice, generalised differently. Keep one line.");
                }
            }
        }
        catch (CsvFormatException e)
        {
            throw new ResearchDataException($"{name}, line {e.RecordNumber}: not delimited text; a quote is opened and not closed, or text follows a closing quote. Correct the line.");
        }

        return levels > 0 ? new(name, lines, levels) : throw new ResearchDataException($"{name}: empty. Give a line a value: value, level 1, level 2, …");
    }

    /// <summary>The column at <paramref name="level"/>.</summary>
    /// <exception cref="ResearchDataException">The level is beyond the file, or a value of the column has no line.</exception>
    public MicroColumn Generalise(MicroColumn column, int level)
    {
        if (level > MaxLevel)
        {
            throw new ResearchDataException($"{name}: level {level} of column '{column.Name}' is asked for, and the file goes to {MaxLevel}. Ask for 0 to {MaxLevel}.");
        }

        if (level > 0)
        {
            RefuseUnlisted(column);
        }

        return level == 0 ? column : column.Map(value => lines.TryGetValue(value, out var line) ? line[level] : value);
    }

    /// <summary>How much of the value is lost at <paramref name="level"/>: 0 nothing, 1 everything.</summary>
    /// <remarks>Iyengar 2002, §2: the other leaves under the same label, divided by all other leaves.</remarks>
    public double Loss(string value, int level) =>
        lines.Count > 1 && lines.TryGetValue(value, out var line) ? (leaves[level][line[level]] - 1.0) / (lines.Count - 1) : 0;

    private void RefuseUnlisted(MicroColumn column)
    {
        var unlisted = column.Values.Index().Where(value => !IsMissing(value.Item) && !lines.ContainsKey(value.Item)).Select(value => value.Index).ToArray();
        if (unlisted.Length > 0)
        {
            throw new ResearchDataException(
                $"{name}: {unlisted.Length} distinct values of column '{column.Name}' have no line; the first stands in data row {Array.IndexOf(column.Codes, unlisted[0]) + 1}. Add them.");
        }
    }

    private static bool IsMissing(string value) => value is "" or "*" or "?";
}
