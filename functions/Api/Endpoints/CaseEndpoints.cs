using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Api.Endpoints;

/// <summary>A case as its register has it: references, dates, decisions and accounts.</summary>
/// <param name="Involved">The people who are involved: one who is held under two references once, by the first.</param>
/// <param name="Pairs">What was said of two references each: that they are one person, or two.</param>
/// <param name="Assessment">Who judged whether a multi-agency approach suits the family, and when.</param>
/// <param name="Suitability">Who judged in the final check before the invitation, when, and what they found.</param>
/// <param name="Risk">The risk that stands for somebody who visits alone: since when it stands, and who said so.</param>
/// <param name="LastVisit">The latest visit that was recorded.</param>
/// <param name="Judgements">Organisations that were asked for their judgement, and when they gave it. What they said is asked for
/// apart.</param>
/// <param name="Meetings">Of the Team around the Family: who attended, and what of which kind was shared with whom.</param>
/// <param name="Currency">What the sources of its pack were asked and said.</param>
/// <param name="Surfaced">Problems that came to light after work had begun: when, and from whom. Which they are is asked for apart.</param>
/// <param name="Entry">The day work with the family began, and the outcome plan that was frozen then.</param>
/// <param name="Measurements">When it was measured, and what that came to. The figures are asked for apart.</param>
/// <param name="Outcome">What a measurement decided.</param>
/// <param name="DueAt">When it must be looked at.</param>
/// <param name="Held">Under a legal hold: not erased before that is released. Null where it was not asked: in the answer to an act.</param>
public sealed record CaseView(
    string Id,
    string State,
    string Authority,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<string> Involved,
    IReadOnlyList<PersonPair> Pairs,
    SupportAssessment? Assessment,
    DateOnly? PackOn,
    IReadOnlyList<CurrencyCheck> Currency,
    SuitabilityCheck? Suitability,
    LoneWorkerRisk? Risk,
    Visit? LastVisit,
    IReadOnlyList<Judgement> Judgements,
    IReadOnlyList<TeamMeeting> Meetings,
    IReadOnlyList<Consent> Consents,
    string Basis,
    string? KeyWorker,
    string Marker,
    DateOnly? EndedOn,
    CaseReview? Review,
    DateTimeOffset? DueAt,
    DateTimeOffset? ErasedAt,
    IReadOnlyList<SurfacedProblem> Surfaced,
    CaseEntry? Entry,
    IReadOnlyList<MeasurementView> Measurements,
    CaseOutcome? Outcome,
    bool? Held = null)
{
    public static CaseView Of(Case row, bool? held = null) => new(
        row.Id,
        row.State.ToString(),
        row.Authority,
        row.OpenedAt,
        row.ChangedAt,
        row.People,
        row.Pairs,
        row.Assessment,
        row.PackOn,
        row.Currency,
        row.Suitability,
        row.Risk,
        row.LastVisit,
        [.. row.Judgements.Select(judgement => judgement.Judgement)],
        row.Meetings,
        row.ConsentsOfPeople,
        row.Family.Basis.ToString(),
        row.KeyWorker,
        row.Marker.ToString(),
        row.EndedOn,
        row.Review,
        row.DueAt,
        row.ErasedAt,
        row.Surfaced,
        row.Entry,
        [.. row.Measurements.Select(MeasurementView.Of)],
        row.Outcome,
        held);
}

/// <param name="Involved">References of members; none for all that the family's records name.</param>
public sealed record CaseOpening(IReadOnlyList<string>? Involved = null);

/// <param name="MultiAgency">A multi-agency approach suits the family.</param>
/// <param name="LedBy">The partner that supports it already and goes on; null: it is to have a key worker.</param>
public sealed record AssessmentRequest(bool MultiAgency, string? LedBy = null);

/// <param name="ExtractId">What the source sent, as the case lists it.</param>
public sealed record CurrencyAnswer(string ExtractId, bool Current);

/// <param name="ByTwo">The family is visited by two, never by one.</param>
/// <param name="Reason">Why it is not suitable; null: it is.</param>
public sealed record SuitabilityRequest(bool LoneWorkerConsidered, bool ByTwo = false, UnsuitableReason? Reason = null);

/// <param name="NoticeVersion">The privacy notice that everyone was given.</param>
public sealed record InvitationRequest(string NoticeVersion);

/// <param name="Enactment">As <c>Children Act 1989 s47</c>: a duty, not a power.</param>
/// <param name="Why">Why it applies to this family; sealed at once.</param>
public sealed record DutyRequest(string Enactment, string Why);

/// <param name="Account">The key worker's account.</param>
public sealed record AllocationRequest(string Account);

/// <param name="Problem">A criterion of the programme, by its id.</param>
/// <param name="Source">An organisation as the agreements name it, or key-worker or family.</param>
/// <param name="On">The day it came to light.</param>
public sealed record ProblemRequest(string Problem, string Source, DateOnly On);

public sealed record ReviewRequest(bool FurtherRisk);

internal static class CaseEndpoints
{
    internal const string Unknown = "No such case, or not one of yours.";

