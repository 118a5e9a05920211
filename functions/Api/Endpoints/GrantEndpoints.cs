using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Intake;

namespace TfFlow.Api.Endpoints;

/// <param name="Exchange">As the agreement names it: <c>leicestershire-2</c>.</param>
/// <param name="JudgedBy">The account or post of whoever judged that the batch should be shared, where the agreement asks for it (seeds/000 §3.4); never a name.</param>
/// <param name="Correction">It replaces an extract accepted before.</param>
public sealed record GrantRequest(string Exchange, string? JudgedBy = null, string? JudgementBasis = null, bool Correction = false);

internal static class GrantEndpoints
{
    public static void MapGrants(this IEndpointRouteBuilder api) =>
        api.MapPost("/agencies/{agency}/grants", IssueAsync)
            .WithAccess(AccessTable.GrantIssue)
            .WithSummary("Asks for leave to drop one extract: an address to put it at, once, and a key to seal it to.")
            .Produces<UploadPermission>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> IssueAsync(
        string agency, GrantRequest request, ClaimsPrincipal user, UploadGrants grants, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        var (permission, refusal) = await grants.IssueAsync(
            new GrantApplication(agency, request.Exchange, caller.Account, caller.Role.ToString(), request.JudgedBy, request.JudgementBasis, request.Correction), cancellationToken);
        return permission is not null
            ? TypedResults.Json(permission, statusCode: StatusCodes.Status201Created)
            : TypedResults.Problem(refusal!.Words, title: refusal.Code, statusCode: StatusCodes.Status409Conflict);
    }
}
