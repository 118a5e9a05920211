using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow breach open|report|assess|conclude|list</c>: a breach of an agreement, step by step.</summary>
internal static class BreachCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("breach", "Record a breach of an agreement and what is done about it.")
        {
            Open(calls),
            Step(
                calls,
                "report",
                "Record that the Information Commissioner was told (due within 72 hours of a serious breach), or that the police were consulted.",
                "tfflow breach report 0123456789abcdef0123 --to commissioner --paper notification.pdf",
                new Option<string>("--to") { Description = "commissioner or police.", Required = true },
                ("commissioner", BreachStep.CommissionerNotified),
                ("police", BreachStep.PoliceConsulted)),
            Step(
                calls,
                "assess",
                "Record what was found: the breach is serious, it was investigated, or discipline was considered.",
                "tfflow breach assess 0123456789abcdef0123 --as investigated --staff-responsible --paper investigation.pdf",
                new Option<string>("--as") { Description = "serious, investigated or discipline-considered.", Required = true },
                ("serious", BreachStep.FoundSerious),
                ("investigated", BreachStep.Investigated),
                ("discipline-considered", BreachStep.DisciplineConsidered)),
            Conclude(calls),
            calls.Show<BreachView[]>("list", "List breaches, where each stands and what is due.", "tfflow breach list",
                Role.InformationGovernance, [], _ => "/breaches", Narrow),
        };
    }

    private static object Narrow(BreachView[] breaches) => breaches
        .Select(breach => new
        {
            breach.Id,
            breach.State,
            breach.Kind,
            breach.Serious,
            breach.Exchange,
            breach.By,
            breach.Provider,
            breach.AwareAt,
            Due = breach.Due.Select(due => $"{due.What} by {due.At:yyyy-MM-dd HH:mm}")
        })
        .ToArray();

    private static Command Open(ApiCalls calls)
    {
        var (exchange, paper) = (Options.Exchange(), Papers.Required("The report: what happened, and to whom"));
        var by = GovernanceCalls.Text("--by", "The party that reports it, as the agreement names it.");
        var provider = GovernanceCalls.Text("--provider", "The party that provided the information: it is told at once.");
        var kind = new Option<BreachKind>("--kind")
        {
            Description = $"One of {string.Join(", ", Kebab.All<BreachKind>())}.",
            HelpName = "kind",
            Required = true,
            CustomParser = Options.Kebab<BreachKind>
        };
        var serious = new Option<bool>("--serious") { Description = "It may put people at risk: the Commissioner is told within 72 hours." };
        var third = new Option<bool>("--third-party") { Description = "It was done by a third party that had received the information." };
        var aware = Options.Moment("--aware", "When somebody knew of it, in UTC, like 2026-03-02T09:00. Default: now, by the host's clock.");
        return calls.Act<BreachView>(
            "open",
            "Record a breach: the party that provided the information is told at once, whatever stands against the agreement.",
            "tfflow breach open --exchange testshire-attendance --by testshire-council --provider school-1 --kind wrong-disclosure --serious --paper report.pdf",
            Role.InformationGovernance,
            [exchange, by, provider, kind, serious, third, aware, paper],
            arguments => $"/agencies/{ApiCalls.Segment(arguments.GetValue(by)!)}/breaches",
            arguments => new BreachRequest(
                arguments.GetValue(exchange)!,
                arguments.GetValue(provider)!,
                arguments.GetValue(kind),
                arguments.GetValue(serious),
                arguments.GetValue(aware),
                Papers.Hash(arguments.GetValue(paper)!),
                arguments.GetValue(third)));
    }

    private static Command Step(ApiCalls calls, string name, string words, string example, Option<string> which,
        params (string Word, BreachStep Step)[] steps)
    {
        var (id, paper) = (GovernanceCalls.Id("The breach, as 'tfflow breach list' lists it."),
            Papers.Required("The paper the step rests on"));
        var staff = new Option<bool>("--staff-responsible") { Description = "With investigated: a member of staff was found responsible." };
        which.AcceptOnlyFromAmong([.. steps.Select(step => step.Word)]);
        return calls.Act<BreachView>(
            name,
            words,
            example,
            Role.InformationGovernance,
            steps.Any(step => step.Step is BreachStep.Investigated) ? [id, which, staff, paper] : [id, which, paper],
            arguments => $"/breaches/{arguments.In(id)}/steps",
            arguments => new BreachStepRequest(
                steps.Single(step => step.Word == arguments.GetValue(which)).Step,
                Papers.Hash(arguments.GetValue(paper)!),
                steps.Any(step => step.Step is BreachStep.Investigated) && arguments.GetValue(staff)));
    }

    private static Command Conclude(ApiCalls calls)
    {
        var (id, paper) = (GovernanceCalls.Id("The breach, as 'tfflow breach list' lists it."), Papers.Required("Outcome and learning"));
        return calls.Act<BreachView>(
            "conclude",
            "Settle outcome and learning: every party of the agreement is told, and the breach is concluded.",
            "tfflow breach conclude 0123456789abcdef0123 --paper learning.pdf",
            Role.InformationGovernance,
            [id, paper],
            arguments => $"/breaches/{arguments.In(id)}/steps",
            arguments => new BreachStepRequest(BreachStep.OutcomeSettled, Papers.Hash(arguments.GetValue(paper)!)));
    }
}
