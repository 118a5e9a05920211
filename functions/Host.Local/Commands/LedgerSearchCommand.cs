using System.CommandLine;
using System.Globalization;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Host.Local.Commands;

/// <summary><c>tfflow ledger search</c>: lists the entries that match.</summary>
internal static class LedgerSearchCommand
{
    public static Command Create(Func<ParseResult, CancellationToken, Task<LedgerAccess>> open)
    {
        var filter = new LedgerFilterOptions();
        var json = new Option<bool>("--json") { Description = "Print a JSON object a line, for machines." };
        var command = new Command("search", "List entries by agency, reference, act, agreement and time.") { json };
        filter.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, wanted) = (parsed.InvocationConfiguration.Output, filter.Read(parsed));
            await using var access = await open(parsed, cancellationToken);
            var found = 0;
            await foreach (var record in access.Ledger.ReadAsync(0, cancellationToken).Where(record => wanted.Matches(record.Entry)).WithCancellation(cancellationToken))
            {
                found++;
                await output.WriteLineAsync(parsed.GetValue(json) ? LedgerExport.ToJson(record.Index, record.Entry, record.Bytes.Span) : ToText(record));
            }

            if (!parsed.GetValue(json))
            {
                await output.WriteLineAsync(found == 1 ? "1 entry." : string.Create(CultureInfo.InvariantCulture, $"{found} entries."));
            }

            return LedgerCommand.Holds;
        });
        return command;
    }

    private static string ToText(LedgerRecord record)
    {
        var entry = record.Entry;
        string[] parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"{record.Index,8}  {entry.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"),
            entry.Kind == EntryKind.Intent ? "intent " : "outcome",
            $"{entry.Act} by {entry.Actor}{Named(" as ", entry.Role)}{Named(" for ", entry.Agency)}{Named(" under ", entry.Agreement)}{Named(" version ", entry.AgreementVersion)}",
            entry.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"({entry.Count})") : "",
            string.Join(' ', entry.References),
            entry.Result,
        ];
        return string.Join("  ", parts.Where(part => part.Length > 0));
    }

    private static string Named(string lead, string value) => value.Length == 0 ? "" : lead + value;
}
