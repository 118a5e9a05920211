using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Rights;

namespace TfFlow.Api.Endpoints;

/// <param name="References">Of the families the person belongs to, where they are known already; a search finds them.</param>
/// <param name="Uses">With an objection: to what.</param>
public sealed record RequestReceipt(SubjectRequestKind Kind, DateOnly ReceivedOn, IReadOnlyList<string>? References,
    IReadOnlyList<Use>? Uses = null);

/// <summary>An address, as the person writes it.</summary>
public sealed record RequestAddress(string? Address, string? Postcode);

/// <summary>Whom a request is about, as they say it themselves. Names, dates and postcodes are read as in every file.</summary>
/// <param name="DateOfBirth">31/12/2012, 31-Dec-2012 or 2012-12-31.</param>
/// <param name="Taken">Doubts of an earlier search that were decided with the person: references of extracts and families where it is
/// them.</param>
public sealed record RequestSearch(
    string? Surname,
    string? Forenames,
    string? DateOfBirth,
    string? Address,
    string? Postcode,
    IReadOnlyList<RequestAddress>? PreviousAddresses = null,
    IReadOnlyList<string>? OtherSurnames = null,
    IReadOnlyList<string>? Taken = null);

/// <summary>Where a person was found, by references alone.</summary>
/// <param name="Theirs">False: it may be somebody else's, and nothing of it is shown or given until it is decided.</param>
/// <param name="Why">Why it is in doubt; empty otherwise.</param>
public sealed record FoundView(FoundIn In, string Reference, string Agency, string Exchange, IReadOnlyList<long> Rows,
    IReadOnlyList<string> Members, bool Theirs, string Why)
{
    public static FoundView Of(FoundRecord found) => new(
        found.In,
        found.Reference,
        found.Agency,
        found.Exchange,
        found.Rows,
        found.MemberReferences,
        found.IsTheirs,
        found.Doubt switch
        {
            FoundDoubt.None => "",
            FoundDoubt.Written => "The name or the date of birth is written differently there.",
            _ => "It has an address that the person did not name. Ask for earlier addresses and search again.",
        });
}

/// <summary>What a search found.</summary>
/// <param name="Remarks">What the search could not go by, and what it could not search.</param>
public sealed record RequestFinding(RequestView Request, IReadOnlyList<FoundView> Found, IReadOnlyList<string> Remarks);

/// <param name="Part">As the answer names it.</param>
/// <param name="Unsaid">The answer does not say that there is such a part.</param>
/// <param name="ReasonsSha256">Of the reasons, lower-case hex.</param>
public sealed record RequestExemption(string? Part, Exemption Exemption, bool Unsaid, string? ReasonsSha256);

/// <param name="BundleSha256">Of the answer that was read, lower-case hex.</param>
public sealed record RequestRelease(string? BundleSha256);

/// <param name="ViewSha256">Of what the originator wrote, lower-case hex; null when it gave no view in its time.</param>
public sealed record RequestViewRecord(string? Agency, string? ViewSha256);

/// <param name="Complex">The request is complex, or the person made many, and the person was told so with reasons.</param>
public sealed record RequestExtension(bool Complex);

/// <param name="DecisionSha256">Of the decision and its reasons, lower-case hex.</param>
/// <param name="ExemptionsAssessed">Together with the originators.</param>
/// <param name="Outcome">Left out of a request for access that is given.</param>
public sealed record RequestDecision(string? DecisionSha256, bool ExemptionsAssessed, SubjectRequestOutcome? Outcome = null);

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
    DateOnly? AnsweredOn,
    IReadOnlyList<string> Exemptions,
    int Releases,
    DateTimeOffset? ExportedAt,
    string Outcome)
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
        row.AnsweredOn,
        [.. row.Exemptions.Select(exemption =>
            $"{exemption.PartReference}: {Kebab.Of(exemption.Exemption)}{(exemption.Unsaid ? ", unsaid" : "")}")],
        row.Releases.Count,
        row.ExportedAt,
        row.Outcome is { } outcome ? Kebab.Of(outcome) : "");
}

