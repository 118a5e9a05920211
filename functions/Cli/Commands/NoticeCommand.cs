using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow notice</c>: what people are told of the use of what is known of them, and who was told when.</summary>
internal static class NoticeCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("notice", "The privacy notice that the agreements make, and who was given which version of it.")
        {
            Publish(calls), List<NoticeView[]>(calls, "list", "List the versions that were published.", "/notices"), Show(calls), Give(calls),
            List<NoticeGivenView[]>(calls, "given", "List who was given which version, and when.", "/families/notices"),
        };
    }

    private static Command Publish(ApiCalls calls)
    {
        var command = new Command("publish",
            "Publish what the agreements in force say today. Where a version says the same already, that one is named.")
        {
            calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            return calls.Print(arguments, await api.PostAsync<NoticeView>("/notices", body: null, cancellationToken));
        });
        return command;
    }

    private static Command List<T>(ApiCalls calls, string name, string description, string path)
    {
        var command = new Command(name, description) { calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            return calls.Print(arguments, await api.GetAsync<T>(path, cancellationToken));
        });
        return command;
    }

    private static Command Show(ApiCalls calls)
    {
        var version = new Argument<string>("VERSION") { Description = "As 'tfflow notice list' names it." };
        var target = new Option<FileInfo>("--out") { Description = "The page to write: to publish, and to print.", Required = true };
        var command = new Command("show", "Write the page of a version.") { version, target, calls.Server, calls.Token };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var page = await api.GetBytesAsync($"/notices/{ApiCalls.Segment(arguments.GetValue(version)!)}", cancellationToken);
            await File.WriteAllBytesAsync(arguments.GetValue(target)!.FullName, page, cancellationToken);
            arguments.InvocationConfiguration.Output.WriteLine($"Written to {arguments.GetValue(target)!.Name}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Give(ApiCalls calls)
    {
        var version = new Option<string>("--version") { Description = "As 'tfflow notice list' names it.", Required = true };
        var how = new Option<NoticeMeans>("--how")
        {
            Description = $"One of {string.Join(", ", Kebab.All<NoticeMeans>())}.",
            HelpName = "how",
            Required = true,
            CustomParser = Options.Kebab<NoticeMeans>,
        };
        var on = Options.RequiredDay("--on", "The day it was given.");
        var persons = new Option<string[]>("--person")
        {
            Description = "Members, by their references. Default: all of the family.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        return calls.Post<NoticeGivenView>(
            "give",
            "People of a family were given a version; families that do not take part are told too, before anything of them is released.",
            id => $"/families/{id}/notices",
            [version, how, on, persons],
            arguments => new NoticeGiving(arguments.GetValue(version)!, arguments.GetValue(how), arguments.GetValue(on), arguments.GetValue(persons)),
            kind: ReferenceKind.Kept);
    }
}
