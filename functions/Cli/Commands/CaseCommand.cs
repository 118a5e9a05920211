using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow case</c>: what a coordinator and a key worker do in a family's case, through the API.</summary>
internal static class CaseCommand
{
    private static readonly TimeSpan PackInterval = TimeSpan.FromSeconds(0.2);

    /// <summary>How long a pack is waited for. It takes moments; a host that is down for longer goes on with it later.</summary>
    private static readonly TimeSpan PackPatience = TimeSpan.FromMinutes(1);

    public static Command Create(Option<string> folder, IAnsiConsole console)
    {
        var calls = new ApiCalls(folder);
        var command = new Command("case", "Work with families' cases.")
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
            calls.Post<CaseView>(
                "reopen",
                "A family comes back: its case begins anew, and what was sealed for it before is erased.",
                id => $"/cases/{id}/reopening",
                [],
                _ => null),
            Review(calls),
            Problem(calls),
            calls.Get<CaseInformation>("pack", "Show the information pack: every item with its source and as-at date.", id => $"/cases/{id}/pack"),
            calls.Get<CaseInformation>("incidents", "Show further incidents, as the family's key worker.", id => $"/cases/{id}/incidents", Role.KeyWorker),
            People(calls),
            PersonCommand.Of(calls),
            calls.Get<InvolvedServices>(
                "services",
                "Show which services work with the family, and which did before, with whom to ask there. Each look is in the ledger.",
                id => $"/cases/{id}/services"),
            calls.Get<CaseInformation>("progress", "Show what came to measure the family's progress, for the check of its outcomes.", id => $"/cases/{id}/progress"),
        };
        foreach (var practice in PracticeCommands.Create(calls).Concat(OutcomeCommands.Create(calls)))
        {
            command.Subcommands.Add(practice);
        }

