using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Api.Endpoints;

internal static class InstanceEndpoints
{
    private const string Unknown = "No such orchestration: it never was, or it was purged.";

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
                AnswerAsync(instances.TerminateAsync(id, user.By(), token)))
            .WithAccess(AccessTable.InstanceTerminate).AnsweringNothing("Ends an orchestration that cannot go on. The sweep takes up again what its register row needs.");

        api.MapPost("/instances/{id}/resume", (string id, ClaimsPrincipal user, Instances instances, CancellationToken token) =>
                AnswerAsync(instances.ResumeAsync(id, user.By(), token)))
            .WithAccess(AccessTable.InstanceResume).AnsweringNothing("Lets a suspended orchestration go on.");

        api.MapPost("/instances/{id}/purge", (string id, ClaimsPrincipal user, Instances instances, CancellationToken token) =>
                AnswerAsync(instances.PurgeAsync(id, user.By(), token)))
            .WithAccess(AccessTable.InstancePurge).AnsweringNothing("Forgets a finished orchestration and its history.");
    }

    private static Task<InstancePage> ListAsync(
        Instances instances,
        CancellationToken cancellationToken,
        [FromQuery] string? prefix = null,
        [FromQuery] OrchestrationRuntimeStatus[]? status = null,
        [FromQuery] string? continuation = null) => instances.ListAsync(prefix, status ?? [], continuation, cancellationToken);

    private static async Task<IResult> ShowAsync(string id, Instances instances, CancellationToken cancellationToken) =>
        await instances.FindAsync(id, cancellationToken) is { } instance ? TypedResults.Ok(instance) : Answers.NotFound(Unknown);

    private static Task<IResult> AnswerAsync(Task<Answer<InstanceView>> answering) => Answers.OfAsync(answering, _ => TypedResults.NoContent(), Unknown);
}
