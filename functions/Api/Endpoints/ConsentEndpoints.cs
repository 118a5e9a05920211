using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;

namespace TfFlow.Api.Endpoints;

/// <summary>A signed consent form. Who the person is goes into the vault and nowhere else; it must be a member of the family.</summary>
/// <param name="SignedBy">Who signed; for a child, an adult who may sign for the child. The reference of a member, the name of one as on the form, or
/// <c>parent</c> for somebody with parental responsibility who is no member. Left out: the person.</param>
/// <param name="VictimInformation">Consent was specifically sought, and given, for what is known of the person as a victim or witness.</param>
/// <param name="Sha256">Of the file or the scan of the form, in lower-case hex: a form is recorded for one person. Left out: of what is
/// said here.</param>
public sealed record ConsentFormRequest(
    DateOnly SignedOn,
    string? SignedBy,
    bool VictimInformation,
    string Surname,
    string Forenames,
    DateOnly DateOfBirth,
    string Address,
    string Postcode,
    string? Sha256 = null);

/// <param name="On">When the person signed, or said so.</param>
public sealed record VictimConsentRequest(DateOnly On);

internal static class ConsentEndpoints
{
    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        api.MapPost(
                "/cases/{id}/consents",
                (string id, ConsentFormRequest body, ClaimsPrincipal user, Registers registers, CaseDesk desk, CancellationToken token) =>
                    GiveAsync(AccessTable.ConsentRecord, (id, null), body, user, registers, desk, token))
            .WithAccess(AccessTable.ConsentRecord).Answering<CaseView>("Records a signed consent for the member whom the form names.");

        api.MapPost(
                "/cases/{id}/consents/{person}/give",
                (string id, string person, ConsentFormRequest body, ClaimsPrincipal user, Registers registers, CaseDesk desk,
                    CancellationToken token) =>
                    GiveAsync(AccessTable.ConsentGive, (id, person), body, user, registers, desk, token))
            .WithAccess(AccessTable.ConsentGive).Answering<CaseView>("Records a person's signed consent. The form must name that person.");

        api.MapPost("/cases/{id}/consents/{person}/refuse", (string id, string person, ClaimsPrincipal user, Registers registers, CaseDesk desk, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.ConsentRefuse, id, user, registers, _ => CaseEndpoints.AnswerAsync(desk.RefuseConsentAsync(user.By(), id, person, token)), token))
            .WithAccess(AccessTable.ConsentRefuse).Answering<CaseView>("Records that a person refused.");

        api.MapPost("/cases/{id}/consents/{person}/withdraw", (string id, string person, ClaimsPrincipal user, Registers registers, CaseDesk desk, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.ConsentWithdraw, id, user, registers, _ => CaseEndpoints.AnswerAsync(desk.WithdrawConsentAsync(user.By(), id, person, token)), token))
            .WithAccess(AccessTable.ConsentWithdraw).Answering<CaseView>("Records that a person took consent back: sharing stops, the marker goes.");

        MapVictimInformation(api, "/cases/{id}/consents/{person}/victim-information", AccessTable.ConsentGiveVictim, given: true)
            .Answering<CaseView>("Records that a person agreed to the use of what is known of them as a victim or witness: from now on it can be read.");

        MapVictimInformation(api, "/cases/{id}/consents/{person}/victim-information/withdrawal", AccessTable.ConsentWithdrawVictim, given: false)
            .Answering<CaseView>("Records that a person took that back: it can be read no more; their consent to support stays as it is.");
    }

    private static RouteHandlerBuilder MapVictimInformation(IEndpointRouteBuilder api, string path, string endpoint, bool given) =>
        api.MapPost(path, (string id, string person, VictimConsentRequest body, ClaimsPrincipal user, Registers registers, CaseDesk desk, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    endpoint, id, user, registers, _ => CaseEndpoints.AnswerAsync(desk.ChangeVictimInformationAsync(user.By(), id, person, given, body.On, token)), token))
            .WithAccess(endpoint);

    /// <param name="of">The case, and the member; null: the form says whose it is.</param>
    private static Task<IResult> GiveAsync(
        string endpoint,
        (string Case, string? Person) of,
        ConsentFormRequest body,
        ClaimsPrincipal user,
        Registers registers,
        CaseDesk desk,
        CancellationToken cancellationToken) => CaseEndpoints.OwnAsync(
        endpoint,
        of.Case,
        user,
        registers,
        _ => body is not { Surname.Length: > 0, Forenames.Length: > 0, Address: not null, Postcode.Length: > 0 }
            ? Refused(new(
                "surname, forenames, date of birth, address and postcode as on the form", "seeds/001 Description of intended data"))
            : body.Sha256 is not null && Answers.Sha256(body.Sha256).Length == 0
            ? Refused(new("the SHA-256 of the form's file in 64 lower-case hex digits, or none", "ours"))
            : CaseEndpoints.AnswerAsync(desk.GiveConsentAsync(
                user.By(),
                of.Case,
                new(
                    of.Person,
                    body.SignedOn,
                    body.SignedBy,
                    body.VictimInformation,
                    new(body.Surname, body.Forenames, body.DateOfBirth, body.Address, body.Postcode),
                    body.Sha256),
                cancellationToken)),
        cancellationToken);

    private static Task<IResult> Refused(Obstacle obstacle) => Task.FromResult(Answers.Refused([obstacle]));
}
