using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Api.Endpoints;

/// <param name="Agency">Whose keys; null for everybody's.</param>
public sealed record KeyRotationRequest(string? Agency = null);

internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder api) =>
        api.MapPost("/keys/rotate", (KeyRotationRequest request, ClaimsPrincipal user, KeyRotations rotations, CancellationToken token) =>
                Answers.OfAsync(rotations.StartAsync(user.By(), request.Agency, token), started => TypedResults.Accepted("/instances?prefix=key-rotation-", started), "There is nothing to rotate."))
            .WithAccess(AccessTable.KeyRotate)
            .WithSummary("Wraps an agency's data keys, or everybody's, under a new key-encryption key and deletes the earlier ones.")
            .Produces<KeyRotationsStarted>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict);
}
