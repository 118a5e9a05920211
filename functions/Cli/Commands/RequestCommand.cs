using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow request open|find|consult|exempt|extend|decide|read|release|export|close|list</c>: what people ask about their
/// data.</summary>
internal static class RequestCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("request", "Answer what a person asks about their data.")
        {
            Open(calls),
            RequestAnswers.Find(calls),
            Consult(calls),
            RequestAnswers.Exempt(calls),
            Extend(calls),
            Decide(calls),
            RequestAnswers.Read(calls),
            RequestAnswers.Release(calls),
            RequestAnswers.Export(calls),
            Close(calls),
            calls.Show<RequestView[]>("list", "List requests, where each stands and by when it is answered.", "tfflow request list",
                Role.InformationGovernance, [], _ => "/requests"),
        };
    }

    private static Command Open(ApiCalls calls)
    {
        var families = new Argument<string[]>("FAMILY") { Description = "References of the families the person belongs to, where they are known already: 'tfflow request find' finds them.", Arity = ArgumentArity.ZeroOrMore };
        var kind = new Option<SubjectRequestKind>("--kind")
        {
            Description = $"One of {string.Join(", ", Kebab.All<SubjectRequestKind>())}.",
            HelpName = "kind",
            Required = true,
            CustomParser = Options.Kebab<SubjectRequestKind>,
        };
        var received = Options.RequiredDay("--received", "The day it came: the month for its answer counts from then.");
        var against = GovernanceCalls.Several("--against", $"With an objection: to what, of {string.Join(", ", Kebab.All<Use>())}.");
        return calls.Act<RequestView>(
            "open",
            "Record a request. The partners that sent something about the person are asked for their views.",
            "tfflow request open --kind access --received 2026-03-02",
            Role.InformationGovernance,
            [families, kind, received, against],
            _ => "/requests",
            arguments => new RequestReceipt(
                arguments.GetValue(kind), arguments.GetValue(received), arguments.GetValue(families), [.. (arguments.GetValue(against) ?? []).Select(UseOf)]));
    }

    private static Use UseOf(string text) => Kebab.TryParse<Use>(text, out var use)
        ? use
        : throw new CommandException(ExitCode.Usage, $"--against has a use that there is none of: it is one of {string.Join(", ", Kebab.All<Use>())}.");

    private static Command Consult(ApiCalls calls)
    {
        var (id, agency, paper) = (Id(), Options.Agency(),
            Papers.Optional("What the originator wrote; left out: it gave no view in its 14 days"));
        return calls.Act<RequestView>(
            "consult",
            "Record an originator's view, or that it gave none in its time.",
            "tfflow request consult 0123456789abcdef0123 --agency leicestershire-police --paper view.pdf",
            Role.InformationGovernance,
            [id, agency, paper],
            arguments => $"/requests/{arguments.In(id)}/views",
            arguments => new RequestViewRecord(arguments.GetValue(agency), Papers.HashOrNull(arguments.GetValue(paper))));
    }

    private static Command Extend(ApiCalls calls)
    {
        var (id, complex) = (Id(),
            new Option<bool>("--complex") { Description = "It is complex, or one of many, and the person was told so with reasons." });
        return calls.Act<RequestView>(
            "extend",
            "Record that the person was told that it takes two months more.",
            "tfflow request extend 0123456789abcdef0123 --complex",
            Role.InformationGovernance,
            [id, complex],
            arguments => $"/requests/{arguments.In(id)}/extension",
            arguments => new RequestExtension(arguments.GetValue(complex)));
    }

    private static Command Decide(ApiCalls calls)
    {
        var (id, paper) = (Id(), Papers.Required("The decision and its reasons"));
        var exemptions = new Option<bool>("--exemptions-assessed") { Description = "Exemptions were assessed together with the originators." };
        var outcome = new Option<SubjectRequestOutcome?>("--outcome")
        {
            Description = $"One of {string.Join(", ", Kebab.All<SubjectRequestOutcome>())}. Left out where access is given.",
            HelpName = "outcome",
            CustomParser = result => Options.Kebab<SubjectRequestOutcome>(result),
        };
        return calls.Act<RequestView>(
            "decide",
            "Record what was decided, once every originator was consulted.",
            "tfflow request decide 0123456789abcdef0123 --exemptions-assessed --paper decision.pdf",
            Role.InformationGovernance,
            [id, exemptions, outcome, paper],
            arguments => $"/requests/{arguments.In(id)}/decision",
            arguments => new RequestDecision(Papers.Hash(arguments.GetValue(paper)!), arguments.GetValue(exemptions), arguments.GetValue(outcome)));
    }

    private static Command Close(ApiCalls calls)
    {
        var id = Id();
        return calls.Act<RequestView>(
            "close",
            "Record that the person has the answer.",
            "tfflow request close 0123456789abcdef0123",
            Role.InformationGovernance,
            [id],
            arguments => $"/requests/{arguments.In(id)}/answer",
            _ => null);
    }

    private static Argument<string> Id() => GovernanceCalls.Id("The request, as 'tfflow request list' lists it.");
}
