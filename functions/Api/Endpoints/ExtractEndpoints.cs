using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts.Quality;

namespace TfFlow.Api.Endpoints;

/// <summary>An extract as its register has it.</summary>
/// <param name="DropSha256">Of the dropped file, lower-case hex, once it was read to its end: its sender compares.</param>
/// <param name="Quality">How good it was; null until it was read, and for a file that was not taken.</param>
/// <param name="Held">Under a legal hold: not erased before that is released, whatever is due.</param>
/// <param name="Judgement">Who judged that it should be shared, and on what basis, where its sender said so; null in lists.</param>
/// <param name="SupersededBy">The correction that took its place; empty for none.</param>
public sealed record ExtractView(
    string Id,
    string State,
    string Agency,
    string Agreement,
    string AgreementVersion,
    string Exchange,
    DateTimeOffset ClaimedAt,
    string DropSha256,
    string RefusalCode,
    long RowsAccepted,
    long RowsRefused,
    DateTimeOffset? KeptUntil,
    DateTimeOffset? ErasedAt,
    bool Held = false,
    QualityProfile? Quality = null,
    BatchJudgement? Judgement = null,
    string SupersededBy = "")
{
    public static ExtractView Of(Extract extract, bool held = false, BatchJudgement? judgement = null) => new(
        extract.Id,
        extract.State.ToString(),
        extract.Agency,
        extract.Agreement,
        extract.AgreementVersion,
        extract.Exchange,
        extract.ClaimedAt,
        extract.Drop.Sha256,
        extract.RefusalCode,
        extract.RowsAccepted,
        extract.RowsRefused,
        extract.KeptUntil,
        extract.ErasedAt,
        held,
        extract.Quality,
        judgement,
        extract.SupersededBy);
}

internal static class ExtractEndpoints
{
    public static void MapExtracts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/extracts", ListAsync)
            .WithAccess(AccessTable.ExtractList)
            .WithSummary("Extracts and where they stand; an agency sees its own.")
            .Produces<ExtractView[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/extracts/{id}", ShowAsync)
            .WithAccess(AccessTable.ExtractShow)
            .WithSummary("One extract.")
            .Produces<ExtractView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, Registers registers, LegalHolds holds, AgreementCatalogue agreements, CancellationToken cancellationToken)
    {
        var held = await holds.CoveredAsync(cancellationToken);
        return Answers.ListFor(agreements, Caller.From(user).Agency, await registers.Extracts.ListAsync(cancellationToken)
            .SeenBy(user, AccessTable.ExtractList, (extract, agency) => extract.Agency == agency)
            .Select(extract => ExtractView.Of(extract, held.Contains(extract.Id)))
            .OrderBy(extract => extract.ClaimedAt)
            .ToListAsync(cancellationToken));
    }

    private static async Task<IResult> ShowAsync(string id, ClaimsPrincipal user, Registers registers, LegalHolds holds, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        var extract = await registers.Extracts.FindAsync(id, cancellationToken);
        if (extract is null || !AccessTable.Allows(AccessTable.ExtractShow, caller.Role, own: extract.Row.Agency == caller.Agency))
        {
            return Answers.NotFound("No such extract, or not one you may see.");
        }

        var grant = await registers.Grants.FindAsync(extract.Row.GrantId, cancellationToken);
        return TypedResults.Ok(ExtractView.Of(extract.Row, (await holds.CoveredAsync(cancellationToken)).Contains(id), grant?.Row.Judgement));
    }
}
