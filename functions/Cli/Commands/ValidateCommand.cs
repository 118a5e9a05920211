using System.CommandLine;
using TfFlow.Cli.Exports;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow validate FILE --exchange EXCHANGE</c>: checks a file on the agency's own machine, as intake would. Needs no store and keeps nothing.</summary>
/// <remarks>Exit codes: 0 every row would be accepted as the file is; 1 the file has to be prepared first, or rows or the file would be refused; 2 the command was not understood.</remarks>
public static class ValidateCommand
{
    public static Command Create(TimeProvider time)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The CSV file to check." };
        var exchange = ExchangeOption();
        var asOf = AsOfOption();
        var agreements = LibraryFolder.Option();
        var json = new Option<bool>("--json") { Description = "Print the outcome as JSON, for machines." };
        var command = new Command("validate", "Check a file against the specification of its exchange, without sending it anywhere.")
        {
            file, exchange, asOf, agreements, json,
        };
        var mappings = new MappingOptions();
        mappings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            if (!LibraryFolder.TryRead(parsed, agreements, out var library))
            {
                return ExitCode.Usage;
            }

            if (!TryFindExchange(library.Agreements, parsed.GetValue(exchange)!, today, out var agreement, out var specification, out var problem))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(problem);
                return 2;
            }

            var path = parsed.GetValue(file)!;
            if (!path.Exists)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("There is no such file.");
                return 2;
            }

            var (its, day) = (agreement.Exchange(parsed.GetValue(exchange)!)!, parsed.GetValue(asOf) ?? today);
            var options = ExtractReadOptions.For(agreement, its, day, library.Plan);
            var (mapping, fault) = mappings.Read(parsed, PreparedReading.Shape(specification));
            if (mapping is null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(fault);
                return 2;
            }

            await using var stream = path.OpenRead();
            var (outcome, unusual) = await Bar.RunAsync(() => BarStep.Of("Checking", stream), () => CheckAsync(stream, specification, options, mapping, cancellationToken));
            if (parsed.GetValue(json))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(OutcomeReport.Json(outcome));
            }
            else
            {
                var (console, of) = (Terminal.Create(parsed.InvocationConfiguration.Output), OutcomeReport.Of(specification, outcome));
                OutcomeReport.Write(console, outcome, of, unusual ? Reading.ToBePrepared : Reading.Checked);
                OutcomeReport.WriteHint(console, await OtherExchange.NamedAsync(stream, outcome, agreement, its, day, cancellationToken));
            }

            return outcome.State == ExtractState.Accepted && !unusual ? 0 : 1;
        });
        return command;
    }

    // As intake does; and where intake would not take it, as prepare does, if that is what the file needs.
    private static async Task<(ExtractOutcome Outcome, bool Unusual)> CheckAsync(
        FileStream file, DatasetSpecification specification, ExtractReadOptions options, ExportMapping mapping, CancellationToken cancellationToken)
    {
        var strict = await ExtractReader.ReadAsync(file, specification, options, static (_, _) => ValueTask.CompletedTask, cancellationToken);
        if (strict.State == ExtractState.Accepted && mapping.IsEmpty)
        {
            return (strict, false);
        }

        try
        {
            file.Position = 0;
            var prepared = await PreparedReading.OfAsync(file, specification, options, mapping, default, withChildren: null, Stream.Null, cancellationToken);
            return prepared.Unusual ? (prepared.Outcome, true)
                : strict.State == ExtractState.Quarantined && prepared.Outcome.State != ExtractState.Quarantined
                    ? (WithReasons(prepared.Outcome, strict), true)
                : strict.Counts.ContainsKey(FileRules.ColumnMissing.Code) ? (prepared.Outcome, false) // It knows the nearest header.
                : strict.Rows == 0 && prepared.Outcome.Rows > 0 ? (prepared.Outcome, false) // It knows why the rows are refused too.
                : (strict, false);
        }
        catch (ExportException) when (mapping.IsEmpty)
        {
            // Nothing prepare could read either: what intake says of it stands.
            return (strict, false);
        }
    }

    // What intake alone refuses a file for, such as a quotation mark inside a cell, as a note: prepare reads over it.
    private static ExtractOutcome WithReasons(ExtractOutcome prepared, ExtractOutcome strict)
    {
        var reasons = strict.Findings.Where(finding => finding.Code.StartsWith("file.", StringComparison.Ordinal))
            .Select(finding => finding with { Consequence = Consequence.Warning }).ToList();
        var counts = prepared.Counts.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var finding in reasons)
        {
            counts[finding.Code] = strict.Counts[finding.Code];
        }

        return prepared with { Findings = [.. reasons, .. prepared.Findings], Counts = counts };
    }

    internal static Option<string> ExchangeOption() => new("--exchange", "-e")
    {
        Description = "The exchange the file belongs to, like leicestershire-2.",
        Required = true,
    };

    internal static Option<DateOnly?> AsOfOption() => Options.Day("--as-of", "The day the file describes, like 2013-10-31. Default: today.");

    internal static bool TryFindExchange(AgreementCatalogue catalogue, string id, DateOnly today, out Agreement agreement, out DatasetSpecification specification, out string problem)
    {
        agreement = catalogue.WithExchange(id, today)!;
        specification = agreement?.Exchange(id)?.Specification!;
        problem = agreement is null ? $"No agreement has an exchange '{id}'. There are: {string.Join(", ", WithFiles(catalogue))}."
            : specification is null ? $"'{id}' has no dataset: what it carries is no file, or is not settled yet."
            : "";
        return problem.Length == 0;
    }

    private static IEnumerable<string> WithFiles(AgreementCatalogue catalogue) => catalogue.Versions
        .SelectMany(agreement => agreement.Exchanges).Where(exchange => exchange.Dataset is not null).Select(exchange => exchange.Id).Distinct().Texts();
}
