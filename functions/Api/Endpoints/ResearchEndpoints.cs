using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Research;
using TfFlow.Programme.Research.Release;

namespace TfFlow.Api.Endpoints;

/// <param name="Exchange">As the agreement names it.</param>
/// <param name="StatementSha256">Of the statement of legality and necessity, lower-case hex.</param>
public sealed record ResearchAsking(string Exchange, string StatementSha256);

/// <param name="Lawful">The statement shows a lawful ground.</param>
/// <param name="Necessary">The purpose cannot be reached with less.</param>
public sealed record JustificationRequest(bool Lawful, bool Necessary);

/// <param name="Approvals">How many people released it: two make it go out.</param>
/// <param name="FileSha256">Of the released file, lower-case hex; null before.</param>
public sealed record ResearchView(
    string Id, string State, string Recipient, string Exchange, DateTimeOffset RequestedAt, int Records, int Approvals, string RefusalCode, DateTimeOffset? DueAt, string? FileSha256)
{
    public static ResearchView Of(ResearchRequest row) => new(
        row.Id, row.State.ToString(), row.Recipient, row.Exchange, row.RequestedAt, row.Records, row.Approvals.Count, row.RefusalCode, row.DueAt, row.Release?.Sha256);
}

internal static class ResearchEndpoints
{
    private const string Unknown = "No such request, or nothing of it to be shown now.";

    public static void MapResearch(this IEndpointRouteBuilder api)
    {
        api.MapPost("/agencies/{agency}/research", (string agency, ResearchAsking body, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) =>
                AnswerAsync(desk.RequestAsync(user.By(), agency, body.Exchange ?? "", Answers.Sha256(body.StatementSha256), token)))
            .WithAccess(AccessTable.ResearchAsk).Answering<ResearchView>("Asks for an anonymous extract, with a statement of legality and necessity.");

        api.MapGet("/research", ListAsync)
            .WithAccess(AccessTable.ResearchList)
            .WithSummary("Requests for anonymous extracts and where they stand; an agency sees its own.");

        api.MapPost("/research/{id}/justification", (string id, JustificationRequest body, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) =>
                AnswerAsync(desk.JustifyAsync(user.By(), id, body.Lawful, body.Necessary, token)))
            .WithAccess(AccessTable.ResearchJustify).Answering<ResearchView>("Records that a request is lawful and necessary.");

        api.MapPost("/research/{id}/approval", (string id, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) => AnswerAsync(desk.ApproveAsync(user.By(), id, token)))
            .WithAccess(AccessTable.ResearchApprove).Answering<ResearchView>("Approves a request: it is built and checked.");

        api.MapPost("/research/{id}/refusal", (string id, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) => AnswerAsync(desk.RefuseAsync(user.By(), id, token)))
            .WithAccess(AccessTable.ResearchRefuse).Answering<ResearchView>("Refuses a request.");

        api.MapGet("/research/{id}/record", RecordAsync)
            .WithAccess(AccessTable.ResearchRecord)
            .WithSummary("How a built extract was made safe: every rule, threshold and result.")
            .Produces<SdcRecord>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/research/{id}/release", (string id, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) => AnswerAsync(desk.ReleaseAsync(user.By(), id, token)))
            .WithAccess(AccessTable.ResearchRelease).Answering<ResearchView>("Releases a built extract: the second of two people lets it go out.");

        api.MapPost("/research/{id}/destruction", (string id, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) => AnswerAsync(desk.DestroyAsync(user.By(), id, token)))
            .WithAccess(AccessTable.ResearchDestroy).Answering<ResearchView>("Destroys a built or released extract before its time, with a certificate.");
    }

    private static async Task<IReadOnlyList<ResearchView>> ListAsync(ClaimsPrincipal user, Registers registers, CancellationToken cancellationToken) =>
        await registers.Research.ListAsync(cancellationToken)
            .SeenBy(user, AccessTable.ResearchList, (row, agency) => row.Recipient == agency)
            .Select(ResearchView.Of)
            .OrderBy(row => row.RequestedAt)
            .ToListAsync(cancellationToken);

    private static async Task<IResult> RecordAsync(string id, ClaimsPrincipal user, ResearchDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadRecordAsync(user.By(), id, cancellationToken) is { } record ? TypedResults.Ok(record) : Answers.NotFound(Unknown);

    private static Task<IResult> AnswerAsync(Task<Answer<ResearchRequest>> answering) => Answers.OfAsync(answering, row => TypedResults.Ok(ResearchView.Of(row)), Unknown);
}
