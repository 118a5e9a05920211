using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Outcomes;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow claim</c>: payment by results, through the API.</summary>
internal static class ClaimCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("claim", "Payment by results: claims with their evidence, the internal audit's sample, the anonymous return.")
        {
            calls.Post<ClaimView>("make", "Claim for a family whose outcome was shown by measure: once, ever.", id => $"/cases/{id}/claim",
                [], _ => null),
            List(calls),
            Sample(calls),
            Audit(calls, "confirm", "The internal audit confirms a claim that was drawn.", confirmed: true),
            Audit(calls, "reject", "The internal audit does not confirm a claim that was drawn: it is not returned.", confirmed: false),
            Return(calls),
        };
    }

    private static Command List(ApiCalls calls)
    {
        var command = new Command("list", "List claims and where each stands.") { calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            return calls.Print(arguments, await api.GetAsync<ClaimView[]>("/claims", cancellationToken));
        });
        return command;
    }

    private static Command Sample(ApiCalls calls)
    {
        var seed = Options.Whole("--seed", "The same seed draws the same claims: the ledger keeps it.", number => number >= 0,
            "of at least 0", absent: 1);
        var percent = Options.Whole("--percent", "Of the claims that no return has counted.", number => number is >= 1 and <= 100,
            "from 1 to 100", absent: 10);
        var command = new Command("sample", "Draw the claims that the internal audit looks at.") { seed, percent, calls.Server, calls.Token,
            calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.InformationGovernance);
            var sample = new SampleRequest(arguments.GetValue(seed), arguments.GetValue(percent));
            return calls.Print(arguments, await api.PostAsync<ClaimSample>("/claims/samples", sample, cancellationToken));
        });
        return command;
    }

    private static Command Audit(ApiCalls calls, string name, string description, bool confirmed) => calls.Post<ClaimView>(
        name, description, id => $"/claims/{id}/audit", [], _ => new ClaimAudit(confirmed), Role.InformationGovernance,
            ReferenceKind.Claim);

    private static Command Return(ApiCalls calls)
    {
        var command = new Command("return", "Make the anonymous return to the Department, into the authority's outbox.") { calls.Server,
            calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            return calls.Print(arguments, await api.PostAsync<ClaimReturn>("/claims/returns", body: null, cancellationToken));
        });
        return command;
    }
}
