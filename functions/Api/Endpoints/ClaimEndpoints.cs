using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Outcomes;

namespace TfFlow.Api.Endpoints;

/// <summary>A claim for payment by results: references and dates.</summary>
/// <param name="Result">Progress or Employment.</param>
/// <param name="Plan">The family outcome plan, by its name.</param>
/// <param name="Extracts">Those that the figures came from.</param>
/// <param name="Return">The return that counted it.</param>
public sealed record ClaimView(
    string Id, string Case, string State, DateOnly MadeOn, string Result, string Plan, DateOnly MeasuredOn, IReadOnlyList<string> Extracts,
        string? Return)
{
    public static ClaimView Of(OutcomeClaim row) => new(
        row.Id,
        row.Case,
        row.State.ToString(),
        row.MadeOn,
        row.Outcome.Result.ToString(),
        row.Outcome.Plan,
        row.Outcome.On,
        [.. row.Evidence.Select(source => source.Extract)],
        row.Return);
}

/// <param name="Seed">The same seed draws the same claims.</param>
/// <param name="Percent">Of the claims, from 1 to 100.</param>
public sealed record SampleRequest(int Seed, int Percent);

/// <param name="Confirmed">False: it is not returned.</param>
public sealed record ClaimAudit(bool Confirmed);

/// <summary>Payment by results.</summary>
internal static class ClaimEndpoints
{
    private const string Unknown = "No such claim.";

    public static void MapClaims(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{id}/claim", (string id, ClaimsPrincipal user, OutcomeClaims claims, CancellationToken token) =>
                Answers.OfAsync(claims.MakeAsync(user.By(), id, token), row => TypedResults.Ok(ClaimView.Of(row)), CaseEndpoints.Unknown))
            .WithAccess(AccessTable.ClaimMake).Answering<ClaimView>("Claims for a family whose outcome was shown by measure: once, ever.");

        api.MapGet("/claims", async (Registers registers, CancellationToken token) =>
                TypedResults.Ok(await registers.Claims.ListAsync(token).Select(claim => ClaimView.Of(claim.Row))
                    .OrderBy(claim => claim.MadeOn).ToArrayAsync(token)))
            .WithAccess(AccessTable.ClaimList).WithSummary("Claims for payment by results, and where they stand.").Produces<ClaimView[]>();

        api.MapPost("/claims/samples", (SampleRequest body, ClaimsPrincipal user, ClaimBatches claims, CancellationToken token) =>
                Answers.OfAsync(claims.SampleAsync(user.By(), body.Seed, body.Percent, token), row => TypedResults.Ok(row), Unknown))
            .WithAccess(AccessTable.ClaimSample).Answering<ClaimSample>("Draws the claims that the internal audit looks at, by a seed.");

        api.MapPost("/claims/{id}/audit",
            (string id, ClaimAudit body, ClaimsPrincipal user, OutcomeClaims claims, CancellationToken token) =>
                Answers.OfAsync(claims.AuditAsync(user.By(), id, body.Confirmed, token), row => TypedResults.Ok(ClaimView.Of(row)),
                    Unknown))
            .WithAccess(AccessTable.ClaimAudit).Answering<ClaimView>("Records what the internal audit found of a claim that was drawn.");

        api.MapPost("/claims/returns", (ClaimsPrincipal user, ClaimBatches claims, CancellationToken token) =>
                Answers.OfAsync(claims.ReturnAsync(user.By(), token), row => TypedResults.Ok(row), Unknown))
            .WithAccess(AccessTable.ClaimReturn).Answering<ClaimReturn>(
                "Makes the anonymous return to the Department, into the authority's outbox.");
    }
}
