using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Vault.Storage;
using TfFlow.WebConsole.Serving;

namespace TfFlow.WebConsole.Documents;

/// <summary>An agency's outbox: reports, receipts, certificates, and files sealed to its key.</summary>
internal static class DocumentPages
{
    public static void MapDocuments(this IEndpointRouteBuilder console)
    {
        console.MapGet("/agencies/{agency}/outbox", ListAsync).WithPage(AccessTable.OutboxList);
        console.MapGet("/agencies/{agency}/outbox/{**name}", ReadAsync).WithPage(AccessTable.OutboxRead);
    }

    private static async Task<IResult> ListAsync(string agency, Outbox outbox, CancellationToken cancellationToken)
    {
        var documents = await outbox.ListAsync(agency, cancellationToken).OrderByDescending(document => document.LastModified).ToListAsync(cancellationToken);
        return Pages.Show<OutboxPage>(new { Agency = agency, Documents = (IReadOnlyList<BlobProperties>)documents });
    }

    /// <param name="download">As the file it is: for keeping, and for what only its reader's own key opens.</param>
    private static async Task<IResult> ReadAsync(string agency, string name, bool? download, Outbox outbox, CancellationToken cancellationToken)
    {
        if (await outbox.FindAsync(agency, name, cancellationToken) is not { } found)
        {
            return Pages.NotFound("The outbox has no such document. A receipt comes within minutes of what it is of: look again then.");
        }

        if (download is true)
        {
            return TypedResults.Stream(found.Content, "application/octet-stream", Path.GetFileName(name));
        }

        await using var document = found;
        return Pages.Show<DocumentPage>(new { Agency = agency, Name = name, Sentences = await SentencesAsync(document.Content, name, cancellationToken) });
    }

    /// <returns>What the document says, as people read it; nothing for one that is sealed, or has no words for people.</returns>
    private static async Task<IReadOnlyList<string>> SentencesAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        switch (Path.GetExtension(name))
        {
            case ".txt":
                using (var text = new StreamReader(content))
                {
                    return (await text.ReadToEndAsync(cancellationToken)).Split('\n');
                }

            case ".json":
                return (await JsonNode.ParseAsync(content, cancellationToken: cancellationToken))?["sentences"] is JsonArray sentences
                    ? [.. sentences.Select(sentence => sentence!.GetValue<string>())]
                    : [];
            default:
                return [];
        }
    }
}
