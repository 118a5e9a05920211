using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;

namespace TfFlow.Api.Endpoints;

/// <summary>A signed consent form. Who the person is goes into the vault and nowhere else.</summary>
/// <param name="SignedBy">The reference of the member who signed: for a child whoever may. Left out: the person.</param>
/// <param name="VictimInformation">Consent was specifically sought, and given, for what is known of the person as a victim or witness.</param>
public sealed record ConsentFormRequest(
    DateOnly SignedOn, string? SignedBy, bool VictimInformation, string Surname, string Forenames, DateOnly DateOfBirth, string Address, string Postcode);

internal static class ConsentEndpoints
{
    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{id}/consents/{person}/give", GiveAsync)
            .WithAccess(AccessTable.ConsentGive).Answering<CaseView>("Records a person's signed consent.");

        api.MapPost("/cases/{id}/consents/{person}/refuse", (string id, string person, ClaimsPrincipal user, Registers registers, CaseDesk desk, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.ConsentRefuse, id, user, registers, _ => CaseEndpoints.AnswerAsync(desk.RefuseConsentAsync(user.By(), id, person, token)), token))
            .WithAccess(AccessTable.ConsentRefuse).Answering<CaseView>("Records that a person refused.");

        api.MapPost("/cases/{id}/consents/{person}/withdraw", (string id, string person, ClaimsPrincipal user, Registers registers, CaseDesk desk, CancellationToken token) =>
                CaseEndpoints.OwnAsync(
                    AccessTable.ConsentWithdraw, id, user, registers, _ => CaseEndpoints.AnswerAsync(desk.WithdrawConsentAsync(user.By(), id, person, token)), token))
            .WithAccess(AccessTable.ConsentWithdraw).Answering<CaseView>("Records that a person took consent back: sharing stops, the marker goes.");
    }

    private static Task<IResult> GiveAsync(
        string id, string person, ConsentFormRequest body, ClaimsPrincipal user, Registers registers, CaseDesk desk, CancellationToken cancellationToken) => CaseEndpoints.OwnAsync(
        AccessTable.ConsentGive,
        id,
        user,
        registers,
        _ => body is { Surname.Length: > 0, Forenames.Length: > 0, Address: not null, Postcode.Length: > 0 }
            ? CaseEndpoints.AnswerAsync(desk.GiveConsentAsync(
                user.By(),
                id,
                person,
                body.SignedOn,
                body.SignedBy ?? person,
                body.VictimInformation,
                new(body.Surname, body.Forenames, body.DateOfBirth, body.Address, body.Postcode),
                cancellationToken))
            : Task.FromResult(Answers.Refused([new("surname, forenames, date of birth, address and postcode as on the form", "seeds/001 Description of intended data")])),
        cancellationToken);
}
