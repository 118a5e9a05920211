using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Cases;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow case</c>: what a coordinator and a key worker do in a family's case, through the API.</summary>
internal static class CaseCommand
{
    public static Command Create(Option<string> folder, IAnsiConsole console)
    {
        var calls = new ApiCalls(folder);
        return new Command("case", "Work with families' cases.")
        {
            List(calls, console),
            calls.Get<CaseView>("show", "Show one case.", id => $"/cases/{id}"),
            Open(calls),
            Assess(calls),
            Currency(calls),
            Suitability(calls),
            Invite(calls),
            Consent(calls),
            Duty(calls),
            Allocate(calls),
            Marker(calls),
            calls.Post<CaseView>("complete", "Support is completed: the marker is taken off.", id => $"/cases/{id}/completion", [], _ => null),
            calls.Post<CaseView>("close", "The family does not take part.", id => $"/cases/{id}/closure", [], _ => null),
            Outcomes(calls),
            Review(calls),
            Problem(calls),
            calls.Get<CaseInformation>("pack", "Show the information pack: every item with its source and as-at date.", id => $"/cases/{id}/pack"),
            calls.Get<CaseInformation>("incidents", "Show further incidents, as the family's key worker.", id => $"/cases/{id}/incidents", Role.KeyWorker),
            calls.Get<CaseInformation>("progress", "Show what came to measure the family's progress, for the check of its outcomes.", id => $"/cases/{id}/progress"),
        };
    }

