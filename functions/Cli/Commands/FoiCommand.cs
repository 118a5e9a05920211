using System.CommandLine;
using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Rights;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow foi open|find|consult|exempt|extend|decide|respond|close|list</c>: requests under the law on freedom of information
/// and on environmental information.</summary>
internal static class FoiCommand
{
    private const string Requests = "/information-requests";

    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("foi", "Answer requests for recorded information: freedom of information and environmental information.")
        {
            Open(calls),
            Find(calls),
            Consult(calls),
            Exempt(calls),
            Extend(calls),
            Decide(calls),
            Respond(calls),
            Close(calls),
            calls.Show<InformationRequestView[]>("list", "List requests for information, where each stands and by when it is answered.",
                "tfflow foi list",
                Role.InformationGovernance, [], _ => Requests),
        };
    }

    private static Command Open(ApiCalls calls)
    {
        var paper = Papers.Optional("The letter");
        var regime = new Option<InformationRegime>("--regime")
        {
            Description = $"One of {string.Join(", ", Kebab.All<InformationRegime>())}.",
            HelpName = "regime",
            DefaultValueFactory = _ => InformationRegime.FreedomOfInformation,
            CustomParser = Options.Kebab<InformationRegime>,
        };
        var subjects = GovernanceCalls.Several("--subject", $"What is asked for, of {string.Join(", ", Kebab.All<InformationSubject>())}.",
            required: true);
        var (from, to) = (Options.RequiredDay("--from", "The first day of the period."), Options.RequiredDay("--to", "Its last day."));
        var received = Options.RequiredDay("--received", "The day it came: the 20 working days count from the next.");
        return calls.Act<InformationRequestView>(
            "open",
            "Record a request for information, by subject and period.",
            "tfflow foi open --subject agreements reviews --from 2025-01-01 --to 2025-12-31 --received 2026-03-02 --paper letter.pdf",
            Role.InformationGovernance,
            [regime, subjects, from, to, received, paper],
            _ => Requests,
            arguments => new InformationReceipt(
                arguments.GetValue(regime),
                [.. arguments.GetValue(subjects)!.Select(SubjectOf)],
                arguments.GetValue(from),
                arguments.GetValue(to),
                arguments.GetValue(received),
                Papers.HashOrNull(arguments.GetValue(paper))));
    }

    private static InformationSubject SubjectOf(string text) => Kebab.TryParse<InformationSubject>(text, out var subject)
        ? subject
        : throw new CommandException(ExitCode.Usage,
            $"--subject has a word that is none of {string.Join(", ", Kebab.All<InformationSubject>())}.");

    private static Command Find(ApiCalls calls)
    {
        var id = Id();
        return calls.Act<InformationFinding>(
            "find",
            "Find what is held. The partners whose it is too are asked for their views.",
            "tfflow foi find 0123456789abcdef0123",
            Role.InformationGovernance,
            [id],
            arguments => $"{Requests}/{arguments.In(id)}/search",
            _ => null);
    }

    private static Command Consult(ApiCalls calls)
    {
        var (id, agency, paper) = (Id(), Options.Agency(),
            Papers.Optional("What the partner wrote; left out: it gave no view in its 10 working days"));
        return calls.Act<InformationRequestView>(
            "consult",
            "Record a partner's view, or that it gave none in its time.",
            "tfflow foi consult 0123456789abcdef0123 --agency leicestershire-police --paper view.pdf",
            Role.InformationGovernance,
            [id, agency, paper],
            arguments => $"{Requests}/{arguments.In(id)}/views",
            arguments => new RequestViewRecord(arguments.GetValue(agency), Papers.HashOrNull(arguments.GetValue(paper))));
    }

    private static Command Exempt(ApiCalls calls)
    {
        var (id, paper) = (Id(), Papers.Required("The reasons, with the test of the public interest where there is one"));
        var item = GovernanceCalls.Text("--item", "What is not given, as 'tfflow foi find' names it.");
        var exemption = new Option<InformationExemption>("--exemption")
        {
            Description = $"One of {string.Join(", ", Kebab.All<InformationExemption>())}.",
            HelpName = "exemption",
            Required = true,
            CustomParser = Options.Kebab<InformationExemption>,
        };
        var interest = new Option<PublicInterest?>("--public-interest")
        {
            Description = $"Where the exemption is qualified, what the public interest asks: one of {string.Join(", ", Kebab.All<PublicInterest>())}.",
            HelpName = "answer",
            CustomParser = result => Options.Kebab<PublicInterest>(result),
        };
        return calls.Act<InformationRequestView>(
            "exempt",
            "Mark something that is held as exempt.",
            "tfflow foi exempt 0123456789abcdef0123 --item entry-3212c84abbf3bfa54c42 --exemption commercial-interests --public-interest withhold --paper reasons.pdf",
            Role.InformationGovernance,
            [id, item, exemption, interest, paper],
            arguments => $"{Requests}/{arguments.In(id)}/exemptions",
            arguments => new InformationExemptionRecord(
                arguments.GetValue(item), arguments.GetValue(exemption), arguments.GetValue(interest),
                    Papers.Hash(arguments.GetValue(paper)!)));
    }

    private static Command Extend(ApiCalls calls)
    {
        var (id, complex) = (Id(), new Option<bool>("--complex")
        {
            Description = "It is complex and voluminous, or the public interest is weighed, and whoever asked was told so.",
        });
        return calls.Act<InformationRequestView>(
            "extend",
            "Record that whoever asked was told that it takes 40 working days.",
            "tfflow foi extend 0123456789abcdef0123 --complex",
            Role.InformationGovernance,
            [id, complex],
            arguments => $"{Requests}/{arguments.In(id)}/extension",
            arguments => new RequestExtension(arguments.GetValue(complex)));
    }

    private static Command Decide(ApiCalls calls)
    {
        var (id, paper) = (Id(), Papers.Required("The decision and its reasons"));
        return calls.Act<InformationRequestView>(
            "decide",
            "Record what was decided, once every partner was consulted.",
            "tfflow foi decide 0123456789abcdef0123 --paper decision.pdf",
            Role.InformationGovernance,
            [id, paper],
            arguments => $"{Requests}/{arguments.In(id)}/decision",
            arguments => new InformationDecision(Papers.Hash(arguments.GetValue(paper)!)));
    }

    private static Command Respond(ApiCalls calls)
    {
        var (id, to) = (Id(), RequestAnswers.Out());
        return calls.Command(
            "respond",
            "Write the response: what is not exempt, and figures in which nobody can be recognised; a page and the same for machines.",
            "tfflow foi respond 0123456789abcdef0123 --out response",
            [id, to],
            async (arguments, cancellationToken) =>
            {
                var files = RequestAnswers.FilesOf(arguments.GetValue(to)!);
                using var api = calls.Open(arguments, Role.InformationGovernance);
                var full = await api.FullAsync(new ReferenceKind("request", Requests), arguments.GetValue(id)!, cancellationToken);
                var json = await api.PostForBytesAsync($"{Requests}/{ApiCalls.Segment(full)}/response", cancellationToken);
                var response = JsonSerializer.Deserialize<InformationResponse>(json, Outbox.Json)!;
                return calls.Print(arguments, await RequestAnswers.WriteAsync(json, InformationResponseHtml.Render(response),
                    response.Items.Count, files, cancellationToken));
            });
    }

    private static Command Close(ApiCalls calls)
    {
        var id = Id();
        return calls.Act<InformationRequestView>(
            "close",
            "Record that whoever asked has the response.",
            "tfflow foi close 0123456789abcdef0123",
            Role.InformationGovernance,
            [id],
            arguments => $"{Requests}/{arguments.In(id)}/answer",
            _ => null);
    }

    private static Argument<string> Id() => GovernanceCalls.Id("The request, as 'tfflow foi list' lists it.");
}
