using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.WebConsole.Serving;

namespace TfFlow.WebConsole.Drops;

/// <summary>Sending a file: checked and sealed in the browser, put through this host, followed until its intake has ended.</summary>
internal static class DropPages
{
    public static void MapDrops(this IEndpointRouteBuilder console)
    {
        console.MapGet("/agencies/{agency}/drop/{exchange}", ShowForm).WithPage(AccessTable.GrantIssue);
        console.MapGet("/agencies/{agency}/specifications/{exchange}", ShowSpecification).WithCall(AccessTable.GrantIssue);
        console.MapPost("/agencies/{agency}/grants", AskAsync).WithCall(AccessTable.GrantIssue);
        console.MapPut("/agencies/{agency}/drops/{id}", PutAsync)
            .WithCall(AccessTable.GrantIssue)
            .WithMetadata(new RequestSizeLimitAttribute(DropUploads.MostBytes));
        console.MapGet("/agencies/{agency}/grants/{id}", FollowAsync).WithPage(AccessTable.GrantShow);
    }

    private static IResult ShowForm(string agency, string exchange, AgreementCatalogue agreements, TimeProvider time) =>
        Find(agency, exchange, agreements, time) is var (agreement, its) ? Pages.Show<DropPage>(new { Agency = agency, Exchange = its, Agreement = agreement }) : NoSuch();

    private static IResult ShowSpecification(string agency, string exchange, AgreementCatalogue agreements, TimeProvider time) =>
        Find(agency, exchange, agreements, time) is var (_, its)
            ? TypedResults.Json(BrowserSpecification.Of(its.Specification!, its.Withheld))
            : TypedResults.Problem("No such file of this agency.", statusCode: StatusCodes.Status404NotFound);

    private static (Agreement Agreement, Exchange Exchange)? Find(string agency, string exchange, AgreementCatalogue agreements, TimeProvider time) =>
        agreements.WithExchange(exchange, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)) is { } agreement
            && agreement.Exchange(exchange) is { Specification: not null } its && its.From.Contains(agency) && its.Means.Any(means => means.IsDrop())
            ? (agreement, its)
            : null;

    private static Task<IResult> AskAsync(string agency, GrantRequest request, ClaimsPrincipal user, UploadGrants grants, CancellationToken cancellationToken) =>
        GrantEndpoints.DropAsync(agency, request, user, grants, cancellationToken);

    private static async Task<IResult> PutAsync(
        string agency, string id, HttpRequest request, ClaimsPrincipal user, DropUploads uploads, CancellationToken cancellationToken)
    {
        if (request.ContentLength > DropUploads.MostBytes)
        {
            return TypedResults.Problem(
                $"A browser sends at most {DropUploads.MostBytes / 1024 / 1024} MiB: send the file with tfflow drop.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        return await uploads.PutAsync(user.By(), agency, id, request.Body, cancellationToken) is { } refusal
            ? TypedResults.Problem(refusal.Words, title: refusal.Code, statusCode: StatusCodes.Status409Conflict)
            : TypedResults.StatusCode(StatusCodes.Status201Created);
    }

    /// <summary>Leads to the report once there is one; until then it says what is waited for.</summary>
    private static async Task<IResult> FollowAsync(string agency, string id, Registers registers, CancellationToken cancellationToken)
    {
        if (!Reference.IsOne(id) || await registers.Grants.FindAsync(id, cancellationToken) is not { Row: var grant } || grant.Agency != agency)
        {
            return Pages.NotFound("No such file of this agency was sent.");
        }

        var extract = grant.ExtractId is { } known ? (await registers.Extracts.FindAsync(known, cancellationToken))?.Row : null;
        return extract is { State: not (ExtractStage.Claimed or ExtractStage.Sealed or ExtractStage.Refused) }
            ? TypedResults.Redirect($"/console/extracts/{extract.Id}")
            : Pages.Show<WaitPage>(new { Agency = agency, Grant = grant });
    }

    private static IResult NoSuch() => Pages.NotFound("No agreement in force has such a file that this agency drops.");
}
