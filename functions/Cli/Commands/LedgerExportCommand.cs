using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow ledger export FILE</c>: writes matching entries to a file, and that it did to the ledger.</summary>
internal static class LedgerExportCommand
{
    public static Command Create(Func<ParseResult, CancellationToken, Task<LedgerAccess>> open)
    {
        var filter = new LedgerFilterOptions();
        var file = new Argument<FileInfo>("FILE") { Description = "Where to write: FILE.csv, or FILE.jsonl for a JSON object a line." };
        var purpose = new Option<string>("--purpose") { Description = "What it is for, as the ledger shall say: a subject request, a court bundle. Nobody's name.", Required = true };
        var command = new Command("export", "Write entries to a file for a subject request or a court. The export is itself an entry.") { file, purpose };
        filter.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var (target, wanted) = (parsed.GetValue(file)!, filter.Read(parsed));
            if (target.Extension is not (".csv" or ".jsonl"))
            {
                await error.WriteLineAsync("Name the file .csv or .jsonl.");
                return LedgerCommand.Unreadable;
            }

            if (target.Exists)
            {
                await error.WriteLineAsync($"{target.Name} is there already, and is not overwritten: name another file.");
                return LedgerCommand.Unreadable;
            }

            await using var access = await open(parsed, cancellationToken);
            var outcome = await access.ReadAsync("ledger.export", parsed.GetValue(purpose)!, wanted, (records, token) => WriteAsync(records, target, token), cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{outcome.Count} entries in {target.Name}, SHA-256 {outcome.Hash}; recorded as {outcome.ActId}."));
            return LedgerCommand.Holds;
        });
        return command;
    }

    private static async Task<ActResult> WriteAsync(IAsyncEnumerable<LedgerRecord> records, FileInfo target, CancellationToken cancellationToken)
    {
        var csv = target.Extension == ".csv";
        var count = 0L;
        await using (var writer = new StreamWriter(target.FullName, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            if (csv)
            {
                await writer.WriteLineAsync(LedgerExport.CsvHeader);
            }

            await foreach (var record in records.WithCancellation(cancellationToken))
            {
                count++;
                await writer.WriteLineAsync(csv
                    ? LedgerExport.ToCsv(record.Index, record.Entry, MerkleTree.HashLeaf(record.Bytes.Span))
                    : LedgerExport.ToJson(record.Index, record.Entry, record.Bytes.Span));
            }
        }

        await using var written = target.OpenRead();
        return ActResult.Done with { Count = count, Hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken)) };
    }
}
