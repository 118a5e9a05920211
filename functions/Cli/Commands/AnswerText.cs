using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Spectre.Console;
using TfFlow.Lifecycle;

namespace TfFlow.Cli.Commands;

/// <summary>An answer of the API as people read it: several things as a table, one as lines of name and value. What is empty is left out.</summary>
internal static partial class AnswerText
{
    private const int Indent = 2;

    // Their values are words of ours, like AwaitingConsent: everything else is shown as it is.
    private static readonly HashSet<string> WordsOfOurs = ["state", "kind", "action", "means", "standing", "marker", "role", "uses", "reason", "how", "result", "consequence"];

    public static void Write<T>(TextWriter output, T answer)
    {
        var console = Terminal.Create(output);
        switch (JsonSerializer.SerializeToNode(answer, Outbox.Json))
        {
            case JsonArray several:
                WriteSeveral(console, several);
                break;
            case JsonObject one:
                WriteOne(console, one, indent: 0);
                break;
        }
    }

    private static void WriteSeveral(IAnsiConsole console, JsonArray several)
    {
        var rows = several.OfType<JsonObject>().ToList();
        if (rows.Count == 0)
        {
            console.WriteLine("There is none.");
            return;
        }

        var columns = rows.SelectMany(row => row).Where(cell => IsShown(cell.Value)).Select(cell => cell.Key).Distinct().ToList();
        var table = new Table().Border(TableBorder.Simple);
        columns.ForEach(column => table.AddColumn(Markup.Escape(Name(column))));
        foreach (var row in rows)
        {
            table.AddRow(columns.Select(column => Markup.Escape(Text(column, row[column]))).ToArray());
        }

        console.Write(table);
    }

    private static void WriteOne(IAnsiConsole console, JsonObject one, int indent)
    {
        var shown = one.Where(field => IsShown(field.Value)).ToList();
        var width = shown.Count == 0 ? 0 : shown.Max(field => Name(field.Key).Length);
        var margin = new string(' ', indent);
        foreach (var (name, value) in shown)
        {
            switch (value)
            {
                case JsonObject nested:
                    console.WriteLine(margin + Name(name));
                    WriteOne(console, nested, indent + Indent);
                    break;
                case JsonArray list when list.Any(item => item is JsonObject):
                    console.WriteLine(margin + Name(name));
                    WriteSeveral(console, list);
                    break;
                default:
                    console.WriteLine(margin + Name(name).PadRight(width + Indent) + Text(name, value));
                    break;
            }
        }
    }

    private static bool IsShown(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject nested => nested.Any(field => IsShown(field.Value)),
        _ => value.ToString().Length > 0,
    };

    private static string Text(string name, JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => string.Join(", ", list.Select(item => Text(name, item))),
        JsonObject nested => string.Join(", ", nested.Where(field => IsShown(field.Value)).Select(field => $"{Name(field.Key)}: {Text(field.Key, field.Value)}")),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.String => WordsOfOurs.Contains(name) ? Sentence(value.ToString()) : Moment(value.ToString()),
            _ => value.ToString(),
        },
    };

    private static string Moment(string text) =>
        Timestamp().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) ? moment.ToString("u", CultureInfo.InvariantCulture) : text;

    private static string Name(string field) => Sentence(char.ToUpperInvariant(field[0]) + field[1..]);

    /// <summary><c>AwaitingConsent</c> as <c>Awaiting consent</c>.</summary>
    public static string Sentence(string words) =>
        LaterWord().Replace(words, word => $" {word.Value.ToLowerInvariant()}").Replace("sha256", "SHA-256", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex LaterWord();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d")]
    private static partial Regex Timestamp();
}
