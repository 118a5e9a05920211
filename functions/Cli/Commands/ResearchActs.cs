using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Research.Release;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow research request|justify|approve|return|record|release|collect|destroy|list</c>: an anonymous extract, from the request to
/// its destruction.</summary>
internal static class ResearchActs
{
    public static IEnumerable<Command> Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return
        [
            Request(calls),
            Justify(calls),
            Act(calls, "approve", "approval", "Approve that a request is built, as the Information Asset Owner.", Role.AssetOwner),
            Act(calls, "return", "refusal", "Return a request: it is refused, and never built.", Role.InformationGovernance),
            Record(calls),
            Act(calls, "release", "release",
                "Release what was built: the second of two people, neither of whom asked for it, lets it go out.",
                Role.InformationGovernance),
            Collect(calls),
            Act(calls, "destroy", "destruction", "Destroy what was built or released, before its time, with a certificate.",
                Role.InformationGovernance),
            calls.Show<ResearchView[]>("list", "List requests and where each stands.", "tfflow research list", Role.InformationGovernance,
                [], _ => "/research"),
        ];
    }

    private static Command Request(ApiCalls calls)
    {
        var (agency, exchange, paper) = (Options.Agency(), Options.Exchange(), Papers.Required("The statement of legality and necessity"));
        return calls.Act<ResearchView>(
            "request",
            "Ask an authority for an anonymous extract, as its recipient.",
            "tfflow research request --agency national-team --exchange evaluation-extract --paper statement.pdf",
            Role.AgencySubmitter,
            [agency, exchange, paper],
            arguments => $"/agencies/{ApiCalls.Segment(arguments.GetValue(agency)!)}/research",
            arguments => new ResearchAsking(arguments.GetValue(exchange)!, Papers.Hash(arguments.GetValue(paper)!)),
            arguments => arguments.GetValue(agency)!);
    }

    private static Command Justify(ApiCalls calls)
    {
        var id = Id();
        var (lawful, necessary) = (new Option<bool>("--lawful") { Description = "The statement shows a lawful ground." },
            new Option<bool>("--necessary") { Description = "The purpose cannot be reached with less." });
        return calls.Act<ResearchView>(
            "justify",
            "Record that a request is lawful and necessary.",
            "tfflow research justify 0123456789abcdef0123 --lawful --necessary",
            Role.InformationGovernance,
            [id, lawful, necessary],
            arguments => $"/research/{arguments.In(id)}/justification",
            arguments => new JustificationRequest(arguments.GetValue(lawful), arguments.GetValue(necessary)));
    }

    private static Command Record(ApiCalls calls)
    {
        var id = Id();
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "Where the page is put: rules and results, risk before and after, information lost. It is not overwritten.",
            Required = true,
        };
        return calls.Command(
            "record",
            "Write how a built extract was made safe, as an HTML page.",
            "tfflow research record 0123456789abcdef0123 --out record.html",
            [id, output],
            async (arguments, cancellationToken) =>
            {
                var file = arguments.GetValue(output)!;
                if (file.Exists)
                {
                    throw new CommandException(ExitCode.Usage, $"{file.Name} is there already: name another file with --out.");
                }

                using var api = calls.Open(arguments, Role.InformationGovernance);
                var record = await api.GetAsync<SdcRecord>($"/research/{arguments.In(id)}/record", cancellationToken);
                await File.WriteAllTextAsync(file.FullName, ReleasePage.Write(record), cancellationToken);
                arguments.InvocationConfiguration.Output.WriteLine($"{file.Name} is written. Open it in a browser, then release with 'tfflow research release {arguments.GetValue(id)}'.");
                return ExitCode.Done;
            });
    }

    private static Command Act(ApiCalls calls, string name, string path, string words, Role role)
    {
        var id = Id();
        return calls.Act<ResearchView>(name, words, $"tfflow research {name} 0123456789abcdef0123", role, [id], arguments =>
            $"/research/{arguments.In(id)}/{path}", _ => null);
    }

    private static Command Collect(ApiCalls calls)
    {
        var (id, agency) = (Id(), Options.Agency());
        var output = new Option<FileInfo>("--out",
            "-o")
        { Description = "Where the sealed file is put: 'tfflow key open' opens it. It is not overwritten.", Required = true };
        return calls.Command(
            "collect",
            "Collect a released extract, as its recipient, within 14 days.",
            "tfflow research collect 0123456789abcdef0123 --agency national-team --out extract.sealed",
            [id, agency, output],
            async (arguments, cancellationToken) =>
            {
                var file = arguments.GetValue(output)!;
                if (file.Exists)
                {
                    throw new CommandException(ExitCode.Usage, $"{file.Name} is there already: name another file with --out.");
                }

                using var api = calls.Open(arguments, Role.AgencySubmitter, arguments.GetValue(agency)!);
                var content = await OutboxCommand.ReadAsync(api, arguments.GetValue(agency)!, $"research/{arguments.GetValue(id)}.sealed",
                    cancellationToken);
                await File.WriteAllBytesAsync(file.FullName, content, cancellationToken);
                arguments.InvocationConfiguration.Output.WriteLine($"{file.Name} is collected, sealed. Open it with 'tfflow key open {file.Name} --reference {arguments.GetValue(id)} --agency {arguments.GetValue(agency)} --key YOUR-KEY --out FILE'.");
                return ExitCode.Done;
            });
    }

    private static Argument<string> Id() => GovernanceCalls.Id("The request, as 'tfflow research list' lists it.");
}
