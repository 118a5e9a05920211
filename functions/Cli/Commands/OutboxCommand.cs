using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow outbox</c>: what waits for an agency, and how it takes it home.</summary>
internal static class OutboxCommand
{
    public static Command Create(Option<string> folder, IAnsiConsole console)
    {
        var (agency, server, token) = (Options.Agency(), Options.Server(), Options.Token());
        var save = new Option<DirectoryInfo?>("--save") { Description = "Copy the documents into this folder, over those copied before." };
        var command = new Command("outbox", "List an agency's reports, receipts and certificates, or copy them to this machine.") { agency, save, server, token };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var id = arguments.GetValue(agency)!;
            using var api = ApiClient.Open(arguments, folder, server, token, Role.AgencySubmitter, id);
            var documents = await ListAsync(api, id, cancellationToken);
            if (arguments.GetValue(save) is { } target)
            {
                foreach (var document in documents)
                {
                    await SaveAsync(await ReadAsync(api, id, document.Name, cancellationToken), PathOf(target, document.Name), cancellationToken);
                }

                console.WriteLine($"{documents.Count} documents in {target}.");
                return ExitCode.Done;
            }

            var table = new Table().Border(TableBorder.Simple).AddColumns("Document", "What it is", "Bytes", "Of");
            foreach (var document in documents)
            {
                table.AddRow(Markup.Escape(document.Name), OutboxNames.Words(document.Name), document.Length.ToString("N0", CultureInfo.InvariantCulture), document.At.ToString("u", CultureInfo.InvariantCulture));
            }

            console.Write(table);
            return ExitCode.Done;
        });
        return command;
    }

    public static async Task<IReadOnlyList<OutboxDocument>> ListAsync(ApiClient api, string agency, CancellationToken cancellationToken) =>
        await api.GetAsync<OutboxDocument[]>($"/agencies/{Uri.EscapeDataString(agency)}/outbox", cancellationToken);

    public static Task<byte[]> ReadAsync(ApiClient api, string agency, string name, CancellationToken cancellationToken) =>
        api.GetBytesAsync($"/agencies/{Uri.EscapeDataString(agency)}/outbox/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}", cancellationToken);

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
