using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using TfFlow.Programme.Extracts;

namespace TfFlow.Host.Local.Commands;

/// <summary>The outcome of a reading, for people and for machines. Names places and expectations, never values.</summary>
internal static class OutcomeReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string Json(ExtractOutcome outcome) => JsonSerializer.Serialize(outcome, Options);

    public static void Write(IAnsiConsole console, ExtractOutcome outcome, DatasetSpecification specification)
    {
        console.MarkupLine(outcome.State switch
        {
            ExtractState.Accepted => "[green]ACCEPTED[/]  every row",
            ExtractState.AcceptedWithRefusedRows => "[yellow]ACCEPTED WITH REFUSED ROWS[/]  the rows below have to be corrected and sent again",
            _ => "[red]QUARANTINED[/]  nothing of this file would be kept",
        });
        console.MarkupLineInterpolated($"{specification.Title} ({specification}), as at {outcome.AsOf:yyyy-MM-dd}");
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{outcome.Rows:N0} rows read, {outcome.Accepted:N0} accepted, {outcome.Refused:N0} refused");

        // One paragraph for each thing to correct: what is expected, then where.
        foreach (var group in outcome.Findings.GroupBy(finding => (finding.Code, finding.Column, finding.Expected)))
        {
            var listed = outcome.Findings.Count(finding => finding.Code == group.Key.Code);
            var more = outcome.Counts[group.Key.Code] - listed;
            console.WriteLine();
            console.Markup(Style(group.First().Consequence));
            console.MarkupLineInterpolated($"  {(group.Key.Column.Length > 0 ? $"{group.Key.Column}: " : "")}expected {group.Key.Expected}");
            console.MarkupLineInterpolated($"    at {string.Join(", ", group.Select(Place))}{(more > 0 ? $"; this rule {more:N0} times more" : "")}  [[{group.Key.Code}]]");
        }
    }

    private static string Place(Finding finding) => finding.Cell.Length == 0 ? "the file" : finding.Cell.All(char.IsAsciiDigit) ? $"row {finding.Cell}" : finding.Cell;

    private static string Style(Consequence consequence) => consequence switch
    {
        Consequence.Warning => "[blue]note[/]",
        Consequence.Refusal => "[yellow]row refused[/]",
        _ => "[red]file refused[/]",
    };
}