internal static class RequestEndpoints
{
    public static void MapRequests(this IEndpointRouteBuilder api)
    {
        api.MapPost("/requests", (RequestReceipt body, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.ReceiveAsync(user.By(), body.Kind, body.ReceivedOn, body.References ?? [], body.Uses ?? [], token)))
            .WithAccess(AccessTable.RequestReceive)
                .Answering<RequestView>("Records a person's request about their data, by references alone: its originators are asked.");

        api.MapGet("/requests", ListAsync)
            .WithAccess(AccessTable.RequestList)
            .WithSummary("People's requests and where they stand, the earliest received first.");

        api.MapPost("/requests/{id}/views",
            (string id, RequestViewRecord body, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.RecordViewAsync(user.By(), id, body.Agency ?? "", Answers.Sha256(body.ViewSha256), token)))
            .WithAccess(AccessTable.RequestView).Answering<RequestView>("Records an originator's view, or that it gave none in its time.");

        api.MapPost("/requests/{id}/extension",
            (string id, RequestExtension body, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.ExtendAsync(user.By(), id, body.Complex, token)))
            .WithAccess(AccessTable.RequestExtend)
                .Answering<RequestView>("Records that the person was told that it takes two months more.");

        api.MapPost("/requests/{id}/decision",
            (string id, RequestDecision body, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.DecideAsync(user.By(), id, Answers.Sha256(body.DecisionSha256), body.ExemptionsAssessed, body.Outcome,
                    token)))
            .WithAccess(AccessTable.RequestDecide).Answering<RequestView>("Records what was decided, once every originator was consulted.");

        api.MapPost("/requests/{id}/answer", (string id, ClaimsPrincipal user, SubjectRequests requests, CancellationToken token) =>
                AnswerAsync(requests.AnswerAsync(user.By(), id, token)))
            .WithAccess(AccessTable.RequestAnswer).Answering<RequestView>("Records that the person has the answer.");

        api.MapPost("/requests/{id}/search", FindAsync)
            .WithAccess(AccessTable.RequestFind)
            .Answering<RequestFinding>(
                "Looks for the person through keyed hashes: answers by references alone. A doubt is shown as a doubt. Each search and each opening is in the ledger.");

        api.MapGet("/requests/{id}/bundle",
            (string id, ClaimsPrincipal user, HttpResponse response, SubjectBundles bundles, CancellationToken token) =>
                BundleAsync(bundles.ReadAsync(user.By(), id, token), response))
            .WithAccess(AccessTable.RequestRead)
            .Answering<SubjectBundle>(
                "What is held about the person, put together to be read before it is released. Each reading is in the ledger.");

        api.MapPost("/requests/{id}/exemptions",
            (string id, RequestExemption body, ClaimsPrincipal user, SubjectBundles bundles, CancellationToken token) =>
                AnswerAsync(bundles.ExemptAsync(user.By(), id, body.Part ?? "", body.Exemption, body.Unsaid,
                    Answers.Sha256(body.ReasonsSha256), token)))
            .WithAccess(AccessTable.RequestExempt).Answering<RequestView>("Marks a part of what is held as exempt, with the reasons.");

        api.MapPost("/requests/{id}/releases",
            (string id, RequestRelease body, ClaimsPrincipal user, SubjectBundles bundles, CancellationToken token) =>
                AnswerAsync(bundles.ReleaseAsync(user.By(), id, Answers.Sha256(body.BundleSha256), token)))
            .WithAccess(AccessTable.RequestRelease)
                .Answering<RequestView>("Somebody who read the answer agrees that it goes out; two people must.");

        api.MapPost("/requests/{id}/export",
            (string id, ClaimsPrincipal user, HttpResponse response, SubjectBundles bundles, CancellationToken token) =>
                BundleAsync(bundles.ExportAsync(user.By(), id, token), response))
            .WithAccess(AccessTable.RequestExport)
            .Answering<SubjectBundle>("What two people released, if it is what is held still: for the person.");
    }

    private static async Task<IResult> FindAsync(string id, RequestSearch body, ClaimsPrincipal user, SubjectRequests requests,
        CancellationToken cancellationToken)
    {
        IEnumerable<RequestAddress> addresses = [new(body.Address, body.Postcode), .. body.PreviousAddresses ?? []];
        var (person, obstacles) = PersonSought.Read(
            body.Surname, body.Forenames, body.DateOfBirth, [.. addresses.Select(home => (home.Address, home.Postcode))],
                [.. body.OtherSurnames ?? []]);
        return person is null ? Answers.Refused(obstacles) : await Answers.OfAsync(
            requests.FindAsync(user.By(), id, person, [.. body.Taken ?? []], cancellationToken),
            searched => TypedResults.Ok(new RequestFinding(
                RequestView.Of(searched.Row),
                [.. searched.Row.Found.Select(FoundView.Of)],
                [.. person.Remarks, .. searched.Unsearched.Select(extract =>
                    $"Extract {extract} was not searched: the version of the agreement it came under is no longer among the documents.")])),
            "No such request.");
    }

    /// <summary>The bytes as they were hashed: who releases says which they read.</summary>
    private static Task<IResult> BundleAsync(Task<Answer<ReadBundle>> answering, HttpResponse response) => Answers.OfAsync(
        answering,
        bundle =>
        {
            response.Headers.CacheControl = "no-store";
            return TypedResults.Bytes(bundle.Json, "application/json");
        },
        "No such request.");

    private static async Task<IReadOnlyList<RequestView>> ListAsync(Registers registers, CancellationToken cancellationToken) =>
        await registers.SubjectRequests.ListAsync(cancellationToken)
            .Select(row => RequestView.Of(row.Row))
            .OrderBy(row => row.ReceivedOn)
            .ToListAsync(cancellationToken);

    private static Task<IResult> AnswerAsync(Task<Answer<SubjectRequestRow>> answering) =>
        Answers.OfAsync(answering, row => TypedResults.Ok(RequestView.Of(row)), "No such request.");
}
