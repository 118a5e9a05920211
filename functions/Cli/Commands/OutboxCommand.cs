using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Proof;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow outbox</c>: what waits for an agency, and how it takes it home.</summary>
internal static class OutboxCommand
{
    public static Command Create(Option<string> folder, IAnsiConsole console)
    {
        var agency = Options.Agency();
        var calls = new ApiCalls(folder);
        var save = new Option<DirectoryInfo?>("--save") { Description = "Copy the documents into this folder, over those copied before." };
        var show = new Option<string?>("--show")
        {
            Description = "Print one document as people read it, by its name in the list or how that begins.",
        };
        var command = new Command("outbox", "List an agency's reports, receipts and certificates, read one, or copy them to this machine.")
        {
            agency, show, save, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var id = arguments.GetValue(agency)!;
            using var api = calls.Open(arguments, Role.AgencySubmitter, id);
            var documents = await ListAsync(api, id, cancellationToken);
            if (arguments.GetValue(show) is { } typed)
            {
                var name = References.Full(typed, documents.Select(document => document.Name), "document");
                Show(arguments.InvocationConfiguration.Output, name, await ReadAsync(api, id, name, cancellationToken));
                return ExitCode.Done;
            }

            if (arguments.GetValue(save) is { } target)
            {
                foreach (var document in documents)
                {
                    await SaveAsync(await ReadAsync(api, id, document.Name, cancellationToken), PathOf(target, document.Name), cancellationToken);
                }

                console.WriteLine($"{documents.Count} documents in {target}.");
                return ExitCode.Done;
            }

            return calls.Print(arguments, documents, () => Write(console, id, documents));
        });
        return command;
    }

    private static void Write(IAnsiConsole console, string agency, IReadOnlyList<OutboxDocument> documents)
    {
        if (documents.Count == 0)
        {
            console.WriteLine($"Nothing lies in the outbox of {agency} yet.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Document", "What it is", "Bytes", "Of");
        foreach (var document in documents)
        {
            table.AddRow(
                Markup.Escape(document.Name),
                OutboxNames.Words(document.Name),
                document.Length.ToString("N0", CultureInfo.InvariantCulture),
                document.At.ToString("u", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }

    public static async Task<IReadOnlyList<OutboxDocument>> ListAsync(ApiClient api, string agency, CancellationToken cancellationToken) =>
        await api.GetAsync<OutboxDocument[]>($"/agencies/{Uri.EscapeDataString(agency)}/outbox", cancellationToken);

    public static Task<byte[]> ReadAsync(ApiClient api, string agency, string name, CancellationToken cancellationToken) =>
        api.GetBytesAsync($"/agencies/{Uri.EscapeDataString(agency)}/outbox/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}", cancellationToken);

    private static void Show(TextWriter output, string name, byte[] content)
    {
        if (name.EndsWith(".sealed", StringComparison.Ordinal))
        {
            throw new CommandException(ExitCode.Usage, $"{name} is sealed: copy it with --save, and open it with 'tfflow key open'.");
        }

        if (name.StartsWith(Checkpoints.ReceiptFolder, StringComparison.Ordinal))
        {
            output.WriteLine(ReceiptCommand.Unchecked(content));
            return;
        }

        // A document of an earlier build may have no sentences: it is read field by field.
        var document = name.EndsWith(".json", StringComparison.Ordinal) ? JsonNode.Parse(content) : null;
        if (document?["sentences"] is JsonArray sentences)
        {
            foreach (var sentence in sentences)
            {
                output.WriteLine(sentence);
            }
        }
        else if (document is not null)
        {
            AnswerText.Write(output, document);
        }
        else
        {
            output.WriteLine($"{OutboxNames.Words(name)}:");
            output.Write(Encoding.UTF8.GetString(content));
        }
    }

    // The server names the documents: none of them may lead out of the folder.
    private static string PathOf(DirectoryInfo target, string name)
    {
        var path = Path.GetFullPath(Path.Combine(target.FullName, name));
        return path.StartsWith(Path.TrimEndingDirectorySeparator(target.FullName) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new CommandException(ExitCode.Refused, "The server names a document that would lie outside the folder: nothing more is copied.");
    }

    private static async Task SaveAsync(byte[] content, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content, cancellationToken);
    }
}
