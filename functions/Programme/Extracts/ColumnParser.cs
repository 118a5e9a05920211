using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Extracts;

internal static partial class ColumnParser
{
    /// <summary>Most columns that one line stands for: ten years of months.</summary>
    private const int MaxRepeat = 120;

    public static IReadOnlyList<ColumnSpecification> ParseAll(DocumentMap map)
    {
        var columns = new List<ColumnSpecification>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var headers = new HashSet<string>(StringComparer.Ordinal);
        var nodes = Nodes(map).ToList();
        if (nodes.Count == 0)
        {
            map.Fault("'columns' is missing", "columns");
        }

        foreach (var (node, source) in nodes)
        {
            // A column that repeats (<n> from 1) is written once.
            var repeat = node.WholeOrNull("repeat", least: 1, most: MaxRepeat) ?? 1;
            for (var n = 1; n <= repeat; n++)
            {
                Add(node, Parse(node, n.ToString(CultureInfo.InvariantCulture), source));
            }

            node.Done();
        }

        return columns;

        void Add(DocumentMap node, ColumnSpecification column)
        {
            if (!names.Add(column.Name))
            {
                node.Fault($"column '{column.Name}' is there twice", "name");
                return;
            }

            foreach (var header in column.Aliases.Append(column.Header).Select(HeaderMap.Fold).Where(header => header.Length > 0).Distinct(StringComparer.Ordinal).ToList())
            {
                if (!headers.Add(header))
                {
                    node.Fault($"a header or alias of '{column.Name}' belongs to another column too");
                }
            }

            if (NeverAccepted.ByHeader(HeaderMap.Fold(column.Header)) is { } never)
            {
                node.Fault($"column '{column.Name}' can be in no dataset: {never.Expected} ({never.Source})", "header");
            }

            columns.Add(column);
        }
    }

    // 'nda' stands for the five columns of "full name, date of birth, address"; its value is the line that asks for them.
    private static IEnumerable<(DocumentMap Node, string? Source)> Nodes(DocumentMap map)
    {
        var own = map.Maps("columns").Select(node => (node, (string?)null));
        return map.TextOrNull("nda") is { } source
            ? DatasetCatalogue.NameDateOfBirthAddress().Select(node => (node, (string?)source)).Concat(own)
            : own;
    }

    /// <summary>The columns that <c>nda</c> stands for.</summary>
    public static IEnumerable<ColumnSpecification> NameDateOfBirthAddress(string source) =>
        DatasetCatalogue.NameDateOfBirthAddress().Select(node => Parse(node, "", source));

    private static ColumnSpecification Parse(DocumentMap node, string n, string? source)
    {
        string Numbered(string text) => text.Replace("<n>", n, StringComparison.Ordinal);

        var name = Numbered(node.Text("name"));
        if (name.Length > 0 && !ColumnName().IsMatch(name))
        {
            node.Fault("a column's name is lower-case letters, digits and underscores", "name");
        }

        var column = new ColumnSpecification
        {
            Name = name,
            Header = Numbered(node.Text("header")),
            Aliases = [.. node.Texts("aliases").Select(Numbered)],
            Validator = ValidatorParser.Parse(node),
            Required = node.Flag("required"),
            Optional = node.Flag("optional"),
            Role = node.Word<ColumnRole>("role"),
            Sensitivity = node.Word<Sensitivity>("sensitivity"),
            BlankValues = node.Texts("blank_values"),
            Description = Numbered(node.Text("description")),
            Example = Numbered(node.TextOrNull("example") ?? ""),
            Source = source ?? node.Text("source"),
        };
        CheckExample(node, column);
        return column;
    }

    // An example is what people copy: it must be what intake takes.
    private static void CheckExample(DocumentMap node, ColumnSpecification column)
    {
        if (column.Example.Length > 0 && !column.BlankValues.Contains(column.Example)
            && column.Validator.Normalise(Encoding.UTF8.GetBytes(column.Example), new ValueWriter()) is { Consequence: not Consequence.Warning } broken)
        {
            node.Fault($"'example' is none of what the column takes: expected {broken.Expected} ({column.Validator.Describes})", "example");
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ColumnName();
}
