using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Api.Endpoints;

internal static class InstanceEndpoints
{
    public static void MapInstances(this IEndpointRouteBuilder api)
    {
        api.MapGet("/instances", ListAsync)
            .WithAccess(AccessTable.InstanceList)
            .WithSummary("Orchestrations, a page at a time.");

        api.MapGet("/instances/{id}", ShowAsync)
            .WithAccess(AccessTable.InstanceShow)
            .WithSummary("One orchestration: its status and what it says it is doing.")
            .Produces<OrchestrationMetadata>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task<OrchestrationPage> ListAsync(
        IOrchestrationClient orchestrations,
        CancellationToken cancellationToken,
        [FromQuery] string? prefix = null,
        [FromQuery] OrchestrationStatus[]? status = null,
        [FromQuery] string? continuation = null) =>
        orchestrations.QueryAsync(
            new OrchestrationQuery { InstanceIdPrefix = prefix, Statuses = status is { Length: > 0 } ? status : null }, continuation, cancellationToken);

    private static async Task<IResult> ShowAsync(string id, IOrchestrationClient orchestrations, CancellationToken cancellationToken) =>
        await orchestrations.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is { } instance
            ? TypedResults.Ok(instance)
            : TypedResults.Problem("No such orchestration: it never was, or it was purged.", statusCode: StatusCodes.Status404NotFound);
}
