using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Exports;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary>The part of <c>tfflow case</c> about how a family is worked with: judgements, risk and visits, meetings, the common
/// assessment, what is known of victims and witnesses.</summary>
internal static class PracticeCommands
{
    private const string SourceWords = "Who says so: an organisation as the agreements name it, key-worker or family.";

    public static IEnumerable<Command> Create(ApiCalls calls) => [Judgement(calls), Risk(calls), Visit(calls), Meeting(calls), Caf(calls), Victim(calls)];

    private static Command Judgement(ApiCalls calls)
    {
        var of = new Option<string>("--of") { Description = "The organisation, as the agreements name it.", Required = true };
        var asked = Options.RequiredDay("--on", "The day it was asked.");
        return new Command("judgement", "What organisations think of inviting the family, where they are asked.")
        {
            calls.Post<CaseView>(
                "ask",
                "An organisation was asked for its professional judgement.",
                id => $"/cases/{id}/judgements",
                [of, asked],
                arguments => new JudgementRequest(arguments.GetValue(of)!, arguments.GetValue(asked))),
            Record(calls),
            calls.Get<ShownJudgement[]>("list", "Show who was asked and what they said. Each look is in the ledger.", id => $"/cases/{id}/judgements"),
        };
    }

    private static Command Record(ApiCalls calls)
    {
        var id = new Argument<string>("ID") { Description = "The case, or how its reference begins." };
        var reference = new Option<string>("--reference")
        {
            Description = "Of the question, as 'tfflow case show' says it, or how that begins.",
            Required = true,
        };
        var on = Options.RequiredDay("--on", "The day it answered.");
        var said = new Option<FileInfo>("--said") { Description = "A text file with what it said; sealed at once.", Required = true };
        var command = new Command("record", "Record what an organisation said.")
        {
            id, reference, on, said, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            if (!arguments.GetValue(said)!.Exists)
            {
                throw new CommandException(ExitCode.Usage, $"There is no such file: {arguments.GetValue(said)!.Name}.");
            }

            var of = await PathAsync(api, arguments.GetValue(id)!, cancellationToken);
            var judgements = (await api.GetAsync<CaseView>(of, cancellationToken)).Judgements.Select(judgement => judgement.Reference);
            var question = ApiCalls.Segment(References.Full(arguments.GetValue(reference)!, judgements, "judgement"));
            var words = (await File.ReadAllTextAsync(arguments.GetValue(said)!.FullName, cancellationToken)).Trim();
            var answer = new JudgementAnswer(arguments.GetValue(on), words);
            return calls.Print(arguments, await api.PostAsync<CaseView>($"{of}/judgements/{question}/answer", answer, cancellationToken));
        });
        return command;
    }

    private static Command Risk(ApiCalls calls)
    {
        var source = new Option<string>("--source") { Description = SourceWords, Required = true };
        var on = Options.RequiredDay("--on", "The day it describes.");
        RiskRequest Body(ParseResult arguments) => new(arguments.GetValue(source)!, arguments.GetValue(on));
        return new Command("risk", "The risk to somebody who visits alone.")
        {
            calls.Post<CaseView>(
                "flag", "There is a risk: from now on a visit by one is refused, and the family is visited by two or declined.", id => $"/cases/{id}/risk", [source, on], Body),
            calls.Post<CaseView>("lift", "A source says that the risk is over.", id => $"/cases/{id}/risk/lift", [source, on], Body),
        };
    }

    private static Command Visit(ApiCalls calls)
    {
        var by = new Option<string[]>("--by")
        {
            Description = "Who visits together, by their accounts.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var on = Options.RequiredDay("--on", "The day.");
        return calls.Post<CaseView>(
            "visit",
            "Record a visit that is planned or was made.",
            id => $"/cases/{id}/visits",
            [by, on],
            arguments => new VisitRequest(arguments.GetValue(by)!, arguments.GetValue(on)));
    }

    private static Command Meeting(ApiCalls calls)
    {
        var id = new Argument<string>("ID") { Description = "The case, or how its reference begins." };
        var exchange = Options.Exchange();
        var on = Options.RequiredDay("--on", "The day.");
        var parties = new Option<string[]>("--party")
        {
            Description = "Who attended and has signed the agreement, as it names them.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var guests = new Option<string[]>("--guest")
        {
            Description =
                "Who attended and has not signed: ORGANISATION=FILE, the joint action group's confidentiality agreement that it "
                + "signed. May be given several times.",
            DefaultValueFactory = _ => [],
        };
        var signed = Options.Day("--guests-signed", "The day the guests signed it. Default: the day of the meeting.");
        var shared = new Option<string[]>("--shared")
        {
            Description = $"What was shared, and with whom: KIND=ORGANISATION,ORGANISATION. KIND is one of {string.Join(", ", Kebab.All<InformationKind>())}. May be given several times.",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("meeting",
            "Record a meeting of the Team around the Family: who attended, what of which kind was shared with whom. What was said is "
            + "recorded nowhere.")
        {
            id, exchange, on, parties, guests, signed, shared, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var day = arguments.GetValue(on);
            var present = arguments.GetValue(guests)!.Select(guest => Pair("--guest", guest))
                .Select(guest => new GuestRequest(guest.Name, arguments.GetValue(signed) ?? day, Papers.Hash(new(guest.Value)))).ToList();
            var request = new TeamMeetingRequest(
                arguments.GetValue(exchange)!, day, arguments.GetValue(parties), present, [.. arguments.GetValue(shared)!.Select(Shared)]);
            return calls.Print(arguments, await api.PostAsync<CaseView>($"{await PathAsync(api, arguments.GetValue(id)!, cancellationToken)}/meetings", request, cancellationToken));
        });
        return command;
    }

    private static SharedKind Shared(string text)
    {
        var (kind, with) = Pair("--shared", text);
        return Kebab.TryParse<InformationKind>(kind, out var known)
            ? new(known, with.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            : throw new CommandException(ExitCode.Usage, $"--shared begins with a kind: one of {string.Join(", ", Kebab.All<InformationKind>())}.");
    }

    private static async Task<string> PathAsync(ApiClient api, string typed, CancellationToken cancellationToken) =>
        $"/cases/{ApiCalls.Segment(await api.FullAsync(ReferenceKind.Case, typed, cancellationToken))}";

    private static (string Name, string Value) Pair(string option, string text) => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0
        ? (text[..at], text[(at + 1)..])
        : throw new CommandException(ExitCode.Usage, $"{option} is NAME=VALUE.");

    private static Command Caf(ApiCalls calls)
    {
        var id = new Argument<string>("ID") { Description = "The case, or how its reference begins." };
        var target = new Option<FileInfo>("--out")
        {
            Description = "The page to write. It holds personal data: only you can read it.",
            Required = true,
        };
        var command = new Command("caf",
            "As its key worker: begin the family's common assessment, with what the pack may show now filled in, to print.")
        {
            id, target, calls.Server, calls.Token,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.KeyWorker);
            var page = await api.GetBytesAsync($"{await PathAsync(api, arguments.GetValue(id)!, cancellationToken)}/caf", cancellationToken);
            await using var file = OwnerOnly.Create(arguments.GetValue(target)!);
            await file.WriteAsync(page, cancellationToken);
            arguments.InvocationConfiguration.Output.WriteLine($"{arguments.GetValue(target)!.Name} holds personal data. Print it, then delete it.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Victim(ApiCalls calls)
    {
        var answer = new Argument<string>("ANSWER") { Description = "give or withdraw." };
        answer.AcceptOnlyFromAmong("give", "withdraw");
        var id = new Argument<string>("ID") { Description = "The case, or how its reference begins." };
        var person = new Option<string>("--person") { Description = "The member's reference, or how it begins.", Required = true };
        var on = Options.RequiredDay("--on", "The day the person signed, or said so.");
        var command = new Command("victim-consent",
            "Record whether a person agrees that what is known of them as a victim or witness may be read.")
        {
            answer, id, person, on, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var of = await PathAsync(api, arguments.GetValue(id)!, cancellationToken);
            var member = ApiCalls.Segment(await api.MemberAsync(of, arguments.GetValue(person)!, cancellationToken));
            var path = $"{of}/consents/{member}/victim-information" + (arguments.GetValue(answer) is "withdraw" ? "/withdrawal" : "");
            var view = await api.PostAsync<CaseView>(path, new VictimConsentRequest(arguments.GetValue(on)), cancellationToken);
            return calls.Print(arguments, view);
        });
        return command;
    }
}
