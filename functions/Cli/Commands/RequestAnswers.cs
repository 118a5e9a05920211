using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Exports;
using TfFlow.Lifecycle;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Rights;

namespace TfFlow.Cli.Commands;

/// <summary>What was written.</summary>
/// <param name="Sha256">Of the JSON file: by it the answer is released.</param>
internal sealed record WrittenAnswer(string Page, string Data, string Sha256, int Parts);

/// <summary><c>tfflow request find|exempt|read|release|export</c>: a person is found, and gets what is held about them.</summary>
internal static class RequestAnswers
{
    private const string Ending = ".json";

    public static Command Find(ApiCalls calls)
    {
        var id = Id();
        var person = new Option<FileInfo?>("--person")
        {
            Description = "Who it is, as JSON (surname, forenames, dateOfBirth, address, postcode, previousAddresses, otherSurnames). "
                + "Default: read from the standard input, so that no name stands in the command line.",
        };
        var take = GovernanceCalls.Several("--take", "Doubts that you decided with the person: references where it is them.");
        return calls.Command(
            "find",
            "Find where a person is, by keyed hashes: files that are held, families and cases, by reference. Each search is in the ledger.",
            "tfflow request find 0123456789abcdef0123 --person person.json",
            [id, person, take],
            async (arguments, cancellationToken) =>
            {
                var search = await ReadAsync(arguments.GetValue(person), cancellationToken) with { Taken = arguments.GetValue(take) };
                using var api = calls.Open(arguments, Role.InformationGovernance);
                return calls.Print(arguments, await api.PostAsync<RequestFinding>(
                    $"{await PathAsync(api, arguments, id, cancellationToken)}/search", search, cancellationToken));
            });
    }

    public static Command Exempt(ApiCalls calls)
    {
        var (id, paper) = (Id(), Papers.Required("The reasons, as assessed with the originator"));
        var part = GovernanceCalls.Text("--part", "The part, as 'tfflow request read' names it.");
        var exemption = new Option<Exemption>("--exemption")
        {
            Description = $"One of {string.Join(", ", Kebab.All<Exemption>())}.",
            HelpName = "exemption",
            Required = true,
            CustomParser = Options.Kebab<Exemption>,
        };
        var unsaid = new Option<bool>("--unsaid")
        {
            Description = "The answer does not say that there is such a part: saying it would do the harm.",
        };
        return calls.Act<RequestView>(
            "exempt",
            "Mark a part of what is held as exempt: it is left out of the answer.",
            "tfflow request exempt 0123456789abcdef0123 --part record-3212c84abbf3bfa54c42 --exemption crime --paper reasons.pdf",
            Role.InformationGovernance,
            [id, part, exemption, unsaid, paper],
            arguments => $"/requests/{arguments.In(id)}/exemptions",
            arguments => new RequestExemption(
                arguments.GetValue(part), arguments.GetValue(exemption), arguments.GetValue(unsaid),
                    Papers.Hash(arguments.GetValue(paper)!)));
    }

    public static Command Read(ApiCalls calls)
    {
        var (id, to) = (Id(), Out());
        return calls.Command(
            "read",
            "Put together what is held about the person, to read it before it is released. Each reading is in the ledger.",
            "tfflow request read 0123456789abcdef0123 --out draft",
            [id, to],
            async (arguments, cancellationToken) =>
            {
                var files = FilesOf(arguments.GetValue(to)!);
                using var api = calls.Open(arguments, Role.InformationGovernance);
                var json = await api.GetBytesAsync($"{await PathAsync(api, arguments, id, cancellationToken)}/bundle", cancellationToken);
                return calls.Print(arguments, await WriteAsync(json, files, cancellationToken));
            });
    }

    public static Command Release(ApiCalls calls)
    {
        var id = Id();
        var bundle = new Option<FileInfo>("--bundle")
        {
            Description = $"The {Ending} file that you read: its SHA-256 is recorded.",
            Required = true,
        };
        return calls.Act<RequestView>(
            "release",
            "Say that you read the answer and that it may go out. Two people must.",
            "tfflow request release 0123456789abcdef0123 --bundle draft.json",
            Role.InformationGovernance,
            [id, bundle],
            arguments => $"/requests/{arguments.In(id)}/releases",
            arguments => new RequestRelease(Papers.Hash(arguments.GetValue(bundle)!)));
    }

    public static Command Export(ApiCalls calls)
    {
        var (id, to) = (Id(), Out());
        return calls.Command(
            "export",
            "Write what two people released: a page and the same for machines, in files that only you can read, for the person.",
            "tfflow request export 0123456789abcdef0123 --out answer",
            [id, to],
            async (arguments, cancellationToken) =>
            {
                var files = FilesOf(arguments.GetValue(to)!);
                using var api = calls.Open(arguments, Role.InformationGovernance);
                var json = await api.PostForBytesAsync($"{await PathAsync(api, arguments, id, cancellationToken)}/export",
                    cancellationToken);
                return calls.Print(arguments, await WriteAsync(json, files, cancellationToken));
            });
    }

    private static Argument<string> Id() => GovernanceCalls.Id("The request, as 'tfflow request list' lists it.");

    internal static Option<string> Out() =>
        GovernanceCalls.Text("--out",
        $"The files' name, without an ending: NAME.html and NAME{Ending}. A file that is there is not overwritten.");

    private static async Task<string> PathAsync(ApiClient api, ParseResult arguments, Argument<string> id,
        CancellationToken cancellationToken) =>
        $"/requests/{ApiCalls.Segment(await api.FullAsync(new ReferenceKind("request", "/requests"), arguments.GetValue(id)!, cancellationToken))}";

    internal static (FileInfo Page, FileInfo Data) FilesOf(string name)
    {
        var files = (Page: new FileInfo(name + ".html"), Data: new FileInfo(name + Ending));
        return files.Page.Exists || files.Data.Exists
            ? throw new CommandException(ExitCode.Usage,
                $"{files.Page.Name} or {files.Data.Name} is there already, and is not overwritten. Name another with --out.")
            : files;
    }

    private static Task<WrittenAnswer> WriteAsync(byte[] json, (FileInfo Page, FileInfo Data) files, CancellationToken cancellationToken)
    {
        var bundle = JsonSerializer.Deserialize<SubjectBundle>(json, Outbox.Json)!;
        return WriteAsync(json, SubjectBundleHtml.Render(bundle), bundle.Parts.Count, files, cancellationToken);
    }

    internal static async Task<WrittenAnswer> WriteAsync(
        byte[] json, string html, int parts, (FileInfo Page, FileInfo Data) files, CancellationToken cancellationToken)
    {
        await using (var data = OwnerOnly.Create(files.Data))
        {
            await data.WriteAsync(json, cancellationToken);
        }

        await using (var page = OwnerOnly.Create(files.Page))
        {
            await page.WriteAsync(Encoding.UTF8.GetBytes(html), cancellationToken);
        }

        return new(files.Page.Name, files.Data.Name, Convert.ToHexStringLower(SHA256.HashData(json)), parts);
    }

    private static async Task<RequestSearch> ReadAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        try
        {
            await using var text = file?.OpenRead() ?? Console.OpenStandardInput();
            return (await JsonSerializer.DeserializeAsync<RequestSearch>(text, Outbox.Json, cancellationToken))!;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // The parser's own message quotes what it met.
            throw new CommandException(ExitCode.Refused,
                $"{file?.Name ?? "The standard input"} does not say in JSON who it is: see 'tfflow request find --help'.");
        }
    }
}
