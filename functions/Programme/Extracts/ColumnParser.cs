using System.Globalization;
using System.Text.RegularExpressions;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Extracts;

internal static partial class ColumnParser
{
    public static IReadOnlyList<ColumnSpecification> ParseAll(DocumentMap map)
    {
        var columns = new List<ColumnSpecification>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var headers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (node, source) in Nodes(map))
        {
            try
            {
                Add(node, source);
            }
            catch (DocumentException fault) when (map.Faults is { } faults)
            {
                faults.Add(fault);
            }
        }

        return columns.Count > 0 ? columns : throw map.Error("'columns' is missing");

        void Add(DocumentMap node, string? source)
        {
            // A column that repeats (<n> from 1) is written once.
            var repeat = node.WholeOrNull("repeat") ?? 1;
            for (var n = 1; n <= repeat; n++)
            {
                var column = Parse(node, n.ToString(CultureInfo.InvariantCulture), source);
                if (!names.Add(column.Name))
                {
                    throw node.Error($"column '{column.Name}' is there twice", "name");
                }

                foreach (var header in column.Aliases.Append(column.Header).Select(HeaderMap.Fold).Distinct(StringComparer.Ordinal))
                {
                    if (!headers.Add(header))
                    {
                        throw node.Error($"a header or alias of '{column.Name}' belongs to another column too");
                    }
                }

                if (NeverAccepted.ByHeader(HeaderMap.Fold(column.Header)) is { } never)
                {
                    throw node.Error($"column '{column.Name}' can be in no dataset: {never.Expected} ({never.Source})", "header");
                }

                columns.Add(column);
            }

            node.Done();
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
        if (!ColumnName().IsMatch(name))
        {
            throw node.Error("a column's name is lower-case letters, digits and underscores", "name");
        }

        return new ColumnSpecification
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
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ColumnName();
}
