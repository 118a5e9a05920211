using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Extracts.Quality;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow quality --exchange X</c>: how good the extracts of an exchange were, one column an extract.</summary>
internal static class QualityCommand
{
    /// <summary>Extracts side by side.</summary>
    private const int Columns = 6;

    public static Command Create(Option<string> folder, IAnsiConsole console)
    {
        var exchange = Options.Exchange();
        var calls = new ApiCalls(folder);
        var command = new Command("quality",
            "Show the quality of an exchange's extracts, the newest last: the trend. Profiles filed before their first use come first.")
        {
            exchange, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var read = (await api.GetAsync<ExtractView[]>("/extracts", cancellationToken))
                .Where(extract => extract.Exchange == arguments.GetValue(exchange) && extract.Quality is not null)
                .OrderBy(extract => extract.ClaimedAt).TakeLast(Columns).ToList();
            var filed = (await api.GetAsync<DiscoveryView[]>("/discoveries", cancellationToken))
                .Where(discovery => discovery.Exchange == arguments.GetValue(exchange) && discovery.State == nameof(DiscoveryState.Filed))
                .ToList();
            if (read.Count + filed.Count == 0)
            {
                throw new CommandException(
                    ExitCode.Refused, "No extract of this exchange was taken in yet, and no profile of its source is filed.");
            }

            IReadOnlyList<(string Title, QualityProfile Profile)> profiles =
            [
                .. filed.Select(discovery => ($"{discovery.Agency} profiled {discovery.Profile.AsOf:yyyy-MM-dd}", discovery.Profile)),
                .. read.Select(extract => ($"{extract.Agency} {extract.ClaimedAt:yyyy-MM-dd}", extract.Quality!)),
            ];
            return calls.Print(arguments, profiles.Select(column => new { column.Title, column.Profile }), () => Write(console, profiles));
        });
        return command;
    }

    /// <summary>One extract, and what is unlike the last one.</summary>
    public static void Write(IAnsiConsole console, QualityProfile? profile, IReadOnlyList<string> sinceLast)
    {
        if (profile is null)
        {
            return;
        }

        console.WriteLine();
        Write(console, [("per cent, or days", profile)]);
        foreach (var line in sinceLast)
        {
            console.MarkupLineInterpolated($"[yellow]unlike the last extract[/]  {line}");
        }
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<(string Title, QualityProfile Profile)> profiles)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Quality");
        foreach (var (title, _) in profiles)
        {
            table.AddColumn(new TableColumn(Markup.Escape(title)).RightAligned());
        }

        var measures = profiles.Select(profile => profile.Profile.Measures().ToDictionary(measure => measure.Name, measure => measure.Value)).ToList();
        foreach (var measure in measures[^1].Keys)
        {
            table.AddRow([Markup.Escape(measure), .. measures.Select(values => values.TryGetValue(measure, out var value) ? value.ToString("#,0.#", CultureInfo.InvariantCulture) : "\u2013")]);
        }

        console.Write(table);
    }
}
