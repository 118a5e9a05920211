using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Intake;

namespace TfFlow.Api.Endpoints;

/// <param name="Exchange">As AGREEMENT/ROW.</param>
/// <param name="JudgementReference">The agency's own reference of who judged the batch and on what basis (seeds/000 §3.4), where the agreement asks for it; never a name.</param>
public sealed record GrantRequest(string Exchange, string? JudgementReference = null);

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
            new GrantApplication(agency, request.Exchange, request.JudgementReference, caller.Account, caller.Role.ToString()), cancellationToken);
        return permission is not null
            ? TypedResults.Json(permission, statusCode: StatusCodes.Status201Created)
            : TypedResults.Problem(refusal!.Words, title: refusal.Code, statusCode: StatusCodes.Status409Conflict);
    }
}
