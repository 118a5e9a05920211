using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Drops;
using TfFlow.Programme.Research.Study;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow study</c>: an authority's submission, and a study's own steps, through the API.</summary>
internal static class StudyCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("study", "Hand families to a study; run a study in its own deployment.")
        {
            Submit(calls),
            calls.Show<StudyView[]>("list", "List rounds and where each stands.", "tfflow study list", Role.LinkageCustodian, [], _ => "/studies"),
            Open(calls),
            Link(calls),
            Report(calls),
            calls.Get<Lifecycle.Research.Study.StudyReport>(
                "show",
                "Show the group report that waits for its release.",
                id => $"/studies/{id}/report",
                Role.StudyApprover,
                ReferenceKind.Study),
            calls.Post<StudyView>(
                "release",
                "Release the group report: two people, neither of whom made it.",
                id => $"/studies/{id}/release",
                [],
                _ => null,
                Role.StudyApprover,
                ReferenceKind.Study),
            calls.Post<StudyView>(
                "end",
                "End the research: everything about people is destroyed.",
                id => $"/studies/{id}/end",
                [],
                _ => null,
                Role.LinkageCustodian,
                ReferenceKind.Study),
        };
    }

    private static Command Submit(ApiCalls calls)
    {
        var authority = new Option<string>("--authority") { Description = "Your authority, as the agreement names it.", Required = true };
        var study = new Option<string>("--study") { Description = "The research organisation, as the agreement names it.", Required = true };
        var server = new Option<Uri>("--study-server") { Description = "The study's own API.", Required = true, CustomParser = Options.Address };
        var token = new Option<string>("--study-token") { Description = "Your token at the study.", Required = true };
        var exchange = Options.Exchange();
        var without = new Option<string[]>("--without")
        {
            Description = "Families that are left out, by their references: who cannot be told of the study first.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var command = new Command("submit", "Seal who took part, and who was assessed and did not, to the study's one-time key; hand it over.")
        {
            authority, study, exchange, without, server, token, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var own = calls.Open(arguments, Role.Coordinator, arguments.GetValue(authority)!);
            using var there = ApiClient.At(arguments.GetValue(server)!, arguments.GetValue(token)!);
            return calls.Print(arguments, await StudySubmitter.SubmitAsync(
                own, there, arguments.GetValue(authority)!, arguments.GetValue(study)!, arguments.GetValue(exchange)!, cancellationToken, arguments.GetValue(without)));
        });
        return command.WithExample(
            "tfflow study submit --authority northmere --study niesr --exchange nis-submission --study-server https://study.example --study-token TOKEN");
    }

    private static Command Open(ApiCalls calls)
    {
        var ends = Options.RequiredDay("--ends", "The day the research ends and everything about people is destroyed.");
        var command = new Command("open", "Open a round of the study.") { ends, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.LinkageCustodian);
            return calls.Print(arguments, await api.PostAsync<StudyView>("/studies", new StudyOpening(arguments.GetValue(ends)), cancellationToken));
        });
        return command;
    }

    private static Command Link(ApiCalls calls)
    {
        var exchange = Options.Exchange();
        var departments = new Option<string[]>("--departments") { Description = "The departments that match.", Required = true, AllowMultipleArgumentsPerToken = true };
        return calls.Post<StudyView>(
            "link",
            "Send each department its linkage file, sealed to its own key.",
            id => $"/studies/{id}/linkage",
            [exchange, departments],
            arguments => new StudyLinkageRequest(arguments.GetValue(exchange)!, arguments.GetValue(departments)!),
            Role.LinkageCustodian,
            ReferenceKind.Study);
    }

    private static Command Report(ApiCalls calls)
    {
        var measures = new Option<string[]>("--measure")
        {
            Description = $"What is compared, one or several: {string.Join(", ", StudyMeasure.All.Select(measure => measure.Name))}.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        return calls.Post<StudyView>(
            "report",
            "Combine the returns and compare the groups.",
            id => $"/studies/{id}/report",
            [measures],
            arguments => new StudyReportRequest(arguments.GetValue(measures)!),
            Role.Analyst,
            ReferenceKind.Study);
    }
}