    public static void MapCases(this IEndpointRouteBuilder api)
    {
        api.MapPost("/families/{id}/case", (string id, CaseOpening body, ClaimsPrincipal user, CaseDesk desk, CancellationToken token) =>
                AnswerAsync(desk.OpenAsync(user.By(), id, body.Involved ?? [], token)))
            .WithAccess(AccessTable.CaseOpen).Answering<CaseView>("Opens the case of a family of the cohort.");

        api.MapGet("/cases", ListAsync)
            .WithAccess(AccessTable.CaseList)
            .WithSummary("Cases and where they stand; a key worker sees their own families.");

        api.MapGet("/cases/{id}", ShowAsync)
            .WithAccess(AccessTable.CaseShow).Answering<CaseView>("One case.");

        api.MapPost("/cases/{id}/assessment", (string id, AssessmentRequest body, ClaimsPrincipal user, CaseDesk desk, CancellationToken token) =>
                AnswerAsync(desk.AssessAsync(user.By(), id, body.MultiAgency, body.LedBy is { Length: > 0 } partner ? new Id<Party>?(partner) : null, token)))
            .WithAccess(AccessTable.CaseAssess).Answering<CaseView>("Records what support the family already receives was assessed, and whether a multi-agency approach suits it.");

        api.MapPost("/cases/{id}/currency", (string id, CurrencyAnswer body, ClaimsPrincipal user, SourceQuestions questions, CancellationToken token) =>
                AnswerAsync(questions.RecordAsync(user.By(), id, body.ExtractId, body.Current, token)))
            .WithAccess(AccessTable.CaseCurrency).Answering<CaseView>("Records a source's word on whether what it sent is still current.");

        api.MapPost("/cases/{id}/suitability", (string id, SuitabilityRequest body, ClaimsPrincipal user, CaseDesk desk, CancellationToken token) =>
                AnswerAsync(desk.ConfirmSuitabilityAsync(user.By(), id, body.LoneWorkerConsidered, body.ByTwo, body.Reason, token)))
            .WithAccess(AccessTable.CaseSuitability)
            .Answering<CaseView>("Records the final check before the invitation: the family is suitable, or the reason why it is not.");

        api.MapPost("/cases/{id}/invitation", (string id, InvitationRequest body, ClaimsPrincipal user, CaseDesk desk, CancellationToken token) =>
                AnswerAsync(desk.InviteAsync(user.By(), id, body.NoticeVersion ?? "", token)))
            .WithAccess(AccessTable.CaseInvite).Answering<CaseView>("Records the invitation: everyone involved has the privacy notice and is asked for consent.");

        api.MapPost("/cases/{id}/duty", (string id, DutyRequest body, ClaimsPrincipal user, CaseDesk desk, CancellationToken token) =>
                AnswerAsync(desk.RecordDutyAsync(user.By(), id, body.Enactment ?? "", body.Why ?? "", token)))
            .WithAccess(AccessTable.CaseDuty).Answering<CaseView>("Records a specific legal duty to share without consent.");

        api.MapPost("/cases/{id}/key-worker", (string id, AllocationRequest body, ClaimsPrincipal user, CaseDesk desk, CancellationToken token) =>
                AnswerAsync(desk.AllocateAsync(user.By(), id, body.Account, token)))
            .WithAccess(AccessTable.CaseAllocate)
            .Answering<CaseView>("Allocates the key worker: support begins. Where one supports the family already, another takes it over.");

        api.MapPost("/cases/{id}/completion", (string id, ClaimsPrincipal user, Registers registers, CaseDesk desk, CancellationToken token) =>
                OwnAsync(AccessTable.CaseComplete, id, user, registers, _ => AnswerAsync(desk.CompleteAsync(user.By(), id, token)), token))
            .WithAccess(AccessTable.CaseComplete).Answering<CaseView>("Records that support is completed; the marker is taken off.");

        api.MapPost("/cases/{id}/closure", (string id, ClaimsPrincipal user, CaseDesk desk, CancellationToken token) => AnswerAsync(desk.CloseAsync(user.By(), id, token)))
            .WithAccess(AccessTable.CaseClose).Answering<CaseView>("Records that the family does not take part.");

        api.MapPost(
                "/cases/{id}/reopening",
                (string id, ClaimsPrincipal user, CaseDesk desk, CancellationToken token) =>
                    AnswerAsync(desk.ReopenAsync(user.By(), id, token)))
            .WithAccess(AccessTable.CaseReopen)
            .Answering<CaseView>("Opens a case again whose family comes back: it begins anew, and what was sealed for it is erased.");

        api.MapPost("/cases/{id}/review", (string id, ReviewRequest body, ClaimsPrincipal user, CaseDesk desk, CancellationToken token) =>
                AnswerAsync(desk.ReviewAsync(user.By(), id, body.FurtherRisk, token)))
            .WithAccess(AccessTable.CaseReview).Answering<CaseView>("Records the review: without further risk the case is erased.");

        api.MapPost(
                "/cases/{id}/problems",
                (string id, ProblemRequest body, ClaimsPrincipal user, Registers registers, CaseProblems problems, CancellationToken token) => OwnAsync(
                    AccessTable.CaseProblemAdd,
                    id,
                    user,
                    registers,
                    _ => AnswerAsync(problems.AddAsync(user.By(), id, body.Problem ?? "", body.Source ?? "", body.On, token)),
                    token))
            .WithAccess(AccessTable.CaseProblemAdd)
            .Answering<CaseView>("Adds a problem that came to light after work with the family had begun, with its source and day.");

        api.MapPost(
                "/cases/{id}/problems/{reference}/withdrawal",
                (string id, string reference, ClaimsPrincipal user, Registers registers, CaseProblems problems, CancellationToken token) => OwnAsync(
                    AccessTable.CaseProblemWithdraw,
                    id,
                    user,
                    registers,
                    _ => AnswerAsync(problems.WithdrawAsync(user.By(), id, reference, token)),
                    token))
            .WithAccess(AccessTable.CaseProblemWithdraw).Answering<CaseView>("Takes a problem back that was recorded in error.");

        api.MapGet(
                "/cases/{id}/problems",
                (string id, ClaimsPrincipal user, Registers registers, CaseProblems problems, CancellationToken token) => OwnAsync(
                    AccessTable.CaseProblemList,
                    id,
                    user,
                    registers,
                    async row => await problems.ReadAsync(user.By(), row, token) is { } read
                        ? TypedResults.Ok(read)
                        : Answers.NotFound("The family's records are erased."),
                    token))
            .WithAccess(AccessTable.CaseProblemList)
            .WithSummary("What problems the family was found with, and which came to light since, each with its source and day. "
                + "Each look is in the ledger.")
            .Produces<FamilyProblems>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/cases/{id}/pack", (string id, ClaimsPrincipal user, Registers registers, CaseReading reading, CancellationToken token) =>
                OwnAsync(AccessTable.CasePack, id, user, registers, async row => Found(await reading.ReadPackAsync(user.By(), row, token)), token))
            .WithAccess(AccessTable.CasePack)
            .WithSummary("The family's information pack, each item with its source and as-at date.")
            .Produces<CaseInformation>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/cases/{id}/incidents", (string id, ClaimsPrincipal user, Registers registers, CaseReading reading, CancellationToken token) =>
                OwnAsync(AccessTable.CaseIncidents, id, user, registers, async row => Found(await reading.ReadIncidentsAsync(user.By(), row, token)), token))
            .WithAccess(AccessTable.CaseIncidents)
            .WithSummary("Further relevant incidents since, for the family's key worker.")
            .Produces<CaseInformation>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/cases/{id}/progress", (string id, ClaimsPrincipal user, Registers registers, CaseReading reading, CancellationToken token) =>
                OwnAsync(AccessTable.CaseProgress, id, user, registers, async row => TypedResults.Ok(await reading.ReadProgressAsync(user.By(), row, token)), token))
            .WithAccess(AccessTable.CaseProgress)
            .WithSummary("What came to measure the family's progress: for the check of its outcomes.")
            .Produces<CaseInformation>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>A case that is not the caller's is one that is not there.</summary>
    internal static async Task<IResult> OwnAsync(
        string endpoint, string id, ClaimsPrincipal user, Registers registers, Func<Case, Task<IResult>> answer, CancellationToken cancellationToken) =>
        await registers.Cases.FindAsync(id, cancellationToken) is { Row: var row } && MaySee(endpoint, Caller.From(user), row) ? await answer(row) : Answers.NotFound(Unknown);

    internal static Task<IResult> AnswerAsync(Task<Answer<Case>> answering) => Answers.OfAsync(answering, row => TypedResults.Ok(CaseView.Of(row)), Unknown);

    private static async Task<IReadOnlyList<CaseView>> ListAsync(ClaimsPrincipal user, Registers registers, LegalHolds holds, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        var held = await holds.CoveredAsync(cancellationToken);
        return await registers.Cases.ListAsync(cancellationToken)
            .Where(row => MaySee(AccessTable.CaseList, caller, row.Row))
            .Select(row => CaseView.Of(row.Row, held.Contains(row.Row.Id)))
            .OrderBy(row => row.OpenedAt)
            .ToListAsync(cancellationToken);
    }

    private static Task<IResult> ShowAsync(string id, ClaimsPrincipal user, Registers registers, LegalHolds holds, CancellationToken cancellationToken) => OwnAsync(
        AccessTable.CaseShow,
        id,
        user,
        registers,
        async row => TypedResults.Ok(CaseView.Of(row, (await holds.CoveredAsync(cancellationToken)).Contains(row.Id))),
        cancellationToken);

    private static bool MaySee(string endpoint, Caller caller, Case row) => AccessTable.Allows(endpoint, caller.Role, own: row.KeyWorker == caller.Account);

    internal static IResult Found(CaseInformation? information) => information is null
        ? Answers.NotFound("There is nothing to be shown: not prepared yet, or sharing has no basis now.")
        : TypedResults.Ok(information);
}
