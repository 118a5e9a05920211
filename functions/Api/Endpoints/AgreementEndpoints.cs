using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Api.Endpoints;

/// <param name="By">The party that suspends.</param>
/// <param name="EvidenceSha256">Of the evidence, lower-case hex.</param>
public sealed record SuspensionRequest(string By, string EvidenceSha256, bool InWriting, bool SeriousBreach);

/// <param name="At">When the meeting was held; null: now.</param>
/// <param name="Panel">The parties whose signatory or nominee sat at it: every signatory of the agreement.</param>
/// <param name="MinutesSha256">Of what it resolved, lower-case hex.</param>
public sealed record MeetingRequest(DateTimeOffset? At, IReadOnlyList<string> Panel, string MinutesSha256);

/// <param name="Until">When it ends, or was lifted.</param>
/// <param name="MeetingBy">The last moment for the Risk Assessment and Resolution meeting.</param>
public sealed record SuspensionView(string Id, string State, string Agreement, string By, DateTimeOffset GivenAt, DateTimeOffset? Until, DateTimeOffset MeetingBy, DateTimeOffset? MeetingAt)
{
    public static SuspensionView Of(SuspensionRow row) => new(
        row.Id, row.State.ToString(), row.Agreement, row.Suspension.By, row.Suspension.GivenAt, row.Notice.Until, row.Meeting.At, row.Suspension.MeetingAt);
}

/// <param name="Exchange">The exchange whose information it is about.</param>
/// <param name="Provider">The party that provided the information.</param>
/// <param name="Serious">It may put people at risk: the Commissioner is told.</param>
/// <param name="AwareAt">When somebody knew of it; null: now.</param>
/// <param name="ReportSha256">Of the report, lower-case hex: what happened and to whom stays there.</param>
/// <param name="ThirdParty">It was done by a third party that had received the information.</param>
public sealed record BreachRequest(string Exchange, string Provider, BreachKind Kind, bool Serious, DateTimeOffset? AwareAt, string ReportSha256, bool ThirdParty = false);

/// <param name="PaperSha256">Of the paper the step rests on, lower-case hex.</param>
/// <param name="StaffResponsible">What an investigation found; of no meaning for other steps.</param>
public sealed record BreachStepRequest(BreachStep Step, string PaperSha256, bool StaffResponsible = false);

/// <param name="Due">What is not done yet and by when, the earliest first.</param>
public sealed record BreachView(
    string Id,
    string State,
    string Kind,
    bool Serious,
    string Agreement,
    string Exchange,
    string By,
    string Provider,
    DateTimeOffset AwareAt,
    DateTimeOffset? ProviderToldAt,
    DateTimeOffset? PoliceConsultedAt,
    DateTimeOffset? CommissionerNotifiedAt,
    DateTimeOffset? InvestigatedAt,
    DateTimeOffset? DisciplineConsideredAt,
    DateTimeOffset? LearningCirculatedAt,
    bool ThirdParty,
    IReadOnlyList<Deadline> Due)
{
    public static BreachView Of(BreachRow row) => new(
        row.Id,
        row.State.ToString(),
        row.Breach.Kind.ToString(),
        row.Breach.Serious,
        row.Agreement,
        row.Exchange,
        row.By,
        row.Provider,
        row.Breach.AwareAt,
        row.Breach.ProviderToldAt,
        row.Breach.PoliceConsultedAt,
        row.Breach.CommissionerNotifiedAt,
        row.Breach.InvestigatedAt,
        row.Breach.DisciplineConsideredAt,
        row.Breach.LearningCirculatedAt,
        row.Breach.ThirdParty,
        row.Breach.Open);
}

/// <summary>What stands against agreements, and breaches of them: in every deployment.</summary>
internal static class AgreementEndpoints
{
    public static void MapAgreements(this IEndpointRouteBuilder api)
    {
        api.MapPost("/agreements/{id}/suspensions", (string id, SuspensionRequest body, ClaimsPrincipal user, Notices notices, CancellationToken token) =>
                AnswerAsync(notices.SuspendAsync(user.By(), id, body.By ?? "", Answers.Sha256(body.EvidenceSha256), body.InWriting, body.SeriousBreach, token)))
            .WithAccess(AccessTable.AgreementSuspend).Answering<SuspensionView>("Suspends an agreement at once, for 45 days.");

        api.MapGet("/suspensions", (Registers registers, CancellationToken token) =>
                registers.Suspensions.ListAsync(token).Select(row => SuspensionView.Of(row.Row)).OrderBy(row => row.GivenAt).ToListAsync(token))
            .WithAccess(AccessTable.SuspensionList)
            .WithSummary("Suspensions of agreements, those that ended too.");

        api.MapPost("/suspensions/{id}/meeting", (string id, MeetingRequest body, ClaimsPrincipal user, Notices notices, CancellationToken token) =>
                AnswerAsync(notices.HoldMeetingAsync(user.By(), id, body.At, [.. body.Panel ?? []], Answers.Sha256(body.MinutesSha256), token)))
            .WithAccess(AccessTable.SuspensionMeet).Answering<SuspensionView>("Records the Risk Assessment and Resolution meeting and who sat at it.");

        api.MapPost("/suspensions/{id}/lift", (string id, ClaimsPrincipal user, Notices notices, CancellationToken token) =>
                AnswerAsync(notices.LiftAsync(user.By(), id, token)))
            .WithAccess(AccessTable.SuspensionLift).Answering<SuspensionView>("Lifts a suspension at once, as its meeting resolved.");

        api.MapPost("/agencies/{agency}/breaches", (string agency, BreachRequest body, ClaimsPrincipal user, Breaches breaches, CancellationToken token) =>
                AnswerAsync(breaches.RecordAsync(
                    user.By(), agency, new(body.Exchange ?? "", body.Provider ?? "", body.Kind, body.Serious, body.AwareAt, Answers.Sha256(body.ReportSha256), body.ThirdParty), token)))
            .WithAccess(AccessTable.BreachReport).Answering<BreachView>("Records a breach that a party reports: the party that provided the information is told at once.");

        api.MapGet("/breaches", ListAsync)
            .WithAccess(AccessTable.BreachList)
            .WithSummary("Breaches and where they stand; an agency sees those it reported and those of information it provided.");

        api.MapPost("/breaches/{id}/steps", (string id, BreachStepRequest body, ClaimsPrincipal user, Breaches breaches, CancellationToken token) =>
                AnswerAsync(breaches.RecordStepAsync(user.By(), id, body.Step, Answers.Sha256(body.PaperSha256), body.StaffResponsible, token)))
            .WithAccess(AccessTable.BreachStep).Answering<BreachView>("Records a step that people took about a breach.");
    }

    private static async Task<IReadOnlyList<BreachView>> ListAsync(ClaimsPrincipal user, Registers registers, CancellationToken cancellationToken) =>
        await registers.Breaches.ListAsync(cancellationToken)
            .SeenBy(user, AccessTable.BreachList, (row, agency) => row.By == agency || row.Provider == agency)
            .OrderBy(row => row.RecordedAt)
            .Select(BreachView.Of)
            .ToListAsync(cancellationToken);

    private static Task<IResult> AnswerAsync(Task<Answer<SuspensionRow>> answering) => Answers.OfAsync(answering, row => TypedResults.Ok(SuspensionView.Of(row)), "No such suspension.");

    private static Task<IResult> AnswerAsync(Task<Answer<BreachRow>> answering) => Answers.OfAsync(answering, row => TypedResults.Ok(BreachView.Of(row)), "No such breach.");
}
