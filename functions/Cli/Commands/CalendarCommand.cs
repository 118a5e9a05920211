using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow calendar</c>: what is expected from whom by when.</summary>
internal static class CalendarCommand
{
    public static Command Create(Option<string> folder, IAnsiConsole console, TimeProvider time)
    {
        var (server, token, json) = (Options.Server(), Options.Token(), Options.Json());
        var agreements = LibraryFolder.Option();
        var at = new Option<string?>("--at") { Description = "With --agreements: the party whose deployment expects it. Default: every receiver's." };
        var command = new Command("calendar", "List what is expected from whom by when, and what is overdue. The nightly sweep reminds. With --agreements, what those documents make expected, without a host.")
        {
            agreements, at, server, token, json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (arguments.GetValue(agreements) is null && arguments.GetValue(at) is not null)
            {
                throw new CommandException(ExitCode.Usage, "--at goes with --agreements: a host says what is expected at its own deployment.");
            }

            var expected = arguments.GetValue(agreements) is { } documents
                ? ByDocuments(LibraryFolder.Read(documents), arguments.GetValue(at), time.GetUtcNow())
                : await AskAsync(arguments, cancellationToken);
            return Printing.Print(arguments, json, expected, () => Write(console, expected));
        });
        return command;

        async Task<IReadOnlyList<Expectation>> AskAsync(ParseResult arguments, CancellationToken cancellationToken)
        {
            using var api = ApiClient.Open(arguments, folder, server, token, Role.Coordinator, agency: "");
            return await api.GetAsync<Expectation[]>("/calendar", cancellationToken);
        }
    }

    private static void Write(IAnsiConsole console, IEnumerable<Expectation> expected)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Due", "From", "Exchange", "For", "State");
        foreach (var item in expected)
        {
            var due = item.Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            table.AddRow(due, item.Sender, item.Exchange, item.Period, StateOf(item));
        }

        console.Write(table);
    }

    /// <summary>What the running period expects, and nothing that would be refused.</summary>
    internal static IReadOnlyList<Expectation> ByDocuments(Library library, string? at, DateTimeOffset now)
    {
        LibraryFolder.CheckParty(library.Agreements, at);
        var (catalogue, receiver) = (library.Agreements, at is null ? library.Plan?.Authority : new Id<Party>(at));
        var (gate, today) = (new AgreementGate(catalogue), DateOnly.FromDateTime(now.UtcDateTime));
        return
        [
            .. AgreementCalendar.At(today, catalogue.InForce(today).Select(AgreementCalendar.OfDrops), (_, _, _) => [], (exchange, agency) => gate.Takes(new()
            {
                Act = GateAct.Intake,
                Exchange = exchange,
                Agency = agency,
                Recipient = receiver,
                At = now,
                Notices = [],
                DocumentsAlone = true,
            })).Where(expectation => expectation.Due >= today),
        ];
    }

    private static string StateOf(Expectation item) => item switch
    {
        { State: ExpectationState.Received } when item.Recipient != default => "Given",
        { State: ExpectationState.Overdue, OnChange: true } => "Owed now",
        _ => item.State.ToString(),
    };
}
