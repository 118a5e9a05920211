using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow hold place|review|release|list</c>: legal holds.</summary>
internal static class HoldCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("hold", "Keep exactly what is named from erasure, until it is released.")
        {
            Place(calls),
            Review(calls),
            Release(calls),
            calls.Show<HoldView[]>("list", "List legal holds, those that were released too.", "tfflow hold list",
                Role.InformationGovernance, [], _ => "/holds"),
        };
    }

    private static Command Place(ApiCalls calls)
    {
        var references = new Argument<string[]>("REFERENCE")
        {
            Description = "What exactly is held: extracts, families with their cases, requests for anonymous extracts, rounds of a study, by their references.",
            Arity = ArgumentArity.OneOrMore,
        };
        var reason = new Option<HoldReason>("--reason")
        {
            Description = $"One of {string.Join(", ", Kebab.All<HoldReason>().Where(word => word != Kebab.Of(HoldReason.None)))}.",
            HelpName = "reason",
            Required = true,
            CustomParser = Options.Kebab<HoldReason>,
        };
        var (review, paper) = (Options.RequiredDay("--review-on", "The last day of its first review, within a year."),
            Papers.Required("The written order"));
        return calls.Act<HoldView>(
            "place",
            "Place a legal hold: exactly what it names is not erased. It permits no use.",
            "tfflow hold place 0123456789abcdef0123 --reason court-order --review-on 2026-09-01 --paper order.pdf",
            Role.InformationGovernance,
            [references, reason, review, paper],
            _ => "/holds",
            arguments => new HoldRequest(arguments.GetValue(reason), Papers.Hash(arguments.GetValue(paper)!),
                arguments.GetValue(references), arguments.GetValue(review)));
    }

    private static Command Review(ApiCalls calls)
    {
        var (id, next) = (GovernanceCalls.Id("The hold, as 'tfflow hold list' lists it."),
            Options.RequiredDay("--next", "The last day of its next review, within a year."));
        return calls.Act<HoldView>(
            "review",
            "Record that a legal hold was reviewed and is still needed.",
            "tfflow hold review 0123456789abcdef0123 --next 2027-03-01",
            Role.InformationGovernance,
            [id, next],
            arguments => $"/holds/{arguments.In(id)}/review",
            arguments => new HoldReviewRequest(arguments.GetValue(next)));
    }

    private static Command Release(ApiCalls calls)
    {
        var id = GovernanceCalls.Id("The hold, as 'tfflow hold list' lists it.");
        return calls.Act<HoldView>(
            "release",
            "Release a legal hold: the next sweep erases what is due and under no other.",
            "tfflow hold release 0123456789abcdef0123",
            Role.InformationGovernance,
            [id],
            arguments => $"/holds/{arguments.In(id)}/release",
            _ => null);
    }
}