        return command;
    }

    private static Argument<string> CaseId() => new("ID") { Description = "The case, or how its reference begins." };

    private static Command List(ApiCalls calls, IAnsiConsole console)
    {
        var command = new Command("list", "List cases and where each stands.") { calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var cases = await api.GetAsync<CaseView[]>("/cases", cancellationToken);
            return calls.Print(arguments, cases, () => Write(console, cases));
        });
        return command;
    }

    private static void Write(IAnsiConsole console, IEnumerable<CaseView> cases)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Case", "State", "Basis", "Key worker", "Marker", "Due");
        foreach (var row in cases)
        {
            var due = row.DueAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "–";
            table.AddRow(row.Id, AnswerText.Sentence(row.State), row.Basis, row.KeyWorker ?? "–", row.Marker, due);
        }

        console.Write(table);
    }

    private static Command People(ApiCalls calls)
    {
        var id = CaseId();
        var purpose = new Option<LookPurpose>("--purpose")
        {
            Description = $"Why you look: {string.Join(", ", Kebab.All<LookPurpose>())}. The ledger keeps it.",
            Required = true,
            HelpName = "purpose",
            CustomParser = Options.Kebab<LookPurpose>,
        };
        var command = new Command(
            "people", "Show who the people of the family are: reference, name, date of birth, address, role. Each look is in the ledger.")
        {
            id, purpose, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var full = await api.FullAsync(ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken);
            var path = $"/cases/{ApiCalls.Segment(full)}/people?purpose={Kebab.Of(arguments.GetValue(purpose))}";
            return calls.Print(arguments, await api.GetAsync<FamilyPerson[]>(path, cancellationToken));
        });
        return command;
    }

    private static Command Open(ApiCalls calls)
    {
        var involved = new Option<string[]>("--involved")
        {
            Description = "References of the members who are involved, or how these begin. Default: all that the family's records name.",
            AllowMultipleArgumentsPerToken = true,
        };
        return calls.Post<CaseView>(
            "open",
            "Open the case of a family of the cohort.",
            id => $"/families/{id}/case",
            [involved],
            arguments => new CaseOpening(arguments.GetValue(involved)),
            kind: ReferenceKind.Family);
    }

    private static Command Assess(ApiCalls calls)
    {
        var id = CaseId();
        var multiAgency = new Option<bool>("--multi-agency")
        {
            Description = "A multi-agency approach suits the family.",
        };
        var ledBy = new Option<string?>("--led-by")
        {
            Description = "A partner that supports the family already and goes on: it has no key worker of ours, and is measured and reviewed.",
        };
        var command = new Command("assess", "What support the family already receives was assessed. The command waits until its information pack is put together.")
        {
            id, multiAgency, ledBy, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var path = $"/cases/{ApiCalls.Segment(await api.FullAsync(ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken))}";
            var request = new AssessmentRequest(arguments.GetValue(multiAgency), arguments.GetValue(ledBy));
            var view = await api.PostAsync<CaseView>($"{path}/assessment", request, cancellationToken);
            for (var waited = TimeSpan.Zero; request.LedBy is null && view.PackOn is null && waited < PackPatience; waited += PackInterval)
            {
                await Task.Delay(PackInterval, TimeProvider.System, cancellationToken);
                view = await api.GetAsync<CaseView>(path, cancellationToken);
            }

            return calls.Print(arguments, view);
        });
        return command;
    }

    private static Command Currency(ApiCalls calls)
    {
        var id = CaseId();
        var extracts = new Option<string[]>("--extract")
        {
            Description = "What the source sent, as 'tfflow case show' lists it, or how that begins. "
                + "Default: all that were asked about and are not answered.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var current = new Option<bool>("--current") { Description = "The source says that it is still current; without this, that it is not." };
        var command = new Command("currency", "A source said whether what it sent is still current.")
        {
            id, extracts, current, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var path = $"/cases/{ApiCalls.Segment(await api.FullAsync(ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken))}";
            var view = await api.GetAsync<CaseView>(path, cancellationToken);
            var asked = view.Currency.Select(check => check.ExtractId).ToList();
            List<string> answered = arguments.GetValue(extracts) is { Length: > 0 } named
                ? [.. named.Select(typed => References.Full(typed, asked, "extract"))]
                : [.. view.Currency.Where(check => check.AnsweredAt is null).Select(check => check.ExtractId)];
            if (answered.Count == 0)
            {
                throw new CommandException(
                    ExitCode.Refused, "No source of this case waits to be answered for: 'tfflow case show' says what each said.");
            }

            foreach (var extract in answered)
            {
                var answer = new CurrencyAnswer(extract, arguments.GetValue(current));
                view = await api.PostAsync<CaseView>($"{path}/currency", answer, cancellationToken);
            }

            return calls.Print(arguments, view);
        });
        return command;
    }

    private static Command Suitability(ApiCalls calls)
    {
        var loneWorker = new Option<bool>("--lone-worker-considered") { Description = "Danger to a lone key worker was looked at." };
        var byTwo = new Option<bool>("--by-two") { Description = "The family is visited by two, never by one." };
        var unsuitable = new Option<UnsuitableReason?>("--unsuitable")
        {
            Description = $"The family is not suitable, and its case is declined: one of {string.Join(", ", Programme.Documents.Kebab.All<UnsuitableReason>())}. Without this it is suitable.",
            HelpName = "reason",
            CustomParser = result => Options.Kebab<UnsuitableReason>(result),
        };
        return calls.Post<CaseView>(
            "suitability",
            "The final check before the invitation: the family is suitable, or declined with the reason.",
            id => $"/cases/{id}/suitability",
            [loneWorker, byTwo, unsuitable],
            arguments => new SuitabilityRequest(arguments.GetValue(loneWorker), arguments.GetValue(byTwo), arguments.GetValue(unsuitable)));
    }

    private static Command Invite(ApiCalls calls)
    {
        var notice = new Option<string>("--notice")
        {
            Description = "The version of the privacy notice that everyone was given: 'tfflow notice list'.",
            Required = true,
        };
        return calls.Post<CaseView>("invite", "The family is invited, and everyone involved asked for consent.", id => $"/cases/{id}/invitation", [notice], arguments => new InvitationRequest(arguments.GetValue(notice)!));
    }

    private static Command Consent(ApiCalls calls)
    {
        var answer = new Argument<string>("ANSWER") { Description = "give, refuse or withdraw." };
        answer.AcceptOnlyFromAmong("give", "refuse", "withdraw");
        var person = new Option<string?>("--person")
        {
            Description = "The member's reference, or how it begins. With give it may be left out: the form says whose it is.",
        };
        var forms = new Option<FileInfo[]>("--form")
        {
            Description = "With give: the signed form as JSON (signedOn, signedBy, victimInformation, surname, forenames, dateOfBirth, "
                + "address, postcode); several, one a person. For a child, signedBy is the name of the adult of the family who signed, "
                + "or 'parent'.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var id = CaseId();
        var command = new Command("consent", "Record the answer of a person, or of several, or its withdrawal.")
        {
            answer, id, person, forms, calls.Server, calls.Token, calls.Json,
        };
        command.Validators.Add(result =>
        {
            var (gives, named) = (result.GetValue(answer) == "give", result.GetValue(person) is not null);
            var count = result.GetValue(forms)?.Length ?? 0;
            if (gives && count == 0)
            {
                result.AddError("Consent is given on a signed form: name it with --form.");
            }
            else if (gives && named && count > 1)
            {
                result.AddError("--person goes with one form. Leave it out, and each form says whose it is.");
            }
            else if (!gives && !named)
            {
                result.AddError("Say who, with --person.");
            }
        });
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var path = $"/cases/{ApiCalls.Segment(await api.FullAsync(ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken))}";
            var said = arguments.GetValue(answer);
            var of = arguments.GetValue(person) is { } typed
                ? $"/{ApiCalls.Segment(await api.MemberAsync(path, typed, cancellationToken))}/{said}"
                : "";
            if (said != "give")
            {
                return calls.Print(arguments, await api.PostAsync<CaseView>($"{path}/consents{of}", body: null, cancellationToken));
            }

            // All are read before the first is sent.
            var read = new List<(string Name, ConsentFormRequest Form)>();
            foreach (var file in arguments.GetValue(forms)!)
            {
                read.Add((file.Name, await ReadAsync(file, cancellationToken)));
            }

            // One that is refused does not keep the others from being recorded.
            var (view, refused) = ((CaseView?)null, new List<string>());
            foreach (var (name, form) in read)
            {
                try
                {
                    view = await api.PostAsync<CaseView>($"{path}/consents{of}", form, cancellationToken);
                }
                catch (CommandException e) when (e.ExitCode == ExitCode.Refused)
                {
                    refused.Add(read.Count > 1 ? $"{name}: {e.Message}" : e.Message);
                }
            }

            if (view is not null)
            {
                calls.Print(arguments, view);
            }

            return refused.Count == 0
                ? ExitCode.Done
                : throw new CommandException(ExitCode.Refused, string.Join(Environment.NewLine, refused));
        });
        return command;
    }

    private static async Task<ConsentFormRequest> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
            var form = JsonSerializer.Deserialize<ConsentFormRequest>(text, Lifecycle.Outbox.Json)!;
            return form with { Sha256 = form.Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(text)) };
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
        return calls.Post<CaseView>(
            "allocate",
            "Allocate the key worker: support begins. Where one supports the family already, another takes it over.",
            id => $"/cases/{id}/key-worker",
            [account],
            arguments => new AllocationRequest(arguments.GetValue(account)!));
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
            Description = "Its reference, as 'tfflow case problem list' says it, or how it begins.",
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
        var id = CaseId();
        var command = new Command("withdraw", "Take a problem back that was recorded in error: what is said of it is erased.")
        {
            id, reference, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var path = $"/cases/{ApiCalls.Segment(await api.FullAsync(ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken))}";
            var surfaced = (await api.GetAsync<CaseView>(path, cancellationToken)).Surfaced.Select(added => added.Reference);
            var problem = ApiCalls.Segment(References.Full(arguments.GetValue(reference)!, surfaced, "problem"));
            var withdrawal = $"{path}/problems/{problem}/withdrawal";
            return calls.Print(arguments, await api.PostAsync<CaseView>(withdrawal, body: null, cancellationToken));
        });
        return command;
    }

    private static Command Review(ApiCalls calls)
    {
        var risk = new Option<bool>("--further-risk") { Description = "There are signs of further risk: kept, and reviewed again. Without this the case is erased." };
        return calls.Post<CaseView>("review", "The case was reviewed for signs of further risk.", id => $"/cases/{id}/review", [risk], arguments => new ReviewRequest(arguments.GetValue(risk)));
    }
}
