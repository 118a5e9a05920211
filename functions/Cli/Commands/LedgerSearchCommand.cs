using System.CommandLine;
using System.Globalization;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow ledger search</c>: lists the entries that match, and writes to the ledger that it did.</summary>
internal static class LedgerSearchCommand
{
    public static Command Create(Func<ParseResult, CancellationToken, Task<LedgerAccess>> open)
    {
        var filter = new LedgerFilterOptions();
        var json = new Option<bool>("--json") { Description = "Print a JSON object a line, for machines." };
        var command = new Command("search", "List entries by agency, reference, act, agreement and time. The search is itself an entry.") { json };
        filter.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, wanted) = (parsed.InvocationConfiguration.Output, filter.Read(parsed));
            await using var access = await open(parsed, cancellationToken);
            var found = await access.ReadAsync("ledger.search", purpose: "", wanted, async (records, token) =>
            {
                var count = 0L;
                await foreach (var record in records.WithCancellation(token))
                {
                    count++;
                    await output.WriteLineAsync(parsed.GetValue(json) ? LedgerExport.ToJson(record.Index, record.Entry, record.Bytes.Span) : ToText(record));
                }

                return ActResult.Done with { Count = count };
            }, cancellationToken);
            if (!parsed.GetValue(json))
            {
                var unknown = found.Count == 0 ? await UnknownAsync(access.Ledger, wanted, cancellationToken) : "";
                await output.WriteLineAsync(found.Count == 1 ? "1 entry." : string.Create(CultureInfo.InvariantCulture, $"{found.Count} entries.{unknown}"));
            }

            return LedgerCommand.Holds;
        });
        return command;
    }

    // A mistyped name finds nothing, and is told from one about which there is nothing yet.
    private static async Task<string> UnknownAsync(Ledger ledger, LedgerFilter wanted, CancellationToken cancellationToken)
    {
        var entries = ledger.ReadAsync(0, cancellationToken).Select(record => record.Entry).Where(entry => entry.Act != "ledger.search");
        return wanted.Agency is { } agency && !await entries.AnyAsync(entry => entry.Agency == agency, cancellationToken)
            ? $" No entry names an agency '{agency}': 'tfflow agreement exchanges' lists the parties."
            : wanted.Agreement is { } agreement && !await entries.AnyAsync(entry => entry.Agreement == agreement, cancellationToken)
            ? $" No entry names an agreement '{agreement}': 'tfflow agreement list' lists them."
            : "";
    }

    private static string ToText(LedgerRecord record)
    {
        var entry = record.Entry;
        string[] parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"{record.Index,8}  {entry.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"),
            entry.Kind == EntryKind.Intent ? "begun" : entry.Result == ActResult.Done.Result ? "done " : $"not done: {entry.Result}",
            $"{$"{ActWords.Of(entry.Act)} [{entry.Act}]".TrimStart()}, by {ActorWords.By(entry)}{Named(", for ", entry.Agency)}{Named(", under ", entry.Agreement)}{Named(" version ", entry.AgreementVersion)}",
            entry.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"({entry.Count})") : "",
            string.Join(' ', entry.References),

            // What people said when they acted: who judged, what was told of, why they looked.
            entry.Act is "grant.issue" or "grant.take-in" or "disclosure.tell" or "case.read-people" ? entry.Purpose : "",
        ];
        return string.Join("  ", parts.Where(part => part.Length > 0));
    }

    private static string Named(string lead, string value) => value.Length == 0 ? "" : lead + value;
}
