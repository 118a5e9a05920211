using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow case person</c>: a coordinator says that two references of a family are one person, or two.</summary>
internal static class PersonCommand
{
    public static Command Of(ApiCalls calls)
    {
        var reason = new Option<PersonPairReason>("--reason")
        {
            Description = $"Why you say it: {string.Join(", ", Kebab.All<PersonPairReason>())}. The ledger keeps it.",
            Required = true,
            HelpName = "reason",
            CustomParser = Options.Kebab<PersonPairReason>,
        };
        return new Command(
            "person", "One person held under two references: look at both, say that they are one person or two, take it back.")
        {
            Pair<ComparedPeople>(
                calls, "compare", "Show all that names two references, side by side. Each look is in the ledger.", "comparisons", null),
            Pair<CaseView>(
                calls, "one", "They are one person: from now on they are treated as one. Compare them first.", "one-person", reason),
            Pair<CaseView>(
                calls, "two", "They are two people: 'case people' does not ask again. Compare them first.", "two-people", reason),
            Pair<CaseView>(
                calls, "undo", "Take back what was said of them: they are two again, each with a consent of their own.", "undo", null),
        };
    }

    private static Command Pair<T>(ApiCalls calls, string name, string description, string path, Option<PersonPairReason>? reason)
    {
        var id = new Argument<string>("ID") { Description = "The case, or how its reference begins." };
        var one = new Argument<string>("ONE")
        {
            Description = "A reference of the family, as 'tfflow case people' says it, or how it begins.",
        };
        var other = new Argument<string>("OTHER") { Description = "Another." };
        var command = new Command(name, description) { id, one, other, calls.Server, calls.Token, calls.Json };
        if (reason is not null)
        {
            command.Options.Add(reason);
        }

        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var of = $"/cases/{ApiCalls.Segment(await api.FullAsync(ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken))}";
            var first = await api.MemberAsync(of, arguments.GetValue(one)!, cancellationToken);
            var second = await api.MemberAsync(of, arguments.GetValue(other)!, cancellationToken);
            object body = reason is null
                ? new PersonPairRequest(first, second)
                : new PersonVerdictRequest(first, second, arguments.GetValue(reason));
            return calls.Print(arguments, await api.PostAsync<T>($"{of}/people/{path}", body, cancellationToken));
        });
        return command;
    }
}
