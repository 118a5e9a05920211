using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;

namespace TfFlow.Api.Endpoints;

/// <param name="References">Of the families the person belongs to; none when nothing is kept of the person.</param>
public sealed record RequestReceipt(SubjectRequestKind Kind, DateOnly ReceivedOn, IReadOnlyList<string>? References);

/// <param name="ViewSha256">Of what the originator wrote, lower-case hex; null when it gave no view in its time.</param>
public sealed record RequestViewRecord(string? Agency, string? ViewSha256);

/// <param name="Complex">The request is complex, or the person made many, and the person was told so with reasons.</param>
public sealed record RequestExtension(bool Complex);

/// <param name="DecisionSha256">Of the decision and its reasons, lower-case hex.</param>
/// <param name="ExemptionsAssessed">Together with the originators.</param>
public sealed record RequestDecision(string? DecisionSha256, bool ExemptionsAssessed);

/// <summary>A person's request as its register has it.</summary>
/// <param name="Unheard">Originators whose view is not recorded yet.</param>
/// <param name="DueOn">The last day for the answer.</param>
public sealed record RequestView(
    string Id,
    string State,
    SubjectRequestKind Kind,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Originators,
    IReadOnlyList<string> Unheard,
    DateOnly ReceivedOn,
    DateOnly DueOn,
    DateOnly? ExtendedOn,
    DateTimeOffset? EscalatedAt,
    DateOnly? AnsweredOn)
{
    public static RequestView Of(SubjectRequestRow row) => new(
        row.Id,
        row.State.ToString(),
        row.Kind,
        row.References,
        row.Request.Originators,
        [.. row.Unheard],
        row.ReceivedOn,
        row.DueOn,
        row.ExtendedOn,
        row.EscalatedAt,
        row.AnsweredOn);
}

internal static class RequestEndpoints
{
    public static void MapRequests(this IEndpointRouteBuilder api)
    {
        api.MapPost("/requests", (RequestReceipt body, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.ReceiveAsync(user.By(), body.Kind, body.ReceivedOn, body.References ?? [], token)))
            .WithAccess(AccessTable.RequestReceive).Answering<RequestView>("Records a person's request about their data, by references alone: its originators are asked.");

        api.MapGet("/requests", ListAsync)
            .WithAccess(AccessTable.RequestList)
            .WithSummary("People's requests and where they stand, the earliest received first.");

        api.MapPost("/requests/{id}/views", (string id, RequestViewRecord body, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.RecordViewAsync(user.By(), id, body.Agency ?? "", Answers.Sha256(body.ViewSha256), token)))
            .WithAccess(AccessTable.RequestView).Answering<RequestView>("Records an originator's view, or that it gave none in its time.");

        api.MapPost("/requests/{id}/extension", (string id, RequestExtension body, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.ExtendAsync(user.By(), id, body.Complex, token)))
            .WithAccess(AccessTable.RequestExtend).Answering<RequestView>("Records that the person was told that it takes two months more.");

        api.MapPost("/requests/{id}/decision", (string id, RequestDecision body, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.DecideAsync(user.By(), id, Answers.Sha256(body.DecisionSha256), body.ExemptionsAssessed, token)))
            .WithAccess(AccessTable.RequestDecide).Answering<RequestView>("Records what was decided, once every originator was consulted.");

        api.MapPost("/requests/{id}/answer", (string id, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.AnswerAsync(user.By(), id, token)))
            .WithAccess(AccessTable.RequestAnswer).Answering<RequestView>("Records that the person has the answer.");
    }

    private static async Task<IReadOnlyList<RequestView>> ListAsync(Registers registers, CancellationToken cancellationToken) =>
        await registers.SubjectRequests.ListAsync(cancellationToken)
            .Select(row => RequestView.Of(row.Row))
            .OrderBy(row => row.ReceivedOn)
            .ToListAsync(cancellationToken);

    private static Task<IResult> AnswerAsync(Task<Answer<SubjectRequestRow>> answering) => Answers.OfAsync(answering, row => TypedResults.Ok(RequestView.Of(row)), "No such request.");
}
