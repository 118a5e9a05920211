using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;

namespace TfFlow.Api.Endpoints;

/// <param name="OrderSha256">Of the written order, lower-case hex; the order itself stays with whoever gave it.</param>
/// <param name="References">What exactly is held: ids of extracts, families with their cases, requests for anonymous extracts, rounds of a study.</param>
/// <param name="ReviewOn">The last day of its first review.</param>
public sealed record HoldRequest(HoldReason Reason, string? OrderSha256, IReadOnlyList<string>? References, DateOnly ReviewOn);

/// <param name="ReviewOn">The last day of its next review.</param>
public sealed record HoldReviewRequest(DateOnly ReviewOn);

/// <summary>A legal hold as its register has it.</summary>
/// <param name="Overdue">Its review is overdue; it holds all the same.</param>
public sealed record HoldView(
    string Id,
    string State,
    HoldReason Reason,
    string OrderSha256,
    IReadOnlyList<string> References,
    string PlacedBy,
    DateTimeOffset PlacedAt,
    DateOnly ReviewOn,
    bool Overdue,
    string? ReviewedBy,
    DateTimeOffset? ReviewedAt,
    string? ReleasedBy,
    DateTimeOffset? ReleasedAt)
{
    public static HoldView Of(HoldRow row, DateOnly today) => new(
        row.Id,
        row.State.ToString(),
        row.Hold.Why,
        row.Hold.OrderHash,
        row.Hold.References,
        row.Hold.By,
        row.PlacedAt,
        row.Hold.ReviewOn,
        row.Hold.IsOverdue(today),
        row.ReviewedBy,
        row.ReviewedAt,
        row.ReleasedBy,
        row.ReleasedAt);
}

internal static class HoldEndpoints
{
    public static void MapHolds(this IEndpointRouteBuilder api)
    {
        api.MapPost("/holds", PlaceAsync)
            .WithAccess(AccessTable.HoldPlace).Answering<HoldView>("Places a legal hold: exactly what it names is not erased until it is released. It permits no use.");

        api.MapGet("/holds", ListAsync)
            .WithAccess(AccessTable.HoldList)
            .WithSummary("Legal holds, the longest placed first; those that were released too.");

        api.MapPost("/holds/{id}/review", ReviewAsync)
            .WithAccess(AccessTable.HoldReview).Answering<HoldView>("Records that a legal hold was reviewed and is still needed, and when it is reviewed next.");

        api.MapPost("/holds/{id}/release", ReleaseAsync)
            .WithAccess(AccessTable.HoldRelease).Answering<HoldView>("Releases a legal hold: the next sweep erases what is due and under no other.");
    }

    private static Task<IResult> PlaceAsync(HoldRequest body, ClaimsPrincipal user, LegalHolds holds, TimeProvider time, CancellationToken cancellationToken)
    {
        var by = user.By();
        return AnswerAsync(holds.PlaceAsync(new(by.Account, by.Role, body.Reason, Answers.Sha256(body.OrderSha256), body.References ?? [], body.ReviewOn), cancellationToken), time);
    }

    private static async Task<IReadOnlyList<HoldView>> ListAsync(Registers registers, TimeProvider time, CancellationToken cancellationToken) =>
        await registers.Holds.ListAsync(cancellationToken)
            .Select(row => HoldView.Of(row.Row, Today(time)))
            .OrderBy(row => row.PlacedAt)
            .ToListAsync(cancellationToken);

    private static Task<IResult> ReviewAsync(string id, HoldReviewRequest body, ClaimsPrincipal user, LegalHolds holds, TimeProvider time, CancellationToken cancellationToken)
    {
        var by = user.By();
        return AnswerAsync(holds.ReviewAsync(id, body.ReviewOn, by.Account, by.Role, cancellationToken), time);
    }

    private static Task<IResult> ReleaseAsync(string id, ClaimsPrincipal user, LegalHolds holds, TimeProvider time, CancellationToken cancellationToken)
    {
        var by = user.By();
        return AnswerAsync(holds.ReleaseAsync(id, by.Account, by.Role, cancellationToken), time);
    }

    private static Task<IResult> AnswerAsync(Task<Answer<HoldRow>> answering, TimeProvider time) =>
        Answers.OfAsync(answering, hold => TypedResults.Ok(HoldView.Of(hold, Today(time))), "No such hold.");

    private static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
