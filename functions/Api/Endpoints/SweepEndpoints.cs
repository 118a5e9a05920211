using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Api.Endpoints;

/// <param name="InstanceId">The orchestration to watch.</param>
public sealed record SweepStarted(string InstanceId);

internal static class SweepEndpoints
{
    public static void MapSweeps(this IEndpointRouteBuilder api) =>
        api.MapPost("/sweeps", StartAsync)
            .WithAccess(AccessTable.SweepStart)
            .WithSummary("Starts the retention sweep now; it also runs every night.")
            .Produces<SweepStarted>(StatusCodes.Status202Accepted);

    private static async Task<IResult> StartAsync(Sweeps sweeps, CancellationToken cancellationToken)
    {
        var instanceId = await sweeps.StartAsync(cancellationToken);
        return TypedResults.Accepted($"/instances/{instanceId}", new SweepStarted(instanceId));
    }
}
