using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Governance;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow register record|review|end|list</c>: the governance registers, each by its kind.</summary>
internal static class RegisterCommand
{
    private const string Example = "tfflow register record asset-approval --exchange testshire-attendance --scope source --paper approval.pdf";

    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("register",
            "Keep the registers that the agreements ask for: approvals, named people, contracts, onward disclosures, risks, orders.")
        {
            Kinds(),
            Record(calls),
            Review(calls),
            End(calls),
            List(calls),
        };
    }

    private static Command Kinds()
    {
        var command = new Command("kinds", "List the registers: what each holds, who keeps it, and what follows from it.");
        command.SetAction(arguments =>
        {
            foreach (var definition in RegisterDefinitions.All.Values)
            {
                arguments.InvocationConfiguration.Output.WriteLine($"{Kebab.Of(definition.Kind)}: {definition.What} ({definition.Source}).");
                if (definition.Scopes.Count > 0)
                {
                    arguments.InvocationConfiguration.Output.WriteLine($"  --scope: {string.Join(", ", definition.Scopes)}");
                }

                arguments.InvocationConfiguration.Output.WriteLine($"  Kept by: {string.Join(", ", definition.RecordedBy.Select(AnswerText.Sentence)).ToLowerInvariant()}. {definition.Consequence}");
            }

            return ExitCode.Done;
        });
        return command.WithExample("tfflow register kinds");
    }

    private static Command Record(ApiCalls calls)
    {
        var kind = Kind();
        var agreement = new Option<string?>("--agreement") { Description = "The agreement's id." };
        var version = new Option<string?>("--version") { Description = "One version of it, by its date." };
        var exchange = new Option<string?>("--exchange") { Description = "The exchange, as the agreement names it." };
        var party = new Option<string?>("--party") { Description = "The party that gives it, or that it is about." };
        var recipient = new Option<string?>("--recipient") { Description = "To whom something may be handed on." };
        var account = new Option<string?>("--account") { Description = "The person's account; not their name." };
        var scope = new Option<string?>("--scope") { Description = "What it covers: a word that 'tfflow register kinds' lists." };
        var cleared = Options.Day("--cleared", "The day the person passed a security check.");
        var from = Options.Day("--from", "The first day it has effect. Default: at once, or after the notice that is asked for.");
        var until = Options.Day("--until", "The last day on which it stands.");
        var review = Options.Day("--review-on", "The last day on which it may be looked at again.");
        var levels = new Option<int[]>("--levels")
        {
            Description = "Of a risk: likelihood, impact, and both as they are left by the countermeasure, each from 1 (low) to 4 (very high).",
            AllowMultipleArgumentsPerToken = true,
        };
        var paper = Papers.Optional("The paper it rests on");
        return calls.Command(
            "record",
            "Record an entry of a register.",
            Example,
            [kind, agreement, version, exchange, party, recipient, account, scope, cleared, from, until, review, levels, paper],
            async (arguments, cancellationToken) =>
            {
                var body = new RegisterRecord(
                    Agreement: arguments.GetValue(agreement),
                    Version: arguments.GetValue(version),
                    Exchange: arguments.GetValue(exchange),
                    Party: arguments.GetValue(party),
                    Recipient: arguments.GetValue(recipient),
                    Account: arguments.GetValue(account),
                    Scope: arguments.GetValue(scope),
                    Levels: arguments.GetValue(levels) is [var likelihood, var impact, var residualLikelihood, var residualImpact]
                        ? new(likelihood, impact, residualLikelihood, residualImpact) : null,
                    ClearedOn: arguments.GetValue(cleared),
                    EffectOn: arguments.GetValue(from),
                    Until: arguments.GetValue(until),
                    ReviewOn: arguments.GetValue(review),
                    PaperSha256: Papers.HashOrNull(arguments.GetValue(paper)));
                using var api = calls.Open(arguments, Keeper(arguments.GetValue(kind)));
                return calls.Print(arguments, await api.PostAsync<RegisterView>($"/registers/{Kebab.Of(arguments.GetValue(kind))}", body,
                    cancellationToken));
            });
    }

    private static Command Review(ApiCalls calls)
    {
        var (kind, id, paper) = (Kind(), GovernanceCalls.Id("The entry, as 'tfflow register list' lists it."),
            Papers.Optional("The record of the review"));
        var (until, review) = (Options.Day("--until", "The new last day, where the register has one."),
            Options.Day("--review-on", "The day of the next review, where the register has one."));
        return calls.Command(
            "review",
            "Record that an entry was looked at again and still holds.",
            "tfflow register review processor-contract 0123456789abcdef0123 --until 2028-03-31 --paper renewal.pdf",
            [kind, id, until, review, paper],
            (arguments, cancellationToken) => TakeAsync(
                calls, arguments, arguments.GetValue(kind), arguments.In(id), RegisterStep.Review, Keeper(arguments.GetValue(kind)),
                    new(Papers.HashOrNull(arguments.GetValue(paper)), arguments.GetValue(until), arguments.GetValue(review)),
                    cancellationToken));
    }

    private static Command End(ApiCalls calls)
    {
        var (kind, id, paper) = (Kind(), GovernanceCalls.Id("The entry, as 'tfflow register list' lists it."),
            Papers.Optional("The paper it rests on"));
        return calls.Command(
            "end",
            "End an entry: an approval is taken back, a person is no longer named, an order is lifted, a notice withdrawn before its day.",
            "tfflow register end named-person 0123456789abcdef0123",
            [kind, id, paper],
            (arguments, cancellationToken) => TakeAsync(
                calls, arguments, arguments.GetValue(kind), arguments.In(id), RegisterStep.End, Keeper(arguments.GetValue(kind)),
                    new(Papers.HashOrNull(arguments.GetValue(paper))), cancellationToken));
    }

    private static Command List(ApiCalls calls)
    {
        var kind = Kind();
        return calls.Show<RegisterView[]>(
            "list",
            "List the entries of a register, those that stand no more too.",
            "tfflow register list named-person",
            Role.InformationGovernance,
            [kind],
            arguments => $"/registers/{Kebab.Of(arguments.GetValue(kind))}",
            Narrow);
    }

    /// <summary>Without the digests and what is the same of every entry: <c>--json</c> has them.</summary>
    internal static object Narrow(RegisterView[] entries) => entries
        .Select(entry => new
        {
            entry.Id,
            entry.State,
            entry.Agreement,
            entry.Version,
            entry.Exchange,
            entry.Party,
            entry.Recipient,
            entry.Account,
            entry.Scope,
            entry.Answers,
            entry.Priority,
            entry.RecordedAt,
            entry.EffectAt,
            entry.Until,
            entry.ReviewOn
        })
        .ToArray();

    internal static async Task<int> TakeAsync(
        ApiCalls calls, ParseResult arguments, RegisterKind kind, string id, RegisterStep step, Role role, RegisterStepRequest body,
            CancellationToken cancellationToken)
    {
        using var api = calls.Open(arguments, role);
        var entries = $"/registers/{Kebab.Of(kind)}";
        var full = await api.FullAsync(new("entry", entries), id, cancellationToken);
        return calls.Print(arguments, await api.PostAsync<RegisterView>($"{entries}/{full}/{Kebab.Of(step)}", body, cancellationToken));
    }

    // On its own machine the command acts as whoever keeps the register.
    private static Role Keeper(RegisterKind kind) => Enum.Parse<Role>(RegisterDefinitions.All[kind].RecordedBy[0]);

    private static Argument<RegisterKind> Kind() => new("KIND")
    {
        Description = $"One of {string.Join(", ", Kebab.All<RegisterKind>())}.",
        CustomParser = Options.Kebab<RegisterKind>,
    };
}
