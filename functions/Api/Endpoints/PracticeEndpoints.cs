using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Api.Endpoints;

/// <param name="Source">An organisation as the agreements name it, or key-worker or family.</param>
/// <param name="On">The day it describes.</param>
public sealed record RiskRequest(string Source, DateOnly On);

/// <param name="Visitors">Who visits together, by their accounts.</param>
public sealed record VisitRequest(IReadOnlyList<string> Visitors, DateOnly On);

/// <param name="Organisation">As the agreements name it.</param>
/// <param name="On">The day it was asked.</param>
public sealed record JudgementRequest(string Organisation, DateOnly On);

/// <param name="On">The day it answered.</param>
/// <param name="Words">What it said; sealed at once.</param>
public sealed record JudgementAnswer(DateOnly On, string Words);

/// <param name="Organisation">As an id: the organisation, never a person.</param>
/// <param name="SignedOn">When it signed the joint action group's confidentiality agreement.</param>
/// <param name="PaperSha256">Of that paper, lower-case hex.</param>
public sealed record GuestRequest(string Organisation, DateOnly SignedOn, string? PaperSha256);

/// <param name="With">Of those who attended.</param>
public sealed record SharedKind(InformationKind Kind, IReadOnlyList<string>? With);

/// <param name="Exchange">Under which it was shared: one that is told face to face.</param>
/// <param name="Parties">Those who attended and have signed the agreement.</param>
/// <param name="Guests">Those who attended and have not.</param>
/// <param name="Shared">What kind of thing was shared, and with whom; never what was said.</param>
public sealed record TeamMeetingRequest(
    string Exchange, DateOnly On, IReadOnlyList<string>? Parties, IReadOnlyList<GuestRequest>? Guests, IReadOnlyList<SharedKind>? Shared);

/// <summary>How a family is worked with: judgements, risk and visits, meetings, the common assessment.</summary>
internal static class PracticeEndpoints
{
    public static void MapCasePractice(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{id}/judgements", (string id, JudgementRequest body, ClaimsPrincipal user, CaseJudgements judgements, CancellationToken token) =>
                CaseEndpoints.AnswerAsync(judgements.AskAsync(user.By(), id, body.Organisation ?? "", body.On, token)))
            .WithAccess(AccessTable.CaseJudgementAsk)
            .Answering<CaseView>("Records that an organisation was asked for its professional judgement of the family.");

        api.MapPost(
                "/cases/{id}/judgements/{reference}/answer",
                (string id, string reference, JudgementAnswer body, ClaimsPrincipal user, CaseJudgements judgements, CancellationToken token) =>
                    CaseEndpoints.AnswerAsync(judgements.RecordAsync(user.By(), id, reference, body.On, body.Words ?? "", token)))
            .WithAccess(AccessTable.CaseJudgementRecord).Answering<CaseView>("Records what an organisation said; it is sealed at once.");

        api.MapGet("/cases/{id}/judgements", (string id, ClaimsPrincipal user, Registers registers, CaseJudgements judgements, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.CaseJudgementList, id, user, registers, async row => TypedResults.Ok(await judgements.ReadAsync(user.By(), row, token)), token))
            .WithAccess(AccessTable.CaseJudgementList)
            .WithSummary("Which organisations were asked for their judgement, and what they said. Each look is in the ledger.")
            .Produces<IReadOnlyList<ShownJudgement>>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/cases/{id}/risk", (string id, RiskRequest body, ClaimsPrincipal user, Registers registers, CaseVisits visits, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.CaseRiskFlag, id, user, registers, _ => CaseEndpoints.AnswerAsync(visits.FlagAsync(user.By(), id, body.Source ?? "", body.On, token)), token))
            .WithAccess(AccessTable.CaseRiskFlag).Answering<CaseView>("Flags a risk to somebody who visits alone, with its source and day: from now on a visit by one is refused.");

        api.MapPost("/cases/{id}/risk/lift", (string id, RiskRequest body, ClaimsPrincipal user, CaseVisits visits, CancellationToken token) =>
                CaseEndpoints.AnswerAsync(visits.LiftAsync(user.By(), id, body.Source ?? "", body.On, token)))
            .WithAccess(AccessTable.CaseRiskLift).Answering<CaseView>("Records that a source says the risk is over.");

        api.MapPost("/cases/{id}/visits", (string id, VisitRequest body, ClaimsPrincipal user, Registers registers, CaseVisits visits, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.CaseVisit, id, user, registers, _ => CaseEndpoints.AnswerAsync(visits.VisitAsync(user.By(), id, body.Visitors ?? [], body.On, token)), token))
            .WithAccess(AccessTable.CaseVisit)
            .Answering<CaseView>("Records a visit. Where there is a risk to somebody who comes alone, a visit by one is refused.");

        api.MapPost("/cases/{id}/meetings", (string id, TeamMeetingRequest body, ClaimsPrincipal user, Registers registers, CaseMeetings meetings, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.CaseMeeting, id, user, registers, _ => CaseEndpoints.AnswerAsync(meetings.HoldAsync(user.By(), id, body.Exchange ?? "", Of(body), token)), token))
            .WithAccess(AccessTable.CaseMeeting)
            .Answering<CaseView>("Records a meeting of the Team around the Family: who attended, and what of which kind was shared with whom; never what was said.");

        api.MapGet("/cases/{id}/caf", (string id, ClaimsPrincipal user, Registers registers, CaseAssessments assessments, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.CaseCaf,
                    id,
                    user,
                    registers,
                    async row => await assessments.WriteAsync(user.By(), row, token) is { } page ? Answers.Page(page) : CaseEndpoints.Found(null),
                    token))
            .WithAccess(AccessTable.CaseCaf)
            .WithSummary("The start of the family's common assessment, to print: what its pack may show now is filled in. For its key worker alone.")
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static TeamMeeting Of(TeamMeetingRequest body) => new(
        "",
        body.On,
        "",
        body.Parties ?? [],
        [.. (body.Guests ?? []).Select(guest => new MeetingGuest(guest.Organisation ?? "", guest.SignedOn, Answers.Sha256(guest.PaperSha256)))],
        [.. (body.Shared ?? []).Select(shared => new SharedAtMeeting(shared.Kind, shared.With ?? []))]);
}
