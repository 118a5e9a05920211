using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Api.Endpoints;

/// <summary>That a family was measured.</summary>
/// <param name="At">When in its way: Entry, Refresh, Conclusion or Later.</param>
/// <param name="Plan">The family outcome plan, by its name.</param>
/// <param name="Result">NotShown, Progress or Employment.</param>
public sealed record MeasurementView(string Reference, DateOnly On, string At, string Plan, string Result)
{
    public static MeasurementView Of(CaseMeasurement row) => new(row.Reference, row.On, row.At.ToString(), row.Plan, row.Result.ToString());
}

/// <param name="Plan">The family outcome plan it gets, by its name.</param>
public sealed record PlanMoveRequest(string Plan, PlanMoveReason Reason);

/// <summary>What families achieved: by measure, and by nothing that anybody types.</summary>
internal static class OutcomeEndpoints
{
    public static void MapOutcomes(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{id}/measurements", async (string id, ClaimsPrincipal user, CaseOutcomes outcomes, CancellationToken token) =>
            {
                var (answer, measured) = await outcomes.MeasureAsync(user.By(), id, token);
                return await Answers.OfAsync(Task.FromResult(answer), _ => TypedResults.Ok(measured), CaseEndpoints.Unknown);
            })
            .WithAccess(AccessTable.CaseMeasure)
            .Answering<ShownMeasurement>("Measures the family by its outcome plan, from what was sent to measure it. The figures stay sealed with its case.");

        api.MapGet("/cases/{id}/measurements",
            (string id, ClaimsPrincipal user, Registers registers, CaseOutcomes outcomes, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.CaseMeasurementList, id, user, registers, async row =>
                        TypedResults.Ok(await outcomes.ReadAsync(user.By(), row, token)), token))
            .WithAccess(AccessTable.CaseMeasurementList)
            .WithSummary("What the family's measurements came to: figures, sources, dates, and what was missing. Each look is in the ledger.")
            .Produces<ShownMeasurement[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/cases/{id}/outcomes", (string id, ClaimsPrincipal user, CaseOutcomes outcomes, CancellationToken token) =>
                CaseEndpoints.AnswerAsync(outcomes.DecideAsync(user.By(), id, token)))
            .WithAccess(AccessTable.CaseOutcomes)
            .Answering<CaseView>("Measures the family and decides its outcome by that: shown at once, not shown a year after the end of support.");

        api.MapPost("/cases/{id}/outcome-plan",
            (string id, PlanMoveRequest body, ClaimsPrincipal user, CaseOutcomes outcomes, CancellationToken token) =>
                CaseEndpoints.AnswerAsync(outcomes.MovePlanAsync(user.By(), id, body.Plan ?? "", body.Reason, token)))
            .WithAccess(AccessTable.CasePlanMove)
            .Answering<CaseView>("Moves the family to another outcome plan than the one by which it entered, with the reason.");
    }
}
