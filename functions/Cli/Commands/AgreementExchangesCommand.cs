using System.CommandLine;
using Spectre.Console;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow agreement exchanges</c>: who sends what to whom, for what, how often.</summary>
internal static class AgreementExchangesCommand
{
    public static Command Create(TimeProvider time)
    {
        var (agreements, json) = (LibraryFolder.Option(), Options.Json());
        var party = new Option<string?>("--party") { Description = "Only what this party sends or receives." };
        var on = Options.Day("--on", "The day whose versions are meant. Default: today.");
        var command = new Command("exchanges", "List who sends what to whom, for what, how often, by which means and how long it is kept.")
        {
            agreements, party, on, json,
        };
        command.SetAction(parsed => LibraryFolder.Run(parsed, agreements, library =>
        {
            LibraryFolder.CheckParty(library.Agreements, parsed.GetValue(party));
            var day = parsed.GetValue(on) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            List<(Agreement Agreement, Exchange Exchange)> found =
            [
                .. from agreement in library.Agreements.InForce(day)
                   from exchange in agreement.Exchanges
                   where parsed.GetValue(party) is not { } id || exchange.From.Concat(exchange.To).Contains(id)
                   select (agreement, exchange),
            ];
            return Printing.Print(
                parsed,
                json,
                found.Select(pair => new
                {
                    pair.Exchange.Id,
                    pair.Exchange.From,
                    pair.Exchange.To,
                    pair.Exchange.Dataset,
                    Uses = pair.Exchange.Uses.Select(Kebab.Of),
                    HowOften = pair.Exchange.HowOften is { } often ? Kebab.Of(often) : null,
                    Means = pair.Exchange.Means.Select(Kebab.Of),
                    Kept = Kept(pair.Agreement, pair.Exchange),
                }),
                () => Write(Terminal.Create(parsed.InvocationConfiguration.Output), found));
        }));
        return command;
    }

    private static void Write(IAnsiConsole console, IEnumerable<(Agreement Agreement, Exchange Exchange)> found)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Exchange", "From", "To", "What", "For", "How often", "Means", "Kept by");
        foreach (var (agreement, exchange) in found)
        {
            table.AddRow([.. Cells(agreement, exchange).Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    // A blank of the paper is shown as one: it means not agreed.
    private static IEnumerable<string> Cells(Agreement agreement, Exchange exchange) =>
    [
        exchange.Id,
        string.Join(", ", exchange.From),
        exchange.To.Count > 0 ? string.Join(", ", exchange.To) : "(those who attend)",
        exchange.Dataset ?? "(not a file, or not settled)",
        string.Join(", ", exchange.Uses.Select(Kebab.Of)),
        exchange.HowOften is { } often ? Kebab.Of(often) : "(blank)",
        exchange.Means.Count > 0 ? string.Join(", ", exchange.Means.Select(Kebab.Of)) : "(blank)",
        string.Join(", ", Kept(agreement, exchange)),
    ];

    private static IEnumerable<string> Kept(Agreement agreement, Exchange exchange) => agreement.Retention
        .Where(rule => exchange.Retention.Contains(rule.Id)).Select(rule => $"{Kebab.Of(rule.Class)} {rule.Period.InWords}");
}