    private static Command List(ApiCalls calls, IAnsiConsole console)
    {
        var command = new Command("list", "List cases and where each stands.") { calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var cases = await api.GetAsync<CaseView[]>("/cases", cancellationToken);
            if (arguments.GetValue(calls.Json))
            {
                return calls.Print(arguments, cases);
            }

            var table = new Table().Border(TableBorder.Simple).AddColumns("Case", "State", "Basis", "Key worker", "Marker", "Due");
            foreach (var row in cases)
            {
                table.AddRow(row.Id, AnswerText.Sentence(row.State), row.Basis, row.KeyWorker ?? "–", row.Marker, row.DueAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "–");
            }

            console.Write(table);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Open(ApiCalls calls)
    {
        var involved = new Option<string[]>("--involved") { Description = "References of the members who are involved. Default: all that the family's records name.", AllowMultipleArgumentsPerToken = true };
        return calls.Post<CaseView>("open", "Open the case of a family of the cohort.", id => $"/families/{id}/case", [involved], arguments => new CaseOpening(arguments.GetValue(involved)));
    }

    private static Command Assess(ApiCalls calls)
    {
        var multiAgency = new Option<bool>("--multi-agency") { Description = "A multi-agency approach suits the family." };
        return calls.Post<CaseView>(
            "assess", "What support the family already receives was assessed.", id => $"/cases/{id}/assessment", [multiAgency], arguments => new AssessmentRequest(arguments.GetValue(multiAgency)));
    }

    private static Command Currency(ApiCalls calls)
    {
        var extract = new Option<string>("--extract") { Description = "What the source sent, as 'tfflow case show' lists it.", Required = true };
        var current = new Option<bool>("--current") { Description = "The source says that it is still current; without this, that it is not." };
        return calls.Post<CaseView>(
            "currency",
            "A source said whether what it sent is still current.",
            id => $"/cases/{id}/currency",
            [extract, current],
            arguments => new CurrencyAnswer(arguments.GetValue(extract)!, arguments.GetValue(current)));
    }

    private static Command Suitability(ApiCalls calls)
    {
        var loneWorker = new Option<bool>("--lone-worker-considered") { Description = "Danger to a lone key worker was looked at." };
        var suitable = new Option<bool>("--suitable") { Description = "The family is suitable." };
        var asked = Options.Day("--judgement-asked", "The day professionals were asked for their judgement.");
        return calls.Post<CaseView>(
            "suitability",
            "The final check before the invitation.",
            id => $"/cases/{id}/suitability",
            [loneWorker, suitable, asked],
            arguments => new SuitabilityRequest(arguments.GetValue(loneWorker), arguments.GetValue(suitable), arguments.GetValue(asked)));
    }

    private static Command Invite(ApiCalls calls)
    {
        var notice = new Option<string>("--notice") { Description = "The version of the privacy notice that everyone was given.", Required = true };
        return calls.Post<CaseView>("invite", "The family is invited, and everyone involved asked for consent.", id => $"/cases/{id}/invitation", [notice], arguments => new InvitationRequest(arguments.GetValue(notice)!));
    }

    private static Command Consent(ApiCalls calls)
    {
        var answer = new Argument<string>("ANSWER") { Description = "give, refuse or withdraw." };
        answer.AcceptOnlyFromAmong("give", "refuse", "withdraw");
        var person = new Option<string>("--person") { Description = "The member's reference.", Required = true };
        var form = new Option<FileInfo?>("--form") { Description = "With give: the signed form as JSON (signedOn, signedBy, victimInformation, surname, forenames, dateOfBirth, address, postcode)." };
        var id = new Argument<string>("ID") { Description = "The case." };
        var command = new Command("consent", "Record a person's answer, or its withdrawal.") { answer, id, person, form, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var view = await api.PostAsync<CaseView>(
                $"/cases/{ApiCalls.Segment(arguments.GetValue(id)!)}/consents/{ApiCalls.Segment(arguments.GetValue(person)!)}/{arguments.GetValue(answer)}",
                arguments.GetValue(form) is { } file ? await ReadAsync(file, cancellationToken) : null,
                cancellationToken);
            return calls.Print(arguments, view);
        });
        return command;
    }

    private static async Task<ConsentFormRequest> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await using var text = file.OpenRead();
            return (await JsonSerializer.DeserializeAsync<ConsentFormRequest>(text, Lifecycle.Outbox.Json, cancellationToken))!;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // The parser's own message quotes what it met.
            throw new CommandException(ExitCode.Refused, $"{file.Name} is not a signed form in JSON: see 'tfflow case consent --help'.");
        }
    }

    private static Command Duty(ApiCalls calls)
    {
        var enactment = new Option<string>("--enactment") { Description = "The duty: Children Act 1989 s47, …", Required = true };
        var why = new Option<string>("--why") { Description = "Why it applies to this family; sealed at once.", Required = true };
        return calls.Post<CaseView>(
            "duty", "Record a specific legal duty to share without consent.", id => $"/cases/{id}/duty", [enactment, why], arguments => new DutyRequest(arguments.GetValue(enactment)!, arguments.GetValue(why)!));
    }

    private static Command Allocate(ApiCalls calls)
    {
        var account = new Option<string>("--key-worker") { Description = "The key worker's account.", Required = true };
        return calls.Post<CaseView>("allocate", "Allocate the key worker: support begins.", id => $"/cases/{id}/key-worker", [account], arguments => new AllocationRequest(arguments.GetValue(account)!));
    }

    private static Command Marker(ApiCalls calls)
    {
        var exchange = Options.Exchange();
        var police = new Option<string>("--police") { Description = "The force, as the agreement names it.", Required = true };
        return calls.Post<CaseView>(
            "marker", "Have a marker set; it is taken off by itself.", id => $"/cases/{id}/marker", [exchange, police], arguments => new MarkerRequest(arguments.GetValue(exchange)!, arguments.GetValue(police)!));
    }

    private static Command Problem(ApiCalls calls)
    {
        var problem = new Option<string>("--problem")
        {
            Description = "Which: a criterion of the programme, by its id (crime, domestic-abuse, …).",
            Required = true,
        };
        var source = new Option<string>("--source")
        {
            Description = "Who says so: an organisation as the agreements name it, key-worker or family.",
            Required = true,
        };
        var on = Options.RequiredDay("--on", "The day it came to light.");
        var reference = new Option<string>("--reference")
        {
            Description = "Its reference, as 'tfflow case problem list' says it.",
            Required = true,
        };
        return new Command("problem", "Problems of a family that came to light after work with it had begun.")
        {
            calls.Post<CaseView>(
                "add",
                "Add a problem, with its source and day. Which one it is is sealed at once.",
                id => $"/cases/{id}/problems",
                [problem, source, on],
                arguments => new ProblemRequest(arguments.GetValue(problem)!, arguments.GetValue(source)!, arguments.GetValue(on))),
            TakeBack(calls, reference),
            calls.Get<FamilyProblems>(
                "list",
                "Show what the family was found with and what came to light since. Each look is in the ledger.",
                id => $"/cases/{id}/problems"),
        };
    }

    private static Command TakeBack(ApiCalls calls, Option<string> reference)
    {
        var id = new Argument<string>("ID") { Description = "The case." };
        var command = new Command("withdraw", "Take a problem back that was recorded in error: what is said of it is erased.")
        {
            id, reference, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var (of, problem) = (ApiCalls.Segment(arguments.GetValue(id)!), ApiCalls.Segment(arguments.GetValue(reference)!));
            var path = $"/cases/{of}/problems/{problem}/withdrawal";
            return calls.Print(arguments, await api.PostAsync<CaseView>(path, body: null, cancellationToken));
        });
        return command;
    }

    private static Command Outcomes(ApiCalls calls)
    {
        var cost = Options.RequiredDay("--cost-checked", "The day the cost was compared, a year after the end of support.");
        var outcomes = Options.RequiredDay("--outcomes-checked", "The day the outcomes were found sustained or not.");
        return calls.Post<CaseView>(
            "outcomes", "The checks after completion were made.", id => $"/cases/{id}/outcomes", [cost, outcomes], arguments => new OutcomesRequest(arguments.GetValue(cost), arguments.GetValue(outcomes)));
    }

    private static Command Review(ApiCalls calls)
    {
        var risk = new Option<bool>("--further-risk") { Description = "There are signs of further risk: kept, and reviewed again. Without this the case is erased." };
        return calls.Post<CaseView>("review", "The case was reviewed for signs of further risk.", id => $"/cases/{id}/review", [risk], arguments => new ReviewRequest(arguments.GetValue(risk)));
    }
}
