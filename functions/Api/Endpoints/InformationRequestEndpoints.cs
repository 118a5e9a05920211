using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Rights;

namespace TfFlow.Api.Endpoints;

/// <param name="LetterSha256">Of the letter, lower-case hex; null: it was said.</param>
public sealed record InformationReceipt(
    InformationRegime Regime, IReadOnlyList<InformationSubject>? Subjects, DateOnly From, DateOnly To, DateOnly ReceivedOn,
        string? LetterSha256);

/// <param name="Item">As the search names it.</param>
/// <param name="Interest">Where the exemption is qualified.</param>
/// <param name="ReasonsSha256">Of the reasons, lower-case hex.</param>
public sealed record InformationExemptionRecord(string? Item, InformationExemption Exemption, PublicInterest? Interest,
    string? ReasonsSha256);

/// <param name="DecisionSha256">Of the decision and its reasons, lower-case hex.</param>
public sealed record InformationDecision(string? DecisionSha256);

/// <summary>A request for information as its register has it.</summary>
/// <param name="Unheard">Partners whose view is not recorded yet.</param>
/// <param name="DueOn">The last day for the answer.</param>
public sealed record InformationRequestView(
    string Id,
    string State,
    InformationRegime Regime,
    IReadOnlyList<InformationSubject> Subjects,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<string> Partners,
    IReadOnlyList<string> Unheard,
    IReadOnlyList<string> Exemptions,
    DateOnly ReceivedOn,
    DateOnly DueOn,
    DateOnly? ExtendedOn,
    DateTimeOffset? EscalatedAt,
    DateOnly? AnsweredOn)
{
    public static InformationRequestView Of(InformationRequestRow row) => new(
        row.Id,
        row.State.ToString(),
        row.Regime,
        row.Subjects,
        row.From,
        row.To,
        row.Request.Partners,
        [.. row.Unheard],
        [.. row.Exemptions.Select(marked =>
            $"{marked.ItemReference}: {Kebab.Of(marked.Exemption)}{(marked.Interest is { } interest ? $", {Kebab.Of(interest)}" : "")}")],
        row.ReceivedOn,
        row.DueOn,
        row.ExtendedOn,
        row.EscalatedAt,
        row.AnsweredOn);
}

/// <summary>Something that is held.</summary>
/// <param name="PublishedBy">Partners on whose websites it stands.</param>
public sealed record HeldInformationView(
    string Reference, string Title, DateOnly? On, IReadOnlyList<string> Partners, IReadOnlyList<string> PublishedBy,
        IReadOnlyList<string> Words)
{
    public static HeldInformationView Of(HeldInformation held) =>
        new(held.Reference, held.Title, held.On, held.Partners, held.PublishedBy, held.Words);
}

public sealed record InformationFinding(InformationRequestView Request, IReadOnlyList<HeldInformationView> Found);

internal static class InformationRequestEndpoints
{
    private const string Unknown = "No such request.";

    public static void MapInformationRequests(this IEndpointRouteBuilder api)
    {
        api.MapPost("/information-requests",
            (InformationReceipt body, ClaimsPrincipal user, InformationRequests requests, CancellationToken token) =>
            AnswerAsync(requests.ReceiveAsync(
                user.By(), new(body.Regime, body.Subjects ?? [], body.From, body.To, body.ReceivedOn, Answers.Sha256(body.LetterSha256)),
                    token)))
            .WithAccess(AccessTable.InformationReceive)
                .Answering<InformationRequestView>("Records a request for information, by subject and period.");

        api.MapGet("/information-requests", ListAsync)
            .WithAccess(AccessTable.InformationList)
            .WithSummary("Requests for information and where they stand, the earliest received first.");

        api.MapPost("/information-requests/{id}/search",
            (string id, ClaimsPrincipal user, InformationRequests requests, CancellationToken token) => Answers.OfAsync(
                requests.FindAsync(user.By(), id, token),
                searched => TypedResults.Ok(new InformationFinding(InformationRequestView.Of(searched.Row),
                    [.. searched.Found.Select(HeldInformationView.Of)])),
                Unknown))
            .WithAccess(AccessTable.InformationFind)
                .Answering<InformationFinding>("Finds what is held; the partners whose it is too are asked for their views.");

        api.MapPost("/information-requests/{id}/views",
            (string id, RequestViewRecord body, ClaimsPrincipal user, InformationRequests requests, CancellationToken token) =>
                AnswerAsync(requests.RecordViewAsync(user.By(), id, body.Agency ?? "", Answers.Sha256(body.ViewSha256), token)))
            .WithAccess(AccessTable.InformationView)
                .Answering<InformationRequestView>("Records a partner's view, or that it gave none in its time.");

        api.MapPost("/information-requests/{id}/exemptions",
            (string id, InformationExemptionRecord body, ClaimsPrincipal user, InformationRequests requests, CancellationToken token) =>
                AnswerAsync(requests.ExemptAsync(user.By(), id,
                    new(body.Item ?? "", body.Exemption, body.Interest, Answers.Sha256(body.ReasonsSha256), ""), token)))
            .WithAccess(AccessTable.InformationExempt)
                .Answering<InformationRequestView>(
                "Marks something that is held as exempt, with the test of the public interest where the exemption is qualified.");

        api.MapPost("/information-requests/{id}/extension",
            (string id, RequestExtension body, ClaimsPrincipal user, InformationRequests requests, CancellationToken token) =>
                AnswerAsync(requests.ExtendAsync(user.By(), id, body.Complex, token)))
            .WithAccess(AccessTable.InformationExtend)
                .Answering<InformationRequestView>("Records that whoever asked was told that it takes 40 working days.");

        api.MapPost("/information-requests/{id}/decision",
            (string id, InformationDecision body, ClaimsPrincipal user, InformationRequests requests, CancellationToken token) =>
                AnswerAsync(requests.DecideAsync(user.By(), id, Answers.Sha256(body.DecisionSha256), token)))
            .WithAccess(AccessTable.InformationDecide)
                .Answering<InformationRequestView>("Records what was decided, once every partner was consulted.");

        api.MapPost("/information-requests/{id}/response",
            (string id, ClaimsPrincipal user, InformationRequests requests, CancellationToken token) =>
                Answers.OfAsync(requests.RespondAsync(user.By(), id, token), response =>
                    TypedResults.Bytes(response.Json, "application/json"), Unknown))
            .WithAccess(AccessTable.InformationRespond)
                .Answering<InformationResponse>("Writes the response: what is not exempt, and figures through disclosure control.");

        api.MapPost("/information-requests/{id}/answer",
            (string id, ClaimsPrincipal user, InformationRequests requests, CancellationToken token) =>
                AnswerAsync(requests.AnswerAsync(user.By(), id, token)))
            .WithAccess(AccessTable.InformationAnswer).Answering<InformationRequestView>("Records that whoever asked has the response.");
    }

    private static async Task<IReadOnlyList<InformationRequestView>> ListAsync(Registers registers, CancellationToken cancellationToken) =>
        await registers.InformationRequests.ListAsync(cancellationToken).Select(row => InformationRequestView.Of(row.Row))
            .OrderBy(row => row.ReceivedOn).ToListAsync(cancellationToken);

    private static Task<IResult> AnswerAsync(Task<Answer<InformationRequestRow>> answering) =>
        Answers.OfAsync(answering, row => TypedResults.Ok(InformationRequestView.Of(row)), Unknown);
}
