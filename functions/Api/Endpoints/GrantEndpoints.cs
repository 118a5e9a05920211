using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Agreements;

namespace TfFlow.Api.Endpoints;

/// <param name="Exchange">As the agreement names it: <c>leicestershire-2</c>.</param>
/// <param name="JudgedBy">The account or post of whoever judged that the batch should be shared, where the agreement asks for it (seeds/000 §3.4); never a name.</param>
/// <param name="Correction">It replaces the extract accepted last under the exchange.</param>
/// <param name="Means">By which means the file came to an authority that takes it in; null for a drop.</param>
/// <param name="Organisation">For which of its organisations the agency submits, as the agreement lists them; none: for itself.</param>
/// <param name="Corrects">It replaces this extract, which need not be the last.</param>
public sealed record GrantRequest(
    string Exchange,
    string? JudgedBy = null,
    string? JudgementBasis = null,
    bool Correction = false,
    Means? Means = null,
    string? Organisation = null,
    string? Corrects = null);

/// <param name="State"><c>Issued</c>, <c>Claimed</c>, <c>Closed</c> or <c>Expired</c>.</param>
/// <param name="ExtractId">What its drop became, once claimed.</param>
public sealed record GrantView(string Id, string State, string? ExtractId, DateTimeOffset ExpiresAt);

internal static class GrantEndpoints
{
    public static void MapGrants(this IEndpointRouteBuilder api)
    {
        api.MapPost("/agencies/{agency}/grants", DropAsync)
            .WithAccess(AccessTable.GrantIssue)
            .WithSummary("Asks for leave to drop one extract: an address to put it at, once, and a key to seal it to.")
            .Produces<UploadPermission>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict);

        api.MapGet("/agencies/{agency}/grants/{id}", ShowAsync)
            .WithAccess(AccessTable.GrantShow)
            .WithSummary("Whether a grant was used, and what its drop became.")
            .Produces<GrantView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>What an authority takes in for others: a study takes drops alone.</summary>
    public static void MapFiles(this IEndpointRouteBuilder api)
    {
        api.MapPost("/agencies/{agency}/files", TakeInAsync)
            .WithAccess(AccessTable.FileTakeIn)
            .WithSummary("Takes in, for an agency, a file that came by other means than a drop: an address and a key for it, and the same intake.")
            .Produces<UploadPermission>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ShowAsync(string agency, string id, Registers registers, CancellationToken cancellationToken) =>
        await registers.Grants.FindAsync(id, cancellationToken) is { Row: var grant } && grant.Agency == agency
            ? TypedResults.Ok(new GrantView(grant.Id, grant.State.ToString(), grant.ExtractId, grant.ExpiresAt))
            : Answers.NotFound("No such grant of this agency.");

    /// <summary>Issues a grant for a drop, or says why not.</summary>
    internal static Task<IResult> DropAsync(string agency, GrantRequest request, ClaimsPrincipal user, UploadGrants grants, CancellationToken cancellationToken) =>
        IssueAsync(agency, request, Means.SealedDrop, user, grants, cancellationToken);

    private static async Task<IResult> TakeInAsync(string agency, GrantRequest request, ClaimsPrincipal user, UploadGrants grants, CancellationToken cancellationToken) =>
        request.Means is { } means && !means.IsDrop() && !means.IsSpoken()
            ? await IssueAsync(agency, request, means, user, grants, cancellationToken)
            : TypedResults.Problem(
                "Say by which means the file came: secure email, internal transfer, a system that was read, or one hosted internally. An agency drops its own file; what was told is recorded, not taken in.",
                title: "file.means",
                statusCode: StatusCodes.Status409Conflict);

    private static async Task<IResult> IssueAsync(
        string agency, GrantRequest request, Means means, ClaimsPrincipal user, UploadGrants grants, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        var (permission, refusal) = await grants.IssueAsync(
            new GrantApplication(
                agency,
                request.Exchange,
                caller.Account,
                caller.Role.ToString(),
                request.JudgedBy,
                request.JudgementBasis,
                request.Correction || request.Corrects is { Length: > 0 },
                means,
                request.Organisation ?? "",
                request.Corrects ?? ""),
            cancellationToken);
        return permission is not null
            ? TypedResults.Json(permission, statusCode: StatusCodes.Status201Created)
            : TypedResults.Problem(refusal!.Words, title: refusal.Code, statusCode: StatusCodes.Status409Conflict);
    }
}
