using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.People;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Api.Endpoints;

/// <summary>A version of the privacy notice.</summary>
/// <param name="Agreements">Those it tells of, by their ids.</param>
/// <param name="File">Its page, in the authority's outbox.</param>
public sealed record NoticeView(string Version, DateOnly PublishedOn, IReadOnlyList<string> Agreements, string Sha256, string File)
{
    public static NoticeView Of(PrivacyNoticeRow row) => new(row.Id, row.PublishedOn, row.Agreements, row.Sha256, row.FileName);
}

/// <param name="Persons">Members, by their references; none: all of the family.</param>
public sealed record NoticeGiving(string Version, NoticeMeans How, DateOnly On, IReadOnlyList<string>? Persons = null);

/// <summary>Who was given which version of the privacy notice.</summary>
public sealed record NoticeGivenView(
    string Id, string Family, IReadOnlyList<string> Persons, string Version, DateOnly On, NoticeMeans How, string By)
{
    public static NoticeGivenView Of(NoticeGivenRow row) => new(row.Id, row.Notice.Family, row.Notice.Persons, row.Notice.Version, row.Notice.On, row.How, row.By);
}

/// <param name="Person">The member's reference.</param>
/// <param name="Uses">What the person objects to.</param>
/// <param name="LetterSha256">Of what the person wrote, lower-case hex; null: it was said.</param>
public sealed record ObjectionRequest(
    string Family, string Person, IReadOnlyList<Use>? Uses, ObjectionReason Reason, DateOnly ReceivedOn, string? LetterSha256 = null);

/// <param name="DecisionSha256">Of the decision and its reasons, lower-case hex.</param>
public sealed record ObjectionDecision(bool Upheld, string? DecisionSha256);

/// <summary>A person's objection and where it stands.</summary>
public sealed record ObjectionView(
    string Id, string State, string Family, string Person, IReadOnlyList<Use> Uses, ObjectionReason Reason, DateOnly ReceivedOn, DateOnly? DecidedOn)
{
    public static ObjectionView Of(ObjectionRow row) => new(
        row.Id,
        row.State.ToString(),
        row.Objection.Family,
        row.Objection.Person,
        row.Objection.Uses,
        row.Objection.Reason,
        row.Objection.ReceivedOn,
        row.Objection.DecidedOn);
}

/// <summary>What people are told, and what they object to.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        api.MapPost("/notices", (ClaimsPrincipal user, PrivacyNotices notices, CancellationToken token) =>
                Answers.OfAsync(notices.PublishAsync(user.By(), token), row => TypedResults.Ok(NoticeView.Of(row)), "No such notice."))
            .WithAccess(AccessTable.NoticePublish)
            .Answering<NoticeView>("Publishes the privacy notice that the agreements in force make. One that says the same already is answered.");

        api.MapGet("/notices", (Registers registers, CancellationToken token) =>
                registers.PrivacyNotices.ListAsync(token).Select(row => NoticeView.Of(row.Row)).OrderBy(row => row.PublishedOn).ToListAsync(token))
            .WithAccess(AccessTable.NoticeList)
            .WithSummary("Versions of the privacy notice, the earliest first.");

        api.MapGet("/notices/{id}", async (string id, PrivacyNotices notices, CancellationToken token) =>
                await notices.ReadAsync(id, token) is { } page ? Answers.Page(page) : Answers.NotFound("No such version of the privacy notice."))
            .WithAccess(AccessTable.NoticeShow)
            .WithSummary("A version of the privacy notice, to publish and to print.")
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/families/{id}/notices", GiveAsync)
            .WithAccess(AccessTable.NoticeGive)
            .Answering<NoticeGivenView>("Records that people of a family were given a version of the privacy notice: families that do not take part too.");

        api.MapGet("/families/notices", (Registers registers, CancellationToken token) =>
                registers.NoticesGiven.ListAsync(token).Select(row => row.Row).OrderBy(row => row.Notice.On).Select(NoticeGivenView.Of).ToListAsync(token))
            .WithAccess(AccessTable.NoticeGivenList)
            .WithSummary("Who was given which version of the privacy notice, and when.");
    }

    public static void MapObjections(this IEndpointRouteBuilder api)
    {
        api.MapPost("/objections", (ObjectionRequest body, ClaimsPrincipal user, Objections objections, CancellationToken token) =>
                AnswerAsync(objections.ReceiveAsync(
                    user.By(),
                    new(body.Family ?? "", body.Person ?? "", body.Uses ?? [], body.Reason, body.ReceivedOn, Answers.Sha256(body.LetterSha256)),
                    token)))
            .WithAccess(AccessTable.ObjectionRecord)
            .Answering<ObjectionView>("Records a person's objection to particular uses: they stop at once, until it is decided.");

        api.MapGet("/objections", (Registers registers, CancellationToken token) =>
                registers.Objections.ListAsync(token).Select(row => ObjectionView.Of(row.Row)).OrderBy(row => row.ReceivedOn).ToListAsync(token))
            .WithAccess(AccessTable.ObjectionList)
            .WithSummary("Objections and where they stand, the earliest received first.");

        api.MapPost("/objections/{id}/decision", (string id, ObjectionDecision body, ClaimsPrincipal user, Objections objections, CancellationToken token) =>
                AnswerAsync(objections.DecideAsync(user.By(), id, body.Upheld, Answers.Sha256(body.DecisionSha256), token)))
            .WithAccess(AccessTable.ObjectionDecide)
            .Answering<ObjectionView>("Records that an objection was upheld, and what it is about has ended; or not, and it goes on.");

        api.MapPost("/objections/{id}/withdrawal", (string id, ClaimsPrincipal user, Objections objections, CancellationToken token) =>
                AnswerAsync(objections.WithdrawAsync(user.By(), id, token)))
            .WithAccess(AccessTable.ObjectionWithdraw).Answering<ObjectionView>("Records that the person took the objection back.");
    }

    /// <summary>A key worker gives it to their own families only.</summary>
    private static async Task<IResult> GiveAsync(
        string id, NoticeGiving body, ClaimsPrincipal user, Registers registers, PrivacyNotices notices, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        var own = await registers.Cases.FindAsync(id, cancellationToken) is { Row.KeyWorker: { } keyWorker } && keyWorker == caller.Account;
        return AccessTable.Allows(AccessTable.NoticeGive, caller.Role, own)
            ? await Answers.OfAsync(
                notices.GiveAsync(user.By(), id, body.Persons ?? [], body.Version ?? "", body.How, body.On, cancellationToken),
                row => TypedResults.Ok(NoticeGivenView.Of(row)),
                "No such family.")
            : Answers.NotFound("No such family, or not one of yours.");
    }

    private static Task<IResult> AnswerAsync(Task<Answer<ObjectionRow>> answering) =>
        Answers.OfAsync(answering, row => TypedResults.Ok(ObjectionView.Of(row)), "No such objection.");
}
