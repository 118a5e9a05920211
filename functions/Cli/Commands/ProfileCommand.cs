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
        var trusted = new Option<FileInfo?>("--trusted") { Description = "An export of a source whose records are known to be right: says how many people are in both, and at the same postcode." };
        var trustedDataset = new Option<string?>("--trusted-dataset") { Description = "The dataset that --trusted is. Default: the same." };
        var agreements = LibraryFolder.Option();
        var mappings = new MappingOptions();
        var command = new Command("profile", "Say how good a source is before any agreement is used: completeness, validity, uniqueness, timeliness. Sends nothing.") { file, dataset, asOf, last, save, trusted, trustedDataset, agreements };
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

            if (library.Datasets.GetValueOrDefault(parsed.GetValue(trustedDataset) ?? specification.Id) is not { } register)
            {
                await error.WriteLineAsync($"There is no dataset '{parsed.GetValue(trustedDataset)}'. There are: {string.Join(", ", library.Datasets.Keys.Order(StringComparer.Ordinal))}.");
                return ExitCode.Usage;
            }

            var shape = PreparedReading.Shape(specification);
            var (mapping, fault) = mappings.Read(parsed, shape);
            fault = mapping is null ? fault : !export.Exists || parsed.GetValue(trusted) is { Exists: false } ? "There is no such file." : kept is { Exists: true } ? "The file named by --save exists already; nothing is overwritten." : "";
            if (fault.Length > 0)
            {
                await error.WriteLineAsync(fault);
                return ExitCode.Usage;
            }

            ExtractOutcome outcome;
            QualityProfile profile;
            try
            {
                var day = parsed.GetValue(asOf) ?? today;
                var source = parsed.GetValue(trusted) is { } right ? await TrustAsync(right, PreparedReading.Shape(register), day, cancellationToken) : null;
                (outcome, profile) = await ReadAsync(export, shape, mapping!, day, source, cancellationToken);
            }
            catch (ExportException unreadable)
            {
                await error.WriteLineAsync(unreadable.Message);
                return ExitCode.Usage;
            }

            var console = Terminal.Create(parsed.InvocationConfiguration.Output);
            OutcomeReport.Write(console, outcome, OutcomeReport.Of(shape, outcome), Reading.Checked);
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
                console.WriteLine(
                    $"The profile is in {kept.Name}. "
                    + $"File it with the agreement: tfflow discovery file {OutcomeReport.Argument(kept.Name)} --agency A --exchange X");
            }

            return outcome.State == ExtractState.Quarantined || problems.Count > 0 ? ExitCode.Refused : ExitCode.Done;
        });
        return command;
    }

    private static async Task<(ExtractOutcome Outcome, QualityProfile Profile)> ReadAsync(
        FileInfo file, DatasetSpecification specification, ExportMapping mapping, DateOnly asOf, TrustedSource? trusted, CancellationToken cancellationToken)
    {
        var counter = new QualityCounter(specification);
        var outcome = await ReadAsync(
            file,
            specification,
            mapping,
            asOf,
            row =>
            {
                counter.Add(row, !row.HouseholdKey().IsEmpty);
                trusted?.Look(row);
            },
            cancellationToken);
        var profile = counter.Close(outcome);
        return (outcome, trusted?.Close(profile) ?? profile);
    }

    private static async Task<TrustedSource> TrustAsync(FileInfo file, DatasetSpecification specification, DateOnly asOf, CancellationToken cancellationToken)
    {
        var trusted = new TrustedSource();
        var outcome = await ReadAsync(file, specification, ExportMapping.None, asOf, trusted.Add, cancellationToken);
        return outcome.State is not ExtractState.Quarantined ? trusted
            : throw new ExportException("The file of --trusted cannot be read as its dataset: 'tfflow profile' on it says why. Nothing was compared.");
    }

    private static async Task<ExtractOutcome> ReadAsync(
        FileInfo file, DatasetSpecification specification, ExportMapping mapping, DateOnly asOf, Action<ExtractRow> take, CancellationToken cancellationToken)
    {
        await using var source = file.OpenRead();
        using var rows = ExportFile.Open(source, specification, mapping);
        await using var export = ExportStream.Open(rows, specification, new() { AsOf = asOf, DropUnlisted = true }, mapping);
        return export.Complete(await ExtractReader.ReadAsync(
            export,
            specification,
            export.Options,
            (row, _) =>
            {
                take(row);
                return ValueTask.CompletedTask;
            },
            cancellationToken));
    }
}
