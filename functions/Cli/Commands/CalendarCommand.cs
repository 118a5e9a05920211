using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Programme.Agreements;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow calendar</c>: what is expected from whom by when.</summary>
internal static class CalendarCommand
{
    public static Command Create(Option<string> folder, IAnsiConsole console)
    {
        var (server, token, json) = (Options.Server(), Options.Token(), Options.Json());
        var command = new Command("calendar", "List what is expected from whom by when, and what is overdue. The nightly sweep reminds.") { server, token, json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = ApiClient.Open(arguments, folder, server, token, Role.Coordinator, agency: "");
            var expected = await api.GetAsync<Expectation[]>("/calendar", cancellationToken);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(expected, Lifecycle.Outbox.Json));
                return ExitCode.Done;
            }

            var table = new Table().Border(TableBorder.Simple).AddColumns("Due", "From", "Exchange", "For", "State");
            foreach (var item in expected)
            {
                table.AddRow(item.Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), item.Agency, item.Exchange, item.Period, item.State.ToString());
            }

            console.Write(table);
            return ExitCode.Done;
        });
        return command;
    }
}
