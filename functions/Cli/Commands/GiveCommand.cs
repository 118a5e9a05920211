using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Programme.Agreements;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow give</c>: what an authority gives and tells its partners, through the API.</summary>
internal static class GiveCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("give", "Give partners what their agreement owes them, each sealed to the partner's own key; record what was told.")
        {
            List(calls), File(calls), Shown(calls), Told(calls), Tellings(calls),
        };
    }

    private static Option<string> To() => new("--to") { Description = "The party, as the agreement names it.", Required = true };

    private static Command List(ApiCalls calls)
    {
        var (exchange, to) = (Options.Exchange(), To());
        var without = new Option<string[]>("--without")
        {
            Description = "Families that are left out, by their references or how these begin.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var command = new Command("list", "Build the list of families that an exchange owes a party. It replaces the one that lies there.") { exchange, to, without, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var leftOut = await api.FullAsync(ReferenceKind.Family, arguments.GetValue(without)!, cancellationToken);
            var request = new ListRequest(arguments.GetValue(exchange)!, arguments.GetValue(to)!, leftOut);
            return calls.Print(arguments, await api.PostAsync<GivenFileView>("/lists", request, cancellationToken));
        });
        return command;
    }

    private static Command File(ApiCalls calls)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The CSV file, from your own systems." };
        var (exchange, to) = (Options.Exchange(), To());
        var command = new Command("file", "Give a party a file of your own systems: checked row by row, then sealed.") { file, exchange, to, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (!arguments.GetValue(file)!.Exists)
            {
                throw new CommandException(ExitCode.Usage, $"There is no such file: {arguments.GetValue(file)!.Name}.");
            }

            using var api = calls.Open(arguments, Role.Coordinator);
            await using var content = arguments.GetValue(file)!.OpenRead();
            var path = $"/exchanges/{ApiCalls.Segment(arguments.GetValue(exchange)!)}/files/{ApiCalls.Segment(arguments.GetValue(to)!)}";
            return calls.Print(arguments, await api.PostFileAsync<GivenFileView>(path, content, cancellationToken));
        });
        return command;
    }

    private static Command Shown(ApiCalls calls)
    {
        var command = new Command("shown", "List what was given, to whom, and until when it lies there.") { calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            return calls.Print(arguments, await api.GetAsync<GivenFileView[]>("/files", cancellationToken));
        });
        return command;
    }

    private static Command Tellings(ApiCalls calls)
    {
        var command = new Command("tellings", "List what was told: when, by whom, to whom, of what kind and on which basis.")
        {
            calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            return calls.Print(arguments, await api.GetAsync<ToldView[]>("/disclosures", cancellationToken));
        });
        return command;
    }

    private static Command Told(ApiCalls calls)
    {
        var exchange = Options.Exchange();
        var to = new Option<string[]>("--to") { Description = "The parties that were told.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var families = new Option<string[]>("--families")
        {
            Description = "The families it was about, by their references or how these begin.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var means = new Option<Means>("--means") { Description = "face-to-face or telephone; secure-email where the exchange carries no file.", HelpName = "means", Required = true, CustomParser = Options.Kebab<Means> };
        var kind = new Option<InformationKind>("--kind")
        {
            Description = $"One of {string.Join(", ", Programme.Documents.Kebab.All<InformationKind>())}.",
            HelpName = "kind",
            Required = true,
            CustomParser = Options.Kebab<InformationKind>,
        };
        var on = Options.RequiredDay("--on", "The day: 2026-03-02.");
        var attendees = new Option<int>("--attendees") { Description = "How many attended who have not signed the agreement." };
        var agreed = new Option<bool>("--confidentiality-agreed") { Description = "They signed the meeting's confidentiality agreement." };
        var onward = new Option<string?>("--onward") { Description = "Where what a partner sent was handed on: the entry that allows it, as 'tfflow register list onward-disclosure' lists it." };
        var use = new Option<Use?>("--use")
        {
            Description = $"With --onward, for another purpose: one of {string.Join(", ", Programme.Documents.Kebab.All<Use>())}.",
            HelpName = "use",
            CustomParser = result => Options.Kebab<Use>(result),
        };
        var command = new Command("told", "Record that something was told: who, of what kind, to whom, on which basis. What was said is recorded nowhere.")
        {
            exchange, to, families, means, kind, on, attendees, agreed, onward, use, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var request = new TellingRequest(
                arguments.GetValue(exchange)!,
                arguments.GetValue(to)!,
                arguments.GetValue(means),
                arguments.GetValue(kind),
                await api.FullAsync(ReferenceKind.Family, arguments.GetValue(families)!, cancellationToken),
                arguments.GetValue(on),
                arguments.GetValue(attendees),
                arguments.GetValue(agreed),
                arguments.GetValue(onward),
                arguments.GetValue(use));
            return calls.Print(arguments, await api.PostAsync<ToldRecord>("/disclosures", request, cancellationToken));
        });
        return command;
    }
}
