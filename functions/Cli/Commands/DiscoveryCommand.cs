using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Extracts.Quality;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow discovery</c>: what was found out about a source before its first use, filed with the agreement.</summary>
/// <remarks>seeds/001 Data to be shared.</remarks>
internal static class DiscoveryCommand
{
    public static Command Create(Option<string> folder, IAnsiConsole console)
    {
        var calls = new ApiCalls(folder);
        return new Command("discovery", "File the profile of a source with its agreement before its first use, and list what was filed.")
        {
            File(calls, console), List(calls, console),
        };
    }

    private static Command File(ApiCalls calls, IAnsiConsole console)
    {
        var profile = new Argument<FileInfo>("PROFILE") { Description = "What 'tfflow profile --save' wrote." };
        var (agency, exchange) = (Options.Agency(), Options.Exchange());
        var command = new Command("file", "File a profile with the agreement. It takes the place of an earlier one.")
        {
            profile, agency, exchange, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var (id, read) = (arguments.GetValue(agency)!, await ReadAsync(arguments.GetValue(profile)!, cancellationToken));
            var request = new DiscoveryRequest(arguments.GetValue(exchange)!, read);
            using var api = calls.Open(arguments, Role.AgencySubmitter, id);
            var filed = await api.PostAsync<DiscoveryView>($"/agencies/{ApiCalls.Segment(id)}/discoveries", request, cancellationToken);
            var words = $"Filed with {filed.Agreement}, version {filed.AgreementVersion}, as {filed.Id}. {Words(filed)}";
            calls.Print(arguments, filed, () => console.WriteLine(words));
            return filed.Problems.Count > 0 ? ExitCode.Refused : ExitCode.Done;
        });
        return command;
    }

    private static Command List(ApiCalls calls, IAnsiConsole console)
    {
        var agency = Options.Agency();
        agency.Required = false;
        agency.Description = "As this agency: what it filed. Default: as the coordinator, all that was filed.";
        var command = new Command("list", "List what was filed, the earliest first.") { agency, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = arguments.GetValue(agency) is { } own
                ? calls.Open(arguments, Role.AgencySubmitter, own)
                : calls.Open(arguments, Role.Coordinator);
            var filed = await api.GetAsync<DiscoveryView[]>("/discoveries", cancellationToken);
            return calls.Print(arguments, filed, () => Write(console, filed));
        });
        return command;
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<DiscoveryView> filed)
    {
        if (filed.Count == 0)
        {
            console.WriteLine("No profile is filed.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Agreement", "Exchange", "Source of", "Filed", "As at", "Rows", "For a first use");
        foreach (var row in filed)
        {
            table.AddRow([.. Cells(row).Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    private static async Task<QualityProfile> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new CommandException(ExitCode.Usage, "There is no such file.");
        }

        try
        {
            await using var content = file.OpenRead();
            var profile = await JsonSerializer.DeserializeAsync<QualityProfile>(content, Lifecycle.Outbox.Json, cancellationToken);
            return profile is { Dataset.Length: > 0, Completeness: not null } ? profile : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CommandException(
                ExitCode.Usage, "The file is no profile: it is one that 'tfflow profile FILE --dataset D --save PROFILE' wrote.");
        }
    }

    private static IEnumerable<string> Cells(DiscoveryView row) =>
    [
        $"{row.Agreement}@{row.AgreementVersion}",
        row.Exchange,
        row.Agency,
        row.FiledAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        row.Profile.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        row.Profile.Rows.ToString("N0", CultureInfo.InvariantCulture),
        row.State == nameof(DiscoveryState.Superseded) ? "a later one took its place"
            : row.Problems.Count == 0 ? "nothing against it" : $"expected {string.Join("; ", row.Problems)}",
    ];

    private static string Words(DiscoveryView filed) => filed.Problems.Count == 0
        ? (filed.Profile.Rows < QualityRules.FewRows ? "So few rows say little. " : "") + "Nothing in it speaks against a first use."
        : $"The source is not good enough yet, and no first file of it is taken: expected {string.Join("; ", filed.Problems)}.";
}
