using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Spectre.Console;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Commands;

/// <summary>What was done with the file that a report is about: it says what follows.</summary>
internal enum Reading
{
    /// <summary>It was looked at on the agency's own machine.</summary>
    Checked = 1,

    /// <summary>The same, and intake would not take it as it is.</summary>
    ToBePrepared,

    /// <summary>An extract was made of it.</summary>
    Prepared,

    /// <summary>It was sent.</summary>
    Sent,
}

/// <summary>The outcome of a reading, for people and for machines. Names places and expectations, never values.</summary>
internal static partial class OutcomeReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string Of(DatasetSpecification specification, ExtractOutcome outcome) =>
        string.Create(CultureInfo.InvariantCulture, $"{specification.Title} ({specification}), as at {outcome.AsOf:dd/MM/yyyy}");

    /// <summary>A file's name as it is typed in a command.</summary>
    public static string Argument(string name) => name.Contains(' ', StringComparison.Ordinal) ? $"\"{name}\"" : name;

    public static string Json(ExtractOutcome outcome) => JsonSerializer.Serialize(outcome, Options);

    /// <param name="of">The dataset and the day, or whatever else says what was read.</param>
    public static void Write(IAnsiConsole console, ExtractOutcome outcome, string of, Reading reading)
    {
        console.MarkupLine(outcome.State switch
        {
            ExtractState.Accepted when reading is Reading.ToBePrepared =>
                "[yellow]TO BE PREPARED[/]  intake does not take this file as it is: send what tfflow prepare makes of it. "
                    + "Checked below as prepare reads it",
            ExtractState.AcceptedWithRefusedRows when reading is Reading.ToBePrepared =>
                "[yellow]TO BE PREPARED[/]  intake does not take this file as it is, "
                + "and tfflow prepare leaves out the rows that are refused below. "
                    + "Checked as prepare reads it",
            ExtractState.Accepted => "[green]ACCEPTED[/]  every row",
            ExtractState.AcceptedWithRefusedRows => "[yellow]ACCEPTED WITH REFUSED ROWS[/]  " + reading switch
            {
                Reading.Prepared => "the extract is without the rows below: correct them in your system, and prepare the file again",
                Reading.Sent => "the rows below were not taken: correct them, and send the whole file again with --correction",
                _ => "the rows below would be refused: correct them in your system first",
            },
            _ => "[red]QUARANTINED[/]  " + reading switch
            {
                Reading.Prepared => "no extract is written: nothing of this file would be kept",
                Reading.Sent => "nothing of this file was kept",
                _ => "nothing of this file would be kept",
            },
        });
        console.MarkupLineInterpolated($"{of}");
        var read = string.Create(CultureInfo.InvariantCulture, $"{outcome.Rows:N0} {(outcome.Rows == 1 ? "row" : "rows")} read");
        console.WriteLine(outcome switch
        {
            { Rows: 0, State: ExtractState.Quarantined } => "No row was read",
            { State: ExtractState.Quarantined } => string.Create(CultureInfo.InvariantCulture, $"{read}, {outcome.Refused:N0} refused, and so none accepted"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{read}, {outcome.Accepted:N0} accepted, {outcome.Refused:N0} refused"),
        });
        if (outcome.Findings.Count > 0)
        {
            console.WriteLine("Rows and columns are as a spreadsheet shows them: row 1 is the header unless another is named below. Nothing that stands in a cell is repeated here.");
        }

        // One paragraph for each thing to correct, what stops the whole file first.
        foreach (var group in outcome.Findings.GroupBy(finding => (finding.Consequence, finding.Code, finding.Column, Expected: OtherRow().Replace(finding.Expected, "an earlier row"))).OrderByDescending(group => group.Key.Consequence))
        {
            var listed = outcome.Findings.Count(finding => finding.Code == group.Key.Code);
            var more = outcome.Counts[group.Key.Code] - listed;
            console.WriteLine();
            console.Markup(Style(group.Key.Consequence));
            console.MarkupLineInterpolated($"  {(group.Key.Column.Length > 0 ? $"{group.Key.Column}: " : "")}expected {(group.Count() == 1 ? group.First().Expected : group.Key.Expected)}  [[{group.Key.Code}]]");
            console.MarkupLineInterpolated($"    where  {string.Join("; ", group.GroupBy(Letters).Select(column => Place(column.Key, [.. column])))}{(more > 0 ? $"; {more:N0} times more under this code" : "")}");
            if (group.First().Remedy != SourceRules.Prepare)
            {
                console.MarkupLineInterpolated($"    to do  {group.First().Remedy}");
            }
        }
    }

    /// <summary>Says what may be the cause of it all, apart from the findings.</summary>
    public static void WriteHint(IAnsiConsole console, string hint)
    {
        if (hint.Length > 0)
        {
            console.WriteLine();
            console.WriteLine(hint);
        }
    }

    private static string Letters(Finding finding) => finding.Cell.TrimEnd([.. "0123456789"]);

    private static string Place(string column, IReadOnlyList<Finding> findings)
    {
        var lines = findings[0].Row == 0 ? "" : $"row{(findings.Count > 1 ? "s" : "")} {string.Join(", ", Rows(findings))}";
        return column.Length == 0 && lines.Length == 0 ? "the whole file" : column.Length == 0 ? lines : lines.Length == 0 ? $"column {column}" : $"column {column}, {lines}";
    }

    // 2 to 31, 40; of rows that are like earlier ones: 32 (row 2), 33 (row 3).
    private static IEnumerable<string> Rows(IReadOnlyList<Finding> findings)
    {
        for (var at = 0; at < findings.Count; at++)
        {
            if (findings.Count > 1 && OtherRow().Match(findings[at].Expected) is { Success: true } other)
            {
                yield return $"{findings[at].Row} ({other.Value})";
                continue;
            }

            var end = at;
            while (end + 1 < findings.Count && findings[end + 1].Row == findings[end].Row + 1)
            {
                end++;
            }

            if (end - at > 1)
            {
                yield return $"{findings[at].Row} to {findings[end].Row}";
                at = end;
            }
            else
            {
                yield return $"{findings[at].Row}";
            }
        }
    }

    [GeneratedRegex(@"\brow [0-9]+(?= (has the same|is alike))", RegexOptions.CultureInvariant)]
    private static partial Regex OtherRow();

    private static string Style(Consequence consequence) => consequence switch
    {
        Consequence.Warning => "[blue]note[/]",
        Consequence.Refusal => "[yellow]row refused[/]",
        _ => "[red]file refused[/]",
    };
}
