using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Retention;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow extracts</c> and <c>tfflow show ID</c>: where extracts stand.</summary>
internal static class ExtractsCommand
{
    public static Command CreateList(Option<string> folder, IAnsiConsole console)
    {
        var calls = new ApiCalls(folder);
        var command = new Command("extracts", "List extracts and where each stands.") { calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var extracts = await api.GetAsync<ExtractView[]>("/extracts", cancellationToken);
            return calls.Print(arguments, extracts, () => Write(console, extracts));
        });
        return command;
    }

    public static Command CreateShow(Option<string> folder, IAnsiConsole console)
    {
        var id = new Argument<string>("ID") { Description = "The extract's reference, as 'tfflow extracts' lists it, or how it begins." };
        var calls = new ApiCalls(folder);
        var command = new Command("show", "Show one extract.") { id, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var full = await api.FullAsync(ReferenceKind.Extract, arguments.GetValue(id)!, cancellationToken);
            var extract = await api.GetAsync<ExtractView>($"/extracts/{ApiCalls.Segment(full)}", cancellationToken);
            return calls.Print(arguments, extract, () => Write(console, extract));
        });
        return command;
    }

    private static void Write(IAnsiConsole console, IEnumerable<ExtractView> extracts)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Extract", "From", "Exchange", "State", "Rows", "Refused", "Kept to, or erased");
        foreach (var extract in extracts)
        {
            table.AddRow(
                extract.Id,
                extract.Agency,
                extract.Exchange,
                Words(extract),
                extract.RowsAccepted.ToString("N0", CultureInfo.InvariantCulture),
                extract.RowsRefused.ToString("N0", CultureInfo.InvariantCulture),
                LastDay(extract));
        }

        console.Write(table);
    }

    public static void Write(IAnsiConsole console, ExtractView extract)
    {
        var grid = new Grid().AddColumns(2);
        grid.AddRow("Extract", extract.Id);
        grid.AddRow("From", extract.Agency);
        grid.AddRow("Under", $"{extract.Exchange} of {extract.Agreement}, version {extract.AgreementVersion}");
        grid.AddRow("Claimed", extract.ClaimedAt.ToString("u", CultureInfo.InvariantCulture));
        if (extract.Judgement is { } judgement)
        {
            grid.AddRow("Judged by", Markup.Escape($"{judgement.By}: {judgement.Basis}"));
        }

        grid.AddRow("State", Words(extract));
        grid.AddRow("Rows", $"{extract.RowsAccepted:N0} accepted, {extract.RowsRefused:N0} refused");
        grid.AddRow("Drop SHA-256", extract.DropSha256.Length > 0 ? extract.DropSha256 : "(not read to its end)");
        grid.AddRow(extract.ErasedAt is null ? "Kept to the end of" : "Erased", LastDay(extract));
        console.Write(grid);
    }

    private static string Words(ExtractView extract) =>
        extract.RefusalCode.Length > 0 ? $"{extract.State}: {extract.RefusalCode}"
        : extract.SupersededBy.Length > 0 ? $"{extract.State}, corrected by {extract.SupersededBy}"
        : extract.Held ? $"{extract.State}, held"
        : extract.State;

    // The paper's last day: it is due when that day is over.
    private static string LastDay(ExtractView extract) =>
        extract.ErasedAt is { } erased ? erased.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : extract.KeptUntil is { } due ? RetentionRule.LastDay(due).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : "–";
}
