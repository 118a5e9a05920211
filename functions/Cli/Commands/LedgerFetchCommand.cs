using System.CommandLine;
using System.Globalization;
using TfFlow.Api.Access;
using TfFlow.Programme.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow ledger fetch FILE</c>: matching entries through the API, for who has no access to the store: an auditor of a
/// deployment on Azure.</summary>
internal static class LedgerFetchCommand
{
    public static Command Create(Option<string> folder)
    {
        var (calls, filter) = (new ApiCalls(folder), new LedgerFilterOptions());
        var file = new Argument<FileInfo>("FILE") { Description = "Where to write: FILE.csv, or FILE.jsonl for a JSON object a line. It is not overwritten." };
        var purpose = new Option<string>("--purpose") { Description = "What it is for, as the ledger shall say: an audit, a subject request. Nobody's name.", Required = true };
        var command = new Command("fetch", "Fetch entries through the API, local or on Azure. The fetch is itself an entry.") { file,
            purpose, calls.Server, calls.Token };
        filter.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var target = arguments.GetValue(file)!;
            if (target.Extension is not (".csv" or ".jsonl") || target.Exists)
            {
                throw new CommandException(ExitCode.Usage, target.Exists
                    ? $"{target.Name} is there already, and is not overwritten: name another file." : "Name the file .csv or .jsonl.");
            }

            using var api = calls.Open(arguments, Role.Auditor);
            var content = await api.GetBytesAsync($"/ledger/entries?{Query(filter.Read(arguments), target.Extension[1..], arguments.GetValue(purpose)!)}", cancellationToken);
            await File.WriteAllBytesAsync(target.FullName, content, cancellationToken);
            var lines = content.Count(one => one == (byte)'\n') - (target.Extension == ".csv" ? 1 : 0);
            await arguments.InvocationConfiguration.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{lines} entries in {target.Name}."));
            return ExitCode.Done;
        });
        return command.WithExample("tfflow ledger fetch audit.csv --act extract --from 2026-03-01 --purpose audit");
    }

    private static string Query(LedgerFilter wanted, string format, string purpose)
    {
        (string Name, string? Value)[] all =
        [
            ("format", format), ("purpose", purpose), ("agency", wanted.Agency), ("reference", wanted.Reference), ("act", wanted.Act),
                ("agreement", wanted.Agreement), ("disclosures", wanted.Disclosures ? "true" : null), ("means", wanted.Means?.ToString()),
            ("from", wanted.From?.ToString("O", CultureInfo.InvariantCulture)),
                ("before", wanted.Before?.ToString("O", CultureInfo.InvariantCulture)),
        ];
        return string.Join('&', all.Where(part => part.Value is not null).Select(part =>
            $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }
}
