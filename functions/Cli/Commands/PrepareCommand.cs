using System.CommandLine;
using System.Security.Cryptography;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow prepare FILE --exchange EXCHANGE --out FILE</c>: an agency's own export becomes a conforming extract, on its own machine.</summary>
/// <remarks>Exit codes as <see cref="ValidateCommand"/>. Refused rows are left out and told; a quarantined export leaves no file.</remarks>
public static class PrepareCommand
{
    public static Command Create(TimeProvider time)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The export, as your system writes it." };
        var exchange = ValidateCommand.ExchangeOption();
        var asOf = ValidateCommand.AsOfOption();
        var target = new Option<FileInfo>("--out", "-o") { Description = "The extract to write; must not exist yet.", Required = true };
        var key = new Option<FileInfo?>("--key") { Description = "For household lists: a file with the agreement's secret, 64 hexadecimal digits, as 'tfflow key open' writes it." };
        var agreements = LibraryFolder.Option();
        var json = new Option<bool>("--json") { Description = "Print the outcome as JSON, for machines." };
        var command = new Command("prepare", "Turn your own export into a conforming extract: leave out what is not asked for, normalise the rest, replace addresses by household pseudonyms where the exchange wants it.")
        {
            file, exchange, asOf, target, key, agreements, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            var (export, extract) = (parsed.GetValue(file)!, parsed.GetValue(target)!);
            if (!LibraryFolder.TryRead(parsed, agreements, out var library))
            {
                return ExitCode.Usage;
            }

            if (!ValidateCommand.TryFindExchange(library.Agreements, parsed.GetValue(exchange)!, today, out var agreement, out var specification, out var problem)
                || !TryCheckFiles(export, extract, out problem)
                || !TryReadKey(parsed.GetValue(key), HouseholdListPreparation.Applies(specification), out var secret, out problem))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(problem);
                return 2;
            }

            var options = ExtractReadOptions.For(agreement, agreement.Exchange(parsed.GetValue(exchange)!)!, parsed.GetValue(asOf) ?? today);
            ExtractOutcome outcome;
            try
            {
                outcome = await PrepareAsync(export, extract, specification, options, secret, cancellationToken);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(secret);
            }

            if (parsed.GetValue(json))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(OutcomeReport.Json(outcome));
            }
            else
            {
                OutcomeReport.Write(Terminal.Create(parsed.InvocationConfiguration.Output), outcome, specification);
            }

            return outcome.State == ExtractState.Accepted ? 0 : 1;
        });
        return command;
    }

    private static async Task<ExtractOutcome> PrepareAsync(
        FileInfo export, FileInfo extract, DatasetSpecification specification, ExtractReadOptions options, byte[] secret, CancellationToken cancellationToken)
    {
        ExtractOutcome? outcome = null;
        try
        {
            await using var source = export.OpenRead();
            await using var destination = new FileStream(extract.FullName, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None });
            outcome = await Bar.RunAsync(() => BarStep.Of("Preparing", source), async () => secret.Length > 0
                ? (await HouseholdListPreparation.PrepareAsync(source, specification, options, secret, destination, cancellationToken)).Outcome
                : await ExtractPreparation.PrepareAsync(source, specification, options, destination, cancellationToken));
            return outcome;
        }
        finally
        {
            if (outcome is null or { State: ExtractState.Quarantined })
            {
                extract.Delete();
            }
        }
    }

    private static bool TryCheckFiles(FileInfo export, FileInfo extract, out string problem)
    {
        problem = !export.Exists ? "There is no such file."
            : extract.Exists ? "The file named by --out exists already; nothing is overwritten."
            : extract.Directory is { Exists: false } ? "The folder of --out does not exist."
            : "";
        return problem.Length == 0;
    }

    private static bool TryReadKey(FileInfo? key, bool needed, out byte[] secret, out string problem)
    {
        secret = [];
        problem = needed == key is not null ? "" : needed
            ? "This exchange names households by pseudonym: give the shared secret with --key."
            : "This exchange takes no --key: only household lists are pseudonymised here.";
        if (problem.Length > 0 || key is null)
        {
            return problem.Length == 0;
        }

        var text = key.Exists ? File.ReadAllText(key.FullName).Trim() : "";
        if (text.Length != 64 || !text.All(char.IsAsciiHexDigit))
        {
            problem = "The file of --key holds 64 hexadecimal digits.";
            return false;
        }

        secret = Convert.FromHexString(text);
        return true;
    }
}
