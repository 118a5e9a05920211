using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Agreements;
using TfFlow.Vault.Sealing;

namespace TfFlow.Api.Endpoints;

/// <param name="Exchange">As the agreement names it: <c>bristol-markers</c>.</param>
/// <param name="Police">The force, as the agreement names it.</param>
public sealed record MarkerRequest(string Exchange, string Police);

/// <param name="File">The sealed file in the outbox of the police.</param>
public sealed record MarkerView(string Id, string State, string Action, string CaseId, string Exchange, DateTimeOffset OrderedAt, DateTimeOffset? SentAt, DateTimeOffset? EndedAt, string File)
{
    public static MarkerView Of(MarkerInstruction row) => new(
        row.Id, row.State.ToString(), row.Change.Action.ToString(), row.Change.CaseId, row.Exchange, row.OrderedAt, row.Change.SentAt, row.EndedAt, row.FileName);
}

/// <param name="PublicKey">65 bytes, base64: the P-256 point that files for the agency are sealed to.</param>
public sealed record RecipientKeyRequest(string PublicKey);

/// <param name="Sha256">Of the public key, lower-case hex.</param>
public sealed record RecipientView(string Agency, string Sha256);

/// <param name="Exchange">A household list, as its agreement names it: <c>bristol-households</c>.</param>
/// <param name="Show">Answer with the secret, once, for a partner that has no key of its own.</param>
public sealed record HouseholdKeyRequest(string Exchange, bool Show = false);

internal static class MarkerEndpoints
{
    public static void MapMarkers(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{id}/marker", (string id, MarkerRequest body, ClaimsPrincipal user, Markers markers, CancellationToken token) =>
                CaseEndpoints.AnswerAsync(markers.OrderAsync(user.By(), id, body.Exchange ?? "", body.Police ?? "", token)))
            .WithAccess(AccessTable.MarkerOrder).Answering<CaseView>("Orders a marker set: on signed consent and an active key worker alone. It is taken off by itself.");

        api.MapGet("/agencies/{agency}/markers", ListAsync)
            .WithAccess(AccessTable.MarkerList)
            .WithSummary("Instructions to a police force and where they stand.")
            .Produces<MarkerView[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/agencies/{agency}/markers/{id}/confirmation", (string agency, string id, ClaimsPrincipal user, Markers markers, CancellationToken token) =>
                Answers.OfAsync(markers.ConfirmAsync(user.By(), agency, id, token), row => TypedResults.Ok(MarkerView.Of(row)), $"No such instruction to {agency}."))
            .WithAccess(AccessTable.MarkerConfirm).Answering<MarkerView>("The police confirm that an instruction is carried out.");
    }

    /// <summary>Keys of recipients: in every deployment.</summary>
    public static void MapRecipients(this IEndpointRouteBuilder api)
    {
        api.MapPost("/agencies/{agency}/key", RegisterAsync)
            .WithAccess(AccessTable.RecipientRegister)
            .WithSummary("Registers the public key that files for an agency are sealed to.")
            .Produces<RecipientView>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    /// <summary>Secrets that partners name households by.</summary>
    public static void MapHouseholdKeys(this IEndpointRouteBuilder api)
    {
        api.MapPost("/agencies/{agency}/household-key", GiveAsync)
            .WithAccess(AccessTable.HouseholdKeyGive)
            .WithSummary("Gives a partner the secret by which it names households in its list: sealed to its registered key, into its outbox; or shown in the answer, once.")
            .Produces<HouseholdKeyView>()
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> GiveAsync(string agency, HouseholdKeyRequest body, ClaimsPrincipal user, HouseholdKeys keys, CancellationToken cancellationToken)
    {
        var by = user.By();
        var (view, refusal) = await keys.GiveAsync(agency, body.Exchange ?? "", body.Show, by.Account, by.Role, cancellationToken);
        return view is not null ? TypedResults.Ok(view) : TypedResults.Problem(refusal!.Words, title: refusal.Code, statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(
        string agency, Registers registers, AgreementCatalogue agreements, CancellationToken cancellationToken) => Answers.ListFor(
        agreements,
        agency,
        await registers.Markers.ListAsync(cancellationToken)
            .Where(row => row.Row.Police == agency)
            .Select(row => MarkerView.Of(row.Row))
            .OrderBy(row => row.OrderedAt)
            .ToListAsync(cancellationToken));

    private static async Task<IResult> RegisterAsync(
        string agency, RecipientKeyRequest body, ClaimsPrincipal user, Recipients recipients, AgreementCatalogue agreements, CancellationToken cancellationToken)
    {
        if (!agreements.Parties.Contains(agency))
        {
            return Answers.Stranger(agreements, agency);
        }

        var key = new byte[RecipientKey.PublicSize + 1];
        if (!Convert.TryFromBase64String(body.PublicKey ?? "", key, out var length) || !RecipientKey.IsPublicKey(key.AsSpan(0, length)))
        {
            return TypedResults.Problem("Not a point on P-256: 65 bytes in base64, as 'tfflow key create' prints it.", statusCode: StatusCodes.Status400BadRequest);
        }

        var by = user.By();
        await recipients.RegisterAsync(agency, key[..length], by.Account, by.Role, cancellationToken);
        return TypedResults.Ok(new RecipientView(agency, Convert.ToHexStringLower(SHA256.HashData(key.AsSpan(0, length)))));
    }
}
