using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Agreements;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow agreement suspend|meeting|lift|suspensions|withdraw|terminate|review|publish</c>: what partners do with an
/// agreement.</summary>
internal static class AgreementActs
{
    public static IEnumerable<Command> Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return [Suspend(calls), Meeting(calls), Lift(calls), Suspensions(calls), Leave(calls, "withdraw", "withdrawal"),
            Leave(calls, "terminate", "termination"), Review(calls), Publish(calls)];
    }

    private static Command Suspend(ApiCalls calls)
    {
        var (agreement, by, paper) = (AgreementId(), By(), Papers.Required("The evidence of the breach"));
        var writing = new Option<bool>("--in-writing") { Description = "The suspension was given in writing." };
        var serious = new Option<bool>("--serious-breach") { Description = "Security was seriously breached." };
        return calls.Act<SuspensionView>(
            "suspend",
            "Suspend an agreement at once, for 45 days: intake, opening and disclosure under it are refused.",
            "tfflow agreement suspend testshire --by school-1 --in-writing --serious-breach --paper evidence.pdf",
            Role.InformationGovernance,
            [agreement, by, writing, serious, paper],
            arguments => $"/agreements/{arguments.In(agreement)}/suspensions",
            arguments => new SuspensionRequest(arguments.GetValue(by)!, Papers.Hash(arguments.GetValue(paper)!),
                arguments.GetValue(writing), arguments.GetValue(serious)));
    }

    private static Command Meeting(ApiCalls calls)
    {
        var (id, paper) = (GovernanceCalls.Id("The suspension, as 'tfflow agreement suspensions' lists it."),
            Papers.Required("The minutes: what the meeting resolved"));
        var at = Options.Moment("--at",
            "When the Risk Assessment and Resolution meeting was held, in UTC, like 2026-03-02T14:00. Default: now, by the host's clock.");
        var panel = GovernanceCalls.Several("--panel", "The parties whose signatory or nominee sat at it: every signatory.",
            required: true);
        return calls.Act<SuspensionView>(
            "meeting",
            "Record the Risk Assessment and Resolution meeting about a suspension: due within 14 days.",
            "tfflow agreement meeting 0123456789abcdef0123 --at 2026-03-02T14:00 --panel testshire-council school-1 --paper minutes.pdf",
            Role.InformationGovernance,
            [id, at, panel, paper],
            arguments => $"/suspensions/{arguments.In(id)}/meeting",
            arguments => new MeetingRequest(arguments.GetValue(at), arguments.GetValue(panel)!,
                Papers.Hash(arguments.GetValue(paper)!)));
    }

    private static Command Lift(ApiCalls calls)
    {
        var id = GovernanceCalls.Id("The suspension, as 'tfflow agreement suspensions' lists it.");
        return calls.Act<SuspensionView>(
            "lift",
            "Lift a suspension at once, as its meeting resolved.",
            "tfflow agreement lift 0123456789abcdef0123",
            Role.InformationGovernance,
            [id],
            arguments => $"/suspensions/{arguments.In(id)}/lift",
            _ => null);
    }

    private static Command Suspensions(ApiCalls calls) => calls.Show<SuspensionView[]>(
        "suspensions", "List suspensions of agreements, those that ended too.", "tfflow agreement suspensions", Role.InformationGovernance,
            [], _ => "/suspensions");

    private static Command Leave(ApiCalls calls, string name, string register)
    {
        var (agreement, by, paper) = (AgreementId(), By(), Papers.Required("The notice in writing"));
        var told = GovernanceCalls.Several("--told", "The other partners that were told in writing: every signatory.", required: true);
        var from = Options.Day("--from", "The first day it has effect. Default: 30 days from now.");
        return calls.Act<RegisterView>(
            name,
            name == "withdraw"
                ? "Record that a partner leaves an agreement. After 30 days what it sends and is sent is refused, and what it sent is erased."
                : "Record that an agreement ends. After 30 days everything under it is refused, and what came under it is erased.",
            $"tfflow agreement {name} testshire --by school-1 --told testshire-council school-0 --paper notice.pdf",
            Role.InformationGovernance,
            [agreement, by, told, from, paper],
            _ => $"/registers/{register}",
            arguments => new RegisterRecord(
                Agreement: arguments.GetValue(agreement),
                Party: arguments.GetValue(by),
                Told: arguments.GetValue(told),
                EffectOn: arguments.GetValue(from),
                PaperSha256: Papers.Hash(arguments.GetValue(paper)!)));
    }

    private static Command Review(ApiCalls calls)
    {
        var (agreement, paper) = (AgreementId(), Papers.Required("The record of the review"));
        var answers = GovernanceCalls.Several("--answers",
            "yes or no to each question of the review, in the agreement's order: still necessary, operating as intended, achieving its benefits.", required: true);
        answers.AcceptOnlyFromAmong("yes", "no");
        var next = Options.RequiredDay("--next", "The last day of the next review.");
        return calls.Act<RegisterView>(
            "review",
            "Record the review of an agreement: each question answered, and the day of the next.",
            "tfflow agreement review testshire --answers yes yes no --next 2027-03-02 --paper review.pdf",
            Role.InformationGovernance,
            [agreement, answers, next, paper],
            _ => "/registers/review",
            arguments => new RegisterRecord(
                Agreement: arguments.GetValue(agreement),
                Answers: [.. arguments.GetValue(answers)!.Select(answer => answer == "yes")],
                ReviewOn: arguments.GetValue(next),
                PaperSha256: Papers.Hash(arguments.GetValue(paper)!)));
    }

    private static Command Publish(ApiCalls calls)
    {
        var name = new Argument<string>("NAME") { Description = "Id and version, like testshire@2025-01-01." };
        var (by, documents) = (By(), LibraryFolder.Option());
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "The page to put on the website. It is not overwritten.",
            Required = true
        };
        return calls.Command(
            "publish",
            "Write the page of an agreement to publish on a partner's website, and record that the partner published it.",
            "tfflow agreement publish testshire@2025-01-01 --by school-1 --out testshire.html",
            [name, by, output, documents],
            async (arguments, cancellationToken) =>
            {
                if (!LibraryFolder.TryRead(arguments, documents, out var library))
                {
                    return ExitCode.Usage;
                }

                var agreement = library.Agreements.Find(arguments.GetValue(name)!)
                    ?? throw new CommandException(ExitCode.Usage,
                        $"There is no agreement '{arguments.GetValue(name)}': 'tfflow agreement list' shows them.");
                var page = Encoding.UTF8.GetBytes(AgreementHtml.Render(agreement));
                using var api = calls.Open(arguments, Role.InformationGovernance);
                await WriteAsync(arguments.GetValue(output)!, page, cancellationToken);
                return calls.Print(arguments, await api.PostAsync<RegisterView>(
                    "/registers/publication",
                    new RegisterRecord(Agreement: agreement.Id, Version: agreement.Version, Party: arguments.GetValue(by),
                        PaperSha256: Convert.ToHexStringLower(SHA256.HashData(page))),
                    cancellationToken));
            });
    }

    private static async Task WriteAsync(FileInfo file, byte[] page, CancellationToken cancellationToken)
    {
        if (file.Exists)
        {
            throw new CommandException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture,
                $"{file.Name} is there already: name another file with --out."));
        }

        await File.WriteAllBytesAsync(file.FullName, page, cancellationToken);
    }

    private static Argument<string> AgreementId() => new("AGREEMENT") { Description = "The agreement's id, without a version." };

    private static Option<string> By() => GovernanceCalls.Text("--by", "The party that gives it, as the agreement names it.");
}
