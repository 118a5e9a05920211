using System.CommandLine;
using System.Security.Cryptography;
using Spectre.Console;
using TfFlow.Linkage;
using TfFlow.Programme.Extracts;
using TfFlow.Cli.Exports;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Extracts.Preparation.Sources;

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
        var children = new Option<FileInfo?>("--with-children")
        {
            Description = "For household lists: a CSV file or workbook whose column Household names the households known to have children, "
                + "where the agreement gives you one. No other household is written.",
        };
        var refusedRows = new Option<FileInfo?>("--refused") { Description = "A file for the refused rows, with a column of reasons. It holds personal data: it is for you alone." };
        var saveMapping = new Option<FileInfo?>("--save-mapping") { Description = "A file for what --map, --set and --join say, for next term's --mapping." };
        var agreements = LibraryFolder.Option();
        var json = new Option<bool>("--json") { Description = "Print the outcome as JSON, for machines." };
        var command = new Command("prepare", "Turn your own export into a conforming extract: leave out what is not asked for, normalise the rest, replace addresses by household pseudonyms where the exchange wants it.")
        {
            file, exchange, asOf, target, key, children, refusedRows, saveMapping, agreements, json,
        };
        var mappings = new MappingOptions();
        mappings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            var (export, extract) = (parsed.GetValue(file)!, parsed.GetValue(target)!);
            if (!LibraryFolder.TryRead(parsed, agreements, out var library))
            {
                return ExitCode.Usage;
            }

            if (!ValidateCommand.TryFindExchange(library.Agreements, parsed.GetValue(exchange)!, today, out var agreement, out var specification, out var problem)
                || !TryCheckFiles(export, [(extract, "--out"), (parsed.GetValue(refusedRows), "--refused"), (parsed.GetValue(saveMapping), "--save-mapping")], out problem)
                || !TryReadMapping(mappings, parsed, PreparedReading.Shape(specification), out var mapping, out problem)
                || !TryReadKey(parsed.GetValue(key), HouseholdListPreparation.Applies(specification), out var secret, out problem)
                || !TryReadHouseholds(parsed.GetValue(children), specification, out var withChildren, out problem))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(problem);
                return 2;
            }

            var options = ExtractReadOptions.For(agreement, agreement.Exchange(parsed.GetValue(exchange)!)!, parsed.GetValue(asOf) ?? today, library.Plan);
            ExtractOutcome outcome;
            PreparedReading reading;
            try
            {
                var refused = parsed.GetValue(refusedRows);
                reading = await PrepareAsync(export, extract, specification, refused is null ? options : RefusedRows.Listing(options), mapping, secret, withChildren, cancellationToken);
                outcome = refused is null ? reading.Outcome : RefusedRows.Write(export, refused, reading, specification, mapping, options);
            }
            catch (ExportException fault)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(fault.Message);
                return 2;
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
                var console = Terminal.Create(parsed.InvocationConfiguration.Output);
                OutcomeReport.Write(console, outcome, OutcomeReport.Of(specification, outcome), Reading.Prepared);
                await using (var file = export.OpenRead())
                {
                    OutcomeReport.WriteHint(console, await OtherExchange.NamedAsync(file, outcome, agreement, agreement.Exchange(parsed.GetValue(exchange)!)!, outcome.AsOf, cancellationToken));
                }

                if (outcome.State != ExtractState.Quarantined)
                {
                    console.WriteLine();
                    if (reading.LeftOut is { } leftOut)
                    {
                        console.WriteLine(leftOut == 1
                            ? "1 household is not known to have children and is left out."
                            : $"{leftOut:N0} households are not known to have children and are left out.");
                    }

                    console.WriteLine(
                        $"The extract is written. Send it with: tfflow drop {OutcomeReport.Argument(extract.ToString())} --agency {(agreement.Exchange(parsed.GetValue(exchange)!)!.From is [var sender] ? $"{sender}" : "A")} --exchange {parsed.GetValue(exchange)}");
                }
            }

            // A mapping that did not do is not kept: the next try writes it.
            if (parsed.GetValue(saveMapping) is { } kept && outcome.State != ExtractState.Quarantined)
            {
                await using var file = OwnerOnly.Create(kept);
                await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(mapping.ToJson()), cancellationToken);
            }

            return outcome.State == ExtractState.Accepted ? 0 : 1;
        });
        return command;
    }

    private static async Task<PreparedReading> PrepareAsync(
        FileInfo export, FileInfo extract, DatasetSpecification specification, ExtractReadOptions options, ExportMapping mapping, byte[] secret, IReadOnlySet<HouseholdPseudonym>? withChildren, CancellationToken cancellationToken)
    {
        PreparedReading? reading = null;
        try
        {
            await using var source = export.OpenRead();
            await using var destination = OwnerOnly.Create(extract);
            reading = await Bar.RunAsync(
                () => BarStep.Of("Preparing", source),
                () => PreparedReading.OfAsync(source, specification, options, mapping, secret, withChildren, destination, cancellationToken));
            return reading;
        }
        finally
        {
            if (reading is null or { Outcome.State: ExtractState.Quarantined })
            {
                extract.Delete();
            }
        }
    }

    private static bool TryCheckFiles(FileInfo export, IEnumerable<(FileInfo? File, string Option)> targets, out string problem)
    {
        problem = !export.Exists ? "There is no such file." : targets.Select(target =>
            target.File is null ? ""
            : target.File.Exists ? $"The file named by {target.Option} exists already; nothing is overwritten."
            : target.File.Directory is { Exists: false } ? $"The folder of {target.Option} does not exist."
            : "").FirstOrDefault(text => text.Length > 0) ?? "";
        return problem.Length == 0;
    }

    private static bool TryReadMapping(MappingOptions options, ParseResult parsed, DatasetSpecification specification, out ExportMapping mapping, out string problem)
    {
        (var read, problem) = options.Read(parsed, specification);
        mapping = read ?? ExportMapping.None;
        return read is not null;
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

    private static bool TryReadHouseholds(
        FileInfo? file, DatasetSpecification specification, out HashSet<HouseholdPseudonym>? households, out string problem)
    {
        households = null;
        problem = file is null ? ""
            : !HouseholdListPreparation.Applies(specification)
                ? "This exchange takes no --with-children: only household lists are held against one."
            : !file.Exists ? "There is no file named by --with-children."
            : "";
        try
        {
            households = file is null || problem.Length > 0 ? null : HouseholdNames.Read(file, specification);
        }
        catch (ExportException fault)
        {
            problem = fault.Message;
        }

        return problem.Length == 0;
    }
}
