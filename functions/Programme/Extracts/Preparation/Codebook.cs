using System.Globalization;
using System.Text;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Extracts.Preparation;

/// <summary>What a dataset's columns hold, for the person who fills or exports them.</summary>
public static class Codebook
{
    /// <summary>As Markdown.</summary>
    /// <param name="refusals">How many refused rows refuse the file that is sent: a list that is prepared first is read more leniently than that.</param>
    public static string Render(DatasetSpecification specification, IReadOnlyList<string> withheld, RefusalPolicy refusals)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {specification.Title}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Dataset {specification}. {specification.Source}.").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Save as CSV, {Encoding(specification)}, cells separated by commas, the first row the headers. The order of columns is free. Nothing but these columns is taken.").AppendLine()
            .AppendLine("| header | also accepted | may be blank | holds | meaning | example | kind | source |")
            .AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var column in specification.Columns.Where(column => !withheld.Contains(column.Name)))
        {
            text.AppendLine("| " + string.Join(" | ", new[]
            {
                column.Header,
                string.Join(", ", column.Aliases),
                column.Optional ? "yes; the column may be left out" : column.Required ? "no" : "yes",
                column.Validator.Describes,
                column.Description,
                column.Example,
                $"{Kebab.Of(column.Role)}, {Kebab.Of(column.Sensitivity)}",
                column.Source,
            }.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))) + " |");
        }

        Understood(text, specification.Columns.Where(column => !withheld.Contains(column.Name)));
        Section(text, "Rules over several cells", specification.RowRules.Select(rule => rule.Rule).Distinct());
        Section(text, "Never accepted", NeverAccepted.All);
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"The whole file is refused beyond this: {refusals}.");
        if (specification.Unique.Count > 0 && !specification.Counts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"No two rows are alike in: {string.Join(", ", specification.Unique.Select(column => specification.Columns[column].Header))}.");
        }

        return text.ToString();
    }

    private static string Encoding(DatasetSpecification specification) => specification.Encoding == ExtractEncoding.Utf8 ? "UTF-8" : "Windows-1252";

    private static void Understood(StringBuilder text, IEnumerable<ColumnSpecification> columns)
    {
        var listed = columns.Where(column => column.Validator.Understood.Values.Any(also => also.Count > 0)).ToList();
        if (listed.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine("## What else is understood").AppendLine()
            .AppendLine("Capitals, spaces and hyphens do not matter, nor does a code with its words, as in `1 - Male`.").AppendLine()
            .AppendLine("| header | code | also |")
            .AppendLine("|---|---|---|");
        foreach (var column in listed)
        {
            foreach (var (code, also) in column.Validator.Understood.Where(code => code.Value.Count > 0))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"| {column.Header} | `{code}` | {string.Join(", ", also)} |");
            }
        }
    }

    private static void Section(StringBuilder text, string title, IEnumerable<Rule> rules)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        foreach (var rule in rules)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- `{rule.Code}`: expected {rule.Expected} ({rule.Source})");
        }
    }
}
