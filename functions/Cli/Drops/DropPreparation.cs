using System.CommandLine;
using Spectre.Console;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Exports;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Drops;

/// <summary>Makes an export conform on its way to the drop, as <c>tfflow prepare</c> does, in memory: no file of it rests anywhere.</summary>
internal sealed class DropPreparation
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

    /// <returns>The extract, to be read from its beginning; null when it is quarantined or the documents cannot be read, which is told.</returns>
    /// <exception cref="CommandException">The exchange is unknown, or the file or the mapping cannot be read.</exception>
    public async Task<MemoryStream?> PrepareAsync(ParseResult parsed, FileInfo export, string exchange, IAnsiConsole? console, CancellationToken cancellationToken)
    {
        if (!LibraryFolder.TryRead(parsed, agreements, out var library))
        {
            return null;
        }

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        if (!ValidateCommand.TryFindExchange(library.Agreements, exchange, today, out var agreement, out var specification, out var problem))
        {
            throw new CommandException(ExitCode.Usage, problem);
        }

        if (HouseholdListPreparation.Applies(specification) || export.Length > MostBytes)
        {
            throw new CommandException(ExitCode.Usage, "This file is prepared by a step of its own: 'tfflow prepare', then 'tfflow drop' what it writes.");
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
            var reading = await PreparedReading.OfAsync(source, specification, options, mapping, default, withChildren: null, prepared, cancellationToken);
            if (console is not null)
            {
                OutcomeReport.Write(console, reading.Outcome, OutcomeReport.Of(specification, reading.Outcome), Reading.Prepared);
                console.WriteLine(reading.Outcome.State is ExtractState.Quarantined ? "Nothing is sent." : "");
            }

            prepared.Position = 0;
            return reading.Outcome.State is ExtractState.Quarantined ? null : prepared;
        }
        catch (ExportException unreadable)
        {
            throw new CommandException(ExitCode.Usage, unreadable.Message);
        }
    }
}
