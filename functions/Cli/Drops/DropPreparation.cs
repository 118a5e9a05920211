using System.CommandLine;
using Spectre.Console;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Exports;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Drops;

/// <summary>Makes an export conform on its way to the drop, as <c>tfflow prepare</c> does, in memory: no file of it rests anywhere.</summary>
internal sealed class DropPreparation(TimeProvider time)
{
    /// <summary>Of an export that is prepared in memory; a larger one goes through a file of <c>tfflow prepare</c>.</summary>
    private const long MostBytes = 256L << 20;

    private readonly MappingOptions mappings = new();
    private readonly Option<DirectoryInfo?> agreements = LibraryFolder.Option();

    public void AddTo(Command command)
    {
        mappings.AddTo(command);
        command.Options.Add(agreements);
    }

    /// <summary>Whether the file is to be prepared: something was said of its columns.</summary>
    public bool IsAsked(ParseResult parsed) => mappings.AnyGiven(parsed);

    /// <param name="report">Where to say what was understood; null: the outcome is printed as JSON where nothing is sent.</param>
    /// <returns>The extract, to be read from its beginning; null when it is quarantined, which is told.</returns>
    /// <exception cref="CommandException">The documents, the exchange, the file or the mapping cannot be read.</exception>
    public async Task<MemoryStream?> PrepareAsync(
        ParseResult parsed, FileInfo export, string exchange, IAnsiConsole? report, CancellationToken cancellationToken)
    {
        var library = LibraryFolder.Read(LibraryFolder.FolderOf(parsed, agreements));
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (!ValidateCommand.TryFindExchange(library.Agreements, exchange, today, out var agreement, out var specification, out var problem))
        {
            throw new CommandException(ExitCode.Usage, problem);
        }

        if (HouseholdListPreparation.Applies(specification) || export.Length > MostBytes)
        {
            throw new CommandException(
                ExitCode.Usage, "This file is prepared by a step of its own: 'tfflow prepare', then 'tfflow drop' what it writes.");
        }

        var (mapping, fault) = mappings.Read(parsed, PreparedReading.Shape(specification));
        if (mapping is null)
        {
            throw new CommandException(ExitCode.Usage, fault);
        }

        var prepared = new MemoryStream();
        await using var source = export.OpenRead();
        try
        {
            var options = ExtractReadOptions.For(agreement, agreement.Exchange(exchange)!, today, library.Plan);
            var outcome = (await PreparedReading.OfAsync(
                source, specification, options, mapping, default, withChildren: null, prepared, cancellationToken)).Outcome;
            Tell(outcome, specification, report, parsed.InvocationConfiguration.Output);
            prepared.Position = 0;
            return outcome.State is ExtractState.Quarantined ? null : prepared;
        }
        catch (ExportException unreadable)
        {
            throw new CommandException(ExitCode.Usage, unreadable.Message);
        }
    }

    private static void Tell(ExtractOutcome outcome, DatasetSpecification specification, IAnsiConsole? report, TextWriter output)
    {
        var quarantined = outcome.State is ExtractState.Quarantined;
        if (report is not null)
        {
            OutcomeReport.Write(report, outcome, OutcomeReport.Of(specification, outcome), Reading.Prepared);
            report.WriteLine(quarantined ? "Nothing is sent." : "");
        }
        else if (quarantined)
        {
            output.WriteLine(OutcomeReport.Json(outcome));
        }
    }
}
