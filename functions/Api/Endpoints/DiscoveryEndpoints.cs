using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts.Quality;

namespace TfFlow.Api.Endpoints;

/// <param name="Exchange">As the agreement names it.</param>
/// <param name="Profile">As <c>tfflow profile --save</c> writes it.</param>
public sealed record DiscoveryRequest(string Exchange, QualityProfile Profile);

/// <summary>The result of a discovery phase as its register has it.</summary>
/// <param name="State"><c>Filed</c>, or <c>Superseded</c> once a later one took its place.</param>
/// <param name="Problems">Why the source is not good enough for a first use yet, each as a line; empty when it is.</param>
public sealed record DiscoveryView(
    string Id,
    string State,
    string Agency,
    string Exchange,
    string Agreement,
    string AgreementVersion,
    DateTimeOffset FiledAt,
    QualityProfile Profile,
    IReadOnlyList<string> Problems)
{
    public static DiscoveryView Of(Discovery row) => new(
        row.Id,
        row.State.ToString(),
        row.Agency,
        row.Exchange,
        row.Agreement,
        row.AgreementVersion,
        row.FiledAt,
        row.Profile,
        QualityRules.FirstUse(row.Profile));
}

internal static class DiscoveryEndpoints
{
    public static void MapDiscoveries(this IEndpointRouteBuilder api)
    {
        api.MapPost("/agencies/{agency}/discoveries", FileAsync)
            .WithAccess(AccessTable.DiscoveryFile)
            .Answering<DiscoveryView>("Files the profile of a source with the agreement, before its first use.");

        api.MapGet("/discoveries", ListAsync)
            .WithAccess(AccessTable.DiscoveryList)
            .WithSummary("Profiles that were filed with agreements, the earliest first; an agency sees its own.")
            .Produces<DiscoveryView[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task<IResult> FileAsync(
        string agency, DiscoveryRequest body, ClaimsPrincipal user, Discoveries discoveries, CancellationToken cancellationToken) =>
        Answers.OfAsync(
            discoveries.FileAsync(user.By(), agency, body.Exchange, body.Profile, cancellationToken),
            row => TypedResults.Ok(DiscoveryView.Of(row)),
            "No agreement in force has such an exchange.");

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, Registers registers, AgreementCatalogue agreements, CancellationToken cancellationToken) =>
        Answers.ListFor(agreements, Caller.From(user).Agency, await registers.Discoveries.ListAsync(cancellationToken)
            .SeenBy(user, AccessTable.DiscoveryList, (row, agency) => row.Agency == agency)
            .Select(DiscoveryView.Of)
            .OrderBy(row => row.FiledAt)
            .ToListAsync(cancellationToken));
}
