using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Api.Endpoints;

internal static class InstanceEndpoints
{
    public static void MapInstances(this IEndpointRouteBuilder api)
    {
        api.MapGet("/instances", ListAsync)
            .WithAccess(AccessTable.InstanceList)
            .WithSummary("Orchestrations, a page at a time: what each does or waits for.");

        api.MapGet("/instances/{id}", ShowAsync)
            .WithAccess(AccessTable.InstanceShow)
            .WithSummary("One orchestration: its status, what it waits for, and why it failed.")
            .Produces<InstanceView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/instances/{id}/terminate", (string id, ClaimsPrincipal user, Instances instances, CancellationToken token) =>
                AnswerAsync(instances.TerminateAsync(id, CaseEndpoints.By(user).Account, CaseEndpoints.By(user).Role, token)))
            .WithAccess(AccessTable.InstanceTerminate).Answering("Ends an orchestration that cannot go on. The sweep takes up again what its register row needs.");

        api.MapPost("/instances/{id}/resume", (string id, ClaimsPrincipal user, Instances instances, CancellationToken token) =>
                AnswerAsync(instances.ResumeAsync(id, CaseEndpoints.By(user).Account, CaseEndpoints.By(user).Role, token)))
            .WithAccess(AccessTable.InstanceResume).Answering("Lets a suspended orchestration go on.");

        api.MapPost("/instances/{id}/purge", (string id, ClaimsPrincipal user, Instances instances, CancellationToken token) =>
                AnswerAsync(instances.PurgeAsync(id, CaseEndpoints.By(user).Account, CaseEndpoints.By(user).Role, token)))
            .WithAccess(AccessTable.InstancePurge).Answering("Forgets a finished orchestration and its history.");
    }

    private static Task<InstancePage> ListAsync(
        Instances instances,
        CancellationToken cancellationToken,
        [FromQuery] string? prefix = null,
        [FromQuery] OrchestrationRuntimeStatus[]? status = null,
        [FromQuery] string? continuation = null) => instances.ListAsync(prefix, status ?? [], continuation, cancellationToken);

    private static async Task<IResult> ShowAsync(string id, Instances instances, CancellationToken cancellationToken) =>
        await instances.FindAsync(id, cancellationToken) is { } instance ? TypedResults.Ok(instance) : Unknown();

    private static async Task<IResult> AnswerAsync(Task<InstanceAnswer> answering)
    {
        var answer = await answering;
        return !answer.Known ? Unknown()
            : answer.Why.Length > 0 ? TypedResults.Problem(answer.Why, statusCode: StatusCodes.Status409Conflict)
            : TypedResults.NoContent();
    }

    private static IResult Unknown() => TypedResults.Problem("No such orchestration: it never was, or it was purged.", statusCode: StatusCodes.Status404NotFound);

    private static void Answering(this RouteHandlerBuilder endpoint, string summary) => endpoint
        .WithSummary(summary)
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
