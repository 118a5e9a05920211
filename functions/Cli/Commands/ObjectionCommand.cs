using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow objection</c>: what a person objects to, and what is decided.</summary>
internal static class ObjectionCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("objection", "Objections of people to particular uses of what is known of them.")
        {
            Record(calls),
            List(calls),
            Decide(calls),
            calls.Post<ObjectionView>("withdraw", "The person took the objection back.", id => $"/objections/{id}/withdrawal", [], _ => null, kind: ReferenceKind.Objection),
        };
    }

    private static Command Record(ApiCalls calls)
    {
        var family = new Option<string>("--family") { Description = "The family's reference, or how it begins.", Required = true };
        var person = new Option<string>("--person") { Description = "The member's reference, or how it begins where the family has a case.", Required = true };
        var against = new Option<Use[]>("--against")
        {
            Description = $"What the person objects to, one or more of {string.Join(", ", Kebab.All<Use>())}.",
            HelpName = "use",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => [.. result.Tokens.Select(token => UseIn(result, token.Value))],
        };
        var reason = new Option<ObjectionReason>("--reason")
        {
            Description = $"One of {string.Join(", ", Kebab.All<ObjectionReason>())}.",
            HelpName = "reason",
            Required = true,
            CustomParser = Options.Kebab<ObjectionReason>,
        };
        var on = Options.RequiredDay("--on", "The day it was received.");
        var letter = Papers.Optional("What the person wrote");
        var command = new Command("record", "A person objects: what it is about stops at once, until it is decided.")
        {
            family, person, against, reason, on, letter, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var of = await api.FullAsync(ReferenceKind.Kept, arguments.GetValue(family)!, cancellationToken);
            var request = new ObjectionRequest(
                of,
                await api.MemberAsync($"/cases/{ApiCalls.Segment(of)}", arguments.GetValue(person)!, cancellationToken),
                arguments.GetValue(against),
                arguments.GetValue(reason),
                arguments.GetValue(on),
                Papers.HashOrNull(arguments.GetValue(letter)));
            return calls.Print(arguments, await api.PostAsync<ObjectionView>("/objections", request, cancellationToken));
        });
        return command;
    }

    private static Use UseIn(System.CommandLine.Parsing.ArgumentResult result, string text)
    {
        if (!Kebab.TryParse<Use>(text, out var use))
        {
            result.AddError($"'{text}' is none of {string.Join(", ", Kebab.All<Use>())}.");
        }

        return use;
    }

    private static Command List(ApiCalls calls)
    {
        var command = new Command("list", "List objections and where each stands.") { calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            return calls.Print(arguments, await api.GetAsync<ObjectionView[]>("/objections", cancellationToken));
        });
        return command;
    }

    private static Command Decide(ApiCalls calls)
    {
        var id = new Argument<string>("ID") { Description = "The objection, as 'tfflow objection list' names it, or how its reference begins." };
        var outcome = new Option<string>("--outcome")
        {
            Description = "upheld: what it is about has ended; not-upheld: it goes on.",
            Required = true,
        };
        outcome.AcceptOnlyFromAmong("upheld", "not-upheld");
        var decision = Papers.Required("The decision and its reasons");
        var command = new Command("decide", "As information governance: decide an objection.")
        {
            id, outcome, decision, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.InformationGovernance);
            var request = new ObjectionDecision(arguments.GetValue(outcome) is "upheld", Papers.Hash(arguments.GetValue(decision)!));
            var objection = ApiCalls.Segment(await api.FullAsync(ReferenceKind.Objection, arguments.GetValue(id)!, cancellationToken));
            return calls.Print(arguments, await api.PostAsync<ObjectionView>($"/objections/{objection}/decision", request, cancellationToken));
        });
        return command;
    }
}
