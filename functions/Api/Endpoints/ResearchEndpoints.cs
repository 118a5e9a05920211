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
    public static void MapResearch(this IEndpointRouteBuilder api)
    {
        api.MapPost("/agencies/{agency}/research", (string agency, ResearchAsking body, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) =>
                AnswerAsync(desk.RequestAsync(CaseEndpoints.By(user), agency, body.Exchange ?? "", CaseEndpoints.Sha256(body.StatementSha256), token)))
            .WithAccess(AccessTable.ResearchAsk).Answering("Asks for an anonymous extract, with a statement of legality and necessity.");

        api.MapGet("/research", ListAsync)
            .WithAccess(AccessTable.ResearchList)
            .WithSummary("Requests for anonymous extracts and where they stand; an agency sees its own.");

        api.MapPost("/research/{id}/justification", (string id, JustificationRequest body, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) =>
                AnswerAsync(desk.JustifyAsync(CaseEndpoints.By(user), id, body.Lawful, body.Necessary, token)))
            .WithAccess(AccessTable.ResearchJustify).Answering("Records that a request is lawful and necessary.");

        api.MapPost("/research/{id}/approval", (string id, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) => AnswerAsync(desk.ApproveAsync(CaseEndpoints.By(user), id, token)))
            .WithAccess(AccessTable.ResearchApprove).Answering("Approves a request: it is built and checked.");

        api.MapPost("/research/{id}/refusal", (string id, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) => AnswerAsync(desk.RefuseAsync(CaseEndpoints.By(user), id, token)))
            .WithAccess(AccessTable.ResearchRefuse).Answering("Refuses a request.");

        api.MapGet("/research/{id}/record", RecordAsync)
            .WithAccess(AccessTable.ResearchRecord)
            .WithSummary("How a built extract was made safe: every rule, threshold and result.")
            .Produces<SdcRecord>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/research/{id}/release", (string id, ClaimsPrincipal user, ResearchDesk desk, CancellationToken token) => AnswerAsync(desk.ReleaseAsync(CaseEndpoints.By(user), id, token)))
            .WithAccess(AccessTable.ResearchRelease).Answering("Releases a built extract: the second of two people lets it go out.");
    }

    private static async Task<IReadOnlyList<ResearchView>> ListAsync(ClaimsPrincipal user, Registers registers, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        return await registers.Research.ListAsync(cancellationToken)
            .Where(row => AccessTable.Allows(AccessTable.ResearchList, caller.Role, own: row.Row.Recipient == caller.Agency))
            .Select(row => ResearchView.Of(row.Row))
            .OrderBy(row => row.RequestedAt)
            .ToListAsync(cancellationToken);
    }

    private static async Task<IResult> RecordAsync(string id, ClaimsPrincipal user, ResearchDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadRecordAsync(CaseEndpoints.By(user), id, cancellationToken) is { } record ? TypedResults.Ok(record) : NotFound();

    private static async Task<IResult> AnswerAsync(Task<ResearchAnswer> answering)
    {
        var answer = await answering;
        return answer.Request is null ? NotFound()
            : answer.Done ? TypedResults.Ok(ResearchView.Of(answer.Request))
            : CaseEndpoints.Refused(answer.Obstacles);
    }

    private static RouteHandlerBuilder Answering(this RouteHandlerBuilder endpoint, string summary) => endpoint
        .WithSummary(summary)
        .Produces<ResearchView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static IResult NotFound() => TypedResults.Problem("No such request, or nothing of it to be shown now.", statusCode: StatusCodes.Status404NotFound);
}
