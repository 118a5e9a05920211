using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Governance;
using TfFlow.Programme.Governance;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow access ask|authorise|grant|refuse|review|contact|revoke|list</c>: who of the authority's own staff is let in.</summary>
internal static class AccessCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("access",
            "Who of the authority's own staff is let in: asked for, authorised by the coordinator, granted by the permissions administrator.")
        {
            Ask(calls),
            Step(calls, "authorise", "Authorise what was asked for, as the coordinator.", RegisterStep.Authorise, Role.Coordinator),
            Step(calls, "grant", "Grant what was authorised, as the permissions administrator: the account is let in from now on.",
                RegisterStep.Grant, Role.PermissionsAdministrator),
            Step(calls, "refuse", "Refuse what was asked for.", RegisterStep.Refuse, Role.Coordinator),
            Review(calls),
            Contact(calls),
            Step(calls, "revoke", "Revoke access: the account is let in no more.", RegisterStep.End, Role.Coordinator),
            Reads(calls),
            calls.Show<RegisterView[]>("list", "List accounts, what they may, and until when; those that are let in no more too.",
                "tfflow access list", Role.Coordinator, [], _ => "/registers/access", RegisterCommand.Narrow),
        };
    }

    private static Command Reads(ApiCalls calls)
    {
        var (from, to) = (Options.Day("--from", "The first day. Default: a month ago."),
            Options.Day("--to", "The last day. Default: today."));
        return calls.Show<ReadReport>(
            "reads",
            "Show who read what is about people: how often by account, unusual volumes flagged, and a sample to look through. 'tfflow register record read-review' records what was found.",
            "tfflow access reads --from 2026-03-01 --to 2026-03-31",
            Role.InformationGovernance,
            [from, to],
            arguments => $"/reads?{string.Join('&', new[] { ("from", arguments.GetValue(from)), ("to", arguments.GetValue(to)) }.Where(day => day.Item2 is not null).Select(day => FormattableString.Invariant($"{day.Item1}={day.Item2:yyyy-MM-dd}")))}");
    }

    private static Command Ask(ApiCalls calls)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "The account; not the person's name." };
        var role = new Option<string>("--role") { Description = $"One of {string.Join(", ", RegisterDefinitions.All[RegisterKind.Access].Scopes)}.", Required = true };
        role.AcceptOnlyFromAmong([.. RegisterDefinitions.All[RegisterKind.Access].Scopes]);
        var (until, paper) = (Options.RequiredDay("--until", "The last day of the access, within a year."), Papers.Optional("The request"));
        return calls.Act<RegisterView>(
            "ask",
            "Ask for an account's access in a role.",
            "tfflow access ask k.worker --role key-worker --until 2026-12-31 --paper request.pdf",
            Role.Coordinator,
            [account, role, until, paper],
            _ => "/registers/access",
            arguments => new RegisterRecord(
                Account: arguments.GetValue(account), Scope: arguments.GetValue(role), Until: arguments.GetValue(until),
                    PaperSha256: Papers.HashOrNull(arguments.GetValue(paper))));
    }

    private static Command Contact(ApiCalls calls)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "The account, as the register of access has it." };
        var name = new Option<string>("--name") { Description = "The person's name, as First Response is to know it.", Required = true };
        var contact = new Option<string>("--contact") { Description = "A telephone number or an address at work.", Required = true };
        return calls.Act<RegisterView>(
            "contact",
            "Register an account's name and contact, sealed, for those who must reach its person: call handlers see who supports a family.",
            "tfflow access contact k.worker --name Worker --contact 0116",
            Role.Coordinator,
            [account, name, contact],
            arguments => $"/staff/{ApiCalls.Segment(arguments.GetValue(account)!)}/contact",
            arguments => new StaffContact(arguments.GetValue(name)!, arguments.GetValue(contact)!));
    }

    private static Command Step(ApiCalls calls, string name, string words, RegisterStep step, Role role)
    {
        var id = GovernanceCalls.Id("The entry, as 'tfflow access list' lists it.");
        return calls.Command(
            name,
            words,
            $"tfflow access {name} 0123456789abcdef0123",
            [id],
            (arguments, cancellationToken) => RegisterCommand.TakeAsync(calls, arguments, RegisterKind.Access, arguments.In(id), step,
                role, new(), cancellationToken));
    }

    private static Command Review(ApiCalls calls)
    {
        var (id, until) = (GovernanceCalls.Id("The entry, as 'tfflow access list' lists it."),
            Options.RequiredDay("--until", "The new last day, within a year."));
        return calls.Command(
            "review",
            "Record that an account's access was reviewed and is still needed.",
            "tfflow access review 0123456789abcdef0123 --until 2027-06-30",
            [id, until],
            (arguments, cancellationToken) => RegisterCommand.TakeAsync(
                calls, arguments, RegisterKind.Access, arguments.In(id), RegisterStep.Review, Role.Coordinator,
                    new(Until: arguments.GetValue(until)), cancellationToken));
    }
}
