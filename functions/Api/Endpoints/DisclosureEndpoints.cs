using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;

namespace TfFlow.Api.Endpoints;

/// <param name="Recipient">The party that is owed it, as the agreement names it.</param>
/// <param name="Without">References of families that are left out: who objected is dealt with case by case.</param>
public sealed record ListRequest(string Exchange, string Recipient, IReadOnlyList<string>? Without = null);

/// <param name="Outbox">In whose outbox the file lies.</param>
/// <param name="File">The sealed file.</param>
public sealed record GivenFileView(
    string Id, string State, string Exchange, string Giver, string Recipient, string Means, long Rows, DateTimeOffset? GivenAt, DateTimeOffset? DueAt, string FileSha256, string Outbox, string File)
{
    public static GivenFileView Of(GivenFile row) => new(
        row.Id, row.State.ToString(), row.Exchange, row.Giver, row.Recipient, row.Means.ToString(), row.Rows, row.GivenAt, row.DueAt, row.FileHash, row.Outbox, row.FileName);
}

/// <param name="To">The parties that were told.</param>
/// <param name="Attendees">How many attended who have not signed the agreement.</param>
/// <param name="ConfidentialityAgreed">They signed the meeting's confidentiality agreement.</param>
/// <param name="Families">References of the families it was about.</param>
/// <param name="Onward">The entry of the register of onward disclosure, where what a partner sent was handed on.</param>
/// <param name="Use">What it is for, where that is not what the exchange is for.</param>
public sealed record TellingRequest(
    string Exchange,
    IReadOnlyList<string> To,
    Means Means,
    InformationKind Kind,
    IReadOnlyList<string> Families,
    DateOnly On,
    int Attendees = 0,
    bool ConfidentialityAgreed = false,
    string? Onward = null,
    Use? Use = null);

/// <summary>What a deployment gives and tells others.</summary>
internal static class DisclosureEndpoints
{
    /// <summary>The largest file that is given through the API.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    public static void MapDisclosures(this IEndpointRouteBuilder api)
    {
        api.MapPost("/lists", (ListRequest body, ClaimsPrincipal user, GivenFiles files, CancellationToken token) =>
                AnswerAsync(files.SendListAsync(user.By(), body.Exchange ?? "", body.Recipient ?? "", [.. body.Without ?? []], token)))
            .WithAccess(AccessTable.ListSend).Answering<GivenFileView>("Builds the list of families that an exchange owes a party, sealed to that party's key. It replaces the one before.");

        api.MapPost("/exchanges/{exchange}/files/{recipient}", GiveAsync)
            .WithAccess(AccessTable.FileGive)
            .Answering<GivenFileView>("Gives a party a file of your own systems (CSV, the body): checked row by row, sealed to that party's key.");

        api.MapGet("/files", (Registers registers, CancellationToken token) =>
                registers.Given.ListAsync(token).Select(row => GivenFileView.Of(row.Row)).OrderBy(row => row.GivenAt).ToListAsync(token))
            .WithAccess(AccessTable.FileList)
            .WithSummary("Files that were given, to whom, and until when they lie there.");

        api.MapPost("/disclosures", TellAsync)
            .WithAccess(AccessTable.DisclosureTell).Answering<ToldRecord>("Records that something was told face to face, by telephone or in an email without a file: who, of what kind, to whom, on which basis; never what.");

        api.MapGet("/disclosures", (Tellings tellings, CancellationToken token) => tellings.ListAsync(token))
            .WithAccess(AccessTable.DisclosureList)
            .WithSummary("What was told face to face, by telephone or in an email without a file: when, by whom, to whom, of what kind and on which basis; never what.");
    }

    public static void MapProcessing(this IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id}/processing-end", (string id, ClaimsPrincipal user, Processing processing, CancellationToken token) =>
                Answers.OfAsync(processing.EndAsync(user.By(), id, token), ended => TypedResults.Ok(ended), "No such agreement."))
            .WithAccess(AccessTable.ProcessingEnd).Answering<ProcessingEnded>("Says that the processing is over that an agreement keeps its data for: the next sweep erases it.");

    private static async Task<IResult> GiveAsync(string exchange, string recipient, HttpRequest request, ClaimsPrincipal user, GivenFiles files, CancellationToken cancellationToken)
    {
        if (request.ContentLength is not { } length || length > MostBytes)
        {
            return TypedResults.Problem($"Send the file as the body, with its length: at most {MostBytes / 1024 / 1024} MiB.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var content = new byte[length];
        try
        {
            await request.Body.ReadExactlyAsync(content, cancellationToken);
            return await AnswerAsync(files.GiveFileAsync(user.By(), exchange, recipient, content, cancellationToken));
        }
        finally
        {
            content.AsSpan().Clear();
        }
    }

    /// <summary>A key worker tells of their own families only.</summary>
    private static async Task<IResult> TellAsync(TellingRequest body, ClaimsPrincipal user, Registers registers, Tellings tellings, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        foreach (var id in body.Families ?? [])
        {
            var own = await registers.Cases.FindAsync(id, cancellationToken) is { Row.KeyWorker: { } keyWorker } && keyWorker == caller.Account;
            if (!AccessTable.Allows(AccessTable.DisclosureTell, caller.Role, own))
            {
                return Answers.NotFound("No such family, or not one of yours.");
            }
        }

        var telling = new Telling(body.Exchange ?? "", body.To ?? [], body.Attendees, body.ConfidentialityAgreed, body.Means, body.Kind, body.Families ?? [], body.On)
        {
            Onward = body.Onward ?? "",
            OnwardUse = body.Use,
        };
        return await Answers.OfAsync(tellings.RecordAsync(user.By(), telling, cancellationToken), told => TypedResults.Ok(told), "Nothing was recorded.");
    }

    private static Task<IResult> AnswerAsync(Task<Answer<GivenFile>> answering) => Answers.OfAsync(answering, row => TypedResults.Ok(GivenFileView.Of(row)), "No such file.");
}
