using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using TfFlow.Cli.Exports;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation.Sources;
using TfFlow.Programme.Extracts.Quality;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow profile FILE --dataset D</c>: the discovery phase, on the agency's own machine: how good a source is, before an agreement is used.</summary>
/// <remarks>seeds/001 Data to be shared. The profile holds shares and counts, no value: it is filed with the agreement.</remarks>
public static class ProfileCommand
{
    public static Command Create(TimeProvider time)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The export, as your system writes it." };
        var dataset = new Option<string>("--dataset") { Description = "The dataset it would be, like school-census.", Required = true };
        var asOf = ValidateCommand.AsOfOption();
        var last = new Option<FileInfo?>("--last") { Description = "A profile saved before: says what is unlike it." };
        var save = new Option<FileInfo?>("--save") { Description = "A file for the profile, to be filed with the agreement. It holds shares and counts, no value." };
        var agreements = LibraryFolder.Option();
        var mappings = new MappingOptions();
        var command = new Command("profile", "Say how good a source is before any agreement is used: completeness, validity, uniqueness, timeliness. Sends nothing.") { file, dataset, asOf, last, save, agreements };
        mappings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            if (!LibraryFolder.TryRead(parsed, agreements, out var library))
            {
                return ExitCode.Usage;
            }

            var error = parsed.InvocationConfiguration.Error;
            var (export, kept) = (parsed.GetValue(file)!, parsed.GetValue(save));
            if (library.Datasets.GetValueOrDefault(parsed.GetValue(dataset)!) is not { } specification)
            {
                await error.WriteLineAsync($"There is no dataset '{parsed.GetValue(dataset)}'. There are: {string.Join(", ", library.Datasets.Keys.Order(StringComparer.Ordinal))}.");
                return ExitCode.Usage;
            }

            var shape = PreparedReading.Shape(specification);
            var (mapping, fault) = mappings.Read(parsed, shape);
            fault = mapping is null ? fault : !export.Exists ? "There is no such file." : kept is { Exists: true } ? "The file named by --save exists already; nothing is overwritten." : "";
            if (fault.Length > 0)
            {
                await error.WriteLineAsync(fault);
                return ExitCode.Usage;
            }

            ExtractOutcome outcome;
            QualityProfile profile;
            try
            {
                (outcome, profile) = await ReadAsync(export, shape, mapping!, parsed.GetValue(asOf) ?? today, cancellationToken);
            }
            catch (ExportException unreadable)
            {
                await error.WriteLineAsync(unreadable.Message);
                return ExitCode.Usage;
            }

            var console = Terminal.Create(parsed.InvocationConfiguration.Output);
            OutcomeReport.Write(console, outcome, OutcomeReport.Of(shape, outcome));
            var before = parsed.GetValue(last) is { Exists: true } earlier ? JsonSerializer.Deserialize<QualityProfile>(await File.ReadAllTextAsync(earlier.FullName, cancellationToken), Lifecycle.Outbox.Json) : null;
            QualityCommand.Write(console, profile, before is null ? [] : QualityRules.Since(before, profile));
            var problems = QualityRules.FirstUse(profile);
            foreach (var problem in problems)
            {
                console.WriteLine($"Not good enough for a first use: expected {problem}.");
            }

            if (kept is not null)
            {
                await using var target = OwnerOnly.Create(kept);
                await JsonSerializer.SerializeAsync(target, profile, Lifecycle.Outbox.Json, cancellationToken);
            }

            return outcome.State == ExtractState.Quarantined || problems.Count > 0 ? ExitCode.Refused : ExitCode.Done;
        });
        return command;
    }

    private static async Task<(ExtractOutcome Outcome, QualityProfile Profile)> ReadAsync(
        FileInfo file, DatasetSpecification specification, ExportMapping mapping, DateOnly asOf, CancellationToken cancellationToken)
    {
        await using var source = file.OpenRead();
        using var rows = ExportFile.Open(source, specification, mapping);
        await using var export = ExportStream.Open(rows, specification, new() { AsOf = asOf, DropUnlisted = true }, mapping);
        var counter = new QualityCounter(specification);
        var outcome = export.Complete(await ExtractReader.ReadAsync(
            export,
            specification,
            export.Options,
            (row, _) =>
            {
                counter.Add(row, !row.HouseholdKey().IsEmpty);
                return ValueTask.CompletedTask;
            },
            cancellationToken));
        return (outcome, counter.Close(outcome));
    }
}
