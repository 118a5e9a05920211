using System.Globalization;
using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Exports;

/// <summary>The refused rows of an export as it has them, each with its reasons, for the agency's own staff to correct.</summary>
internal static class RefusedRows
{
    /// <summary>Options that list every finding, not the first of each rule only.</summary>
    public static ExtractReadOptions Listing(ExtractReadOptions options) => options with { MaxFindings = int.MaxValue, MaxFindingsPerRule = int.MaxValue };

    /// <summary>Writes the file, readable by its owner only.</summary>
    /// <returns>The outcome with as many findings as the options would have listed.</returns>
    public static ExtractOutcome Write(
        FileInfo export, FileInfo target, PreparedReading reading, DatasetSpecification specification, ExportMapping mapping, ExtractReadOptions options)
    {
        using var source = export.OpenRead();
        using var rows = ExportFile.Open(source, PreparedReading.Shape(specification), mapping);
        Write(rows, reading.HeaderRow, reading.Outcome.Findings, target);
        var listed = reading.Outcome.Findings.GroupBy(finding => finding.Code).SelectMany(code => code.Take(options.MaxFindingsPerRule)).Take(options.MaxFindings);
        return reading.Outcome with { Findings = [.. listed] };
    }

    /// <summary>The same from a report that says which rows were refused, such as intake's.</summary>
    /// <returns>How many rows were written.</returns>
    public static int Write(IExportRows rows, int headerRow, IEnumerable<Finding> findings, FileInfo target)
    {
        var reasons = findings.Where(finding => finding is { Row: > 0, Consequence: not Consequence.Warning })
            .GroupBy(finding => finding.Row)
            .ToDictionary(row => row.Key, row => string.Join("; ", row.Select(finding => $"{(finding.Column.Length > 0 ? finding.Column + ": " : "")}expected {finding.Expected} [{finding.Code}]")));
        var (lines, written) = (new List<string[]>(), 0);
        while (rows.Read())
        {
            var refused = reasons.TryGetValue(rows.Number, out var why);
            if (refused || rows.Number == headerRow)
            {
                lines.Add(Line(rows, refused ? rows.Number.ToString(CultureInfo.InvariantCulture) : "Row", why ?? "Why refused"));
                written += refused ? 1 : 0;
            }
        }

        using var file = OwnerOnly.Create(target);
        using var writer = CsvOutput.ForPeople(file);

        // A row may be refused for having more cells than the header, or fewer: every line is written as wide as the widest.
        var width = lines.Select(line => line.Length).DefaultIfEmpty().Max();
        foreach (var line in lines)
        {
            for (var cell = 0; cell < width; cell++)
            {
                writer.WriteField(cell < line.Length ? line[cell] : "");
            }

            writer.EndRecord();
        }

        return written;
    }

    private static string[] Line(IExportRows rows, string row, string why)
    {
        var line = new string[rows.FieldCount + 2];
        (line[0], line[1]) = (row, why);
        for (var cell = 0; cell < rows.FieldCount; cell++)
        {
            line[cell + 2] = Encoding.UTF8.GetString(rows[cell]);
        }

        return line;
    }
}
