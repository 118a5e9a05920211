using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Cli.Commands;

/// <summary>The part of <c>tfflow case</c> about what a family achieved: by measure, and by nothing that anybody types.</summary>
internal static class OutcomeCommands
{
    public static IEnumerable<Command> Create(ApiCalls calls) =>
    [
        new("measurement", "Measure a family by its outcome plan, and look at what that came to.") { Take(calls), List(calls) },
        calls.Post<CaseView>(
            "outcomes",
            "Measure the family and decide its outcome by that: shown at once, not shown a year after the end of support.",
            id => $"/cases/{id}/outcomes",
            [],
            _ => null),
        MovePlan(calls),
    ];

    private static Command Take(ApiCalls calls)
    {
        var id = Id();
        var command = new Command("take",
            "Measure the family now, from what was sent to measure it. The figures stay sealed with its case.")
        {
            id, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var path = $"/cases/{ApiCalls.Segment(await api.FullAsync(ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken))}/measurements";
            var measured = await api.PostAsync<ShownMeasurement>(path, body: null, cancellationToken);
            return calls.Print(arguments, measured, () => Write(arguments.InvocationConfiguration.Output, measured));
        });
        return command;
    }

    private static Command List(ApiCalls calls)
    {
        var id = Id();
        var command = new Command("list",
            "Show the family's measurements: figures, sources, dates, and what was missing. Each look is in the ledger.")
        {
            id, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var path = $"/cases/{ApiCalls.Segment(await api.FullAsync(ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken))}/measurements";
            var all = await api.GetAsync<ShownMeasurement[]>(path, cancellationToken);
            return calls.Print(arguments, all, () =>
            {
                var output = arguments.InvocationConfiguration.Output;
                foreach (var measured in all)
                {
                    Write(output, measured);
                }

                if (all.Length == 0)
                {
                    output.WriteLine("It was not measured yet: 'tfflow case measurement take'.");
                }
            });
        });
        return command;
    }

    private static Command MovePlan(ApiCalls calls)
    {
        var plan = new Option<string>("--plan")
        {
            Description = "The family outcome plan it gets, by its name: yourtown-outcomes@2.",
            Required = true,
        };
        var reason = new Option<PlanMoveReason>("--reason")
        {
            Description = $"Why: {string.Join(", ", Kebab.All<PlanMoveReason>())}. The ledger keeps it.",
            Required = true,
            HelpName = "reason",
            CustomParser = Options.Kebab<PlanMoveReason>,
        };
        return calls.Post<CaseView>(
            "move-plan",
            "Move the family to another outcome plan than the one by which it entered.",
            id => $"/cases/{id}/outcome-plan",
            [plan, reason],
            arguments => new PlanMoveRequest(arguments.GetValue(plan)!, arguments.GetValue(reason)));
    }

    private static void Write(TextWriter output, ShownMeasurement measured)
    {
        foreach (var line in measured.Explanation)
        {
            output.WriteLine(line);
        }

        if (measured.AtEntry.Count > 0)
        {
            output.WriteLine("At entry:");
        }

        foreach (var line in measured.AtEntry)
        {
            output.WriteLine("  " + line);
        }
    }

    private static Argument<string> Id() => new("ID") { Description = "The case, or how its reference begins." };
}
